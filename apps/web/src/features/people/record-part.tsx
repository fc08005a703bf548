import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { may, viewerQuery } from '../../shared/api/viewer.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Chip } from '../../shared/ui/chip.js';
import { Code, SectionTitle } from '../../shared/ui/text.js';
import { MergePart } from './merge-part.js';
import type { TraineeRecord } from './find-form.js';
import { SignInPart } from './sign-in-part.js';

/** One person: where they learn, how they come in, and what an office can do about it. */
export function RecordPart({ record }: { record: TraineeRecord }) {
  const { t, digits, either, dayRange } = useWords();
  const viewer = useQuery(viewerQuery).data?.viewer;
  const { givenName, familyName, maskedNationalId, maskedFatherName, places } = record;
  return (
    <>
      <section className="grid gap-3">
        <SectionTitle>
          {givenName} {familyName}
        </SectionTitle>
        <dl className="flex flex-wrap gap-x-6 gap-y-1 text-14">
          <div className="flex items-baseline gap-1.5">
            <dt className="text-13 text-wool-600">{t('people.nationalId')}</dt>
            <dd>
              <Code>{digits(maskedNationalId)}</Code>
            </dd>
          </div>
          {maskedFatherName && (
            <div className="flex items-baseline gap-1.5">
              <dt className="text-13 text-wool-600">{t('people.father')}</dt>
              <dd>{maskedFatherName}</dd>
            </div>
          )}
        </dl>
        <h3 className="text-16 font-label">{t('people.places')}</h3>
        <ul className="grid divide-y divide-wool-200 rounded-card border border-wool-200 bg-wool-0">
          {places.map((place) => (
            <li key={place.enrolmentId} className="grid gap-0.5 px-4 py-3">
              <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-14">
                <Link to="/courses/$runId/trainees" params={{ runId: place.runId }} className="font-name underline">
                  {either(place.standardTitleFa, place.standardTitleEn)}
                </Link>
                <Chip tone={place.status === 'ENROLLED' ? 'yashm' : 'wool'}>
                  {t(`enrolmentStatus.${place.status}`)}
                </Chip>
              </p>
              <p className="text-13 text-wool-600">
                <bdi>{place.instituteName}</bdi> · {dayRange(place.startsOn, place.endsOn)}
              </p>
            </li>
          ))}
        </ul>
      </section>
      {may(viewer, 'changeMobile') && <SignInPart record={record} />}
      {may(viewer, 'mergeTrainees') && <MergePart record={record} />}
    </>
  );
}
