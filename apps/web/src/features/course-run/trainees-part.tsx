import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ask, isLost } from '../../shared/api/ask.js';
import { graphql, type EnumOf, type ResultOf } from '../../shared/api/graphql.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { buttonLook } from '../../shared/ui/button.js';
import { Chip, type ChipTone, type KnotShape } from '../../shared/ui/chip.js';
import { DataTable, type Column } from '../../shared/ui/data-table.js';
import { Empty, Failed, Loading } from '../../shared/ui/states.js';
import { Code } from '../../shared/ui/text.js';
import { useTitle } from '../../shared/ui/use-title.js';
import { GiveTokenPart, SettlePart } from './settle-part.js';

const Roll = graphql(`
  query Roll($id: ID!) {
    courseRun(id: $id) {
      id
      viewerCan
      enrolments {
        id
        status
        settled
        givenName
        familyName
        maskedNationalId
        attendance {
          presentMinutes
          excusedMinutes
          unexcusedMinutes
          notEnteredMinutes
          presentOfHeld
        }
      }
    }
  }
`);

type Enrolment = ResultOf<typeof Roll>['courseRun']['enrolments'][number];

const looks: Record<EnumOf<'EnrolmentStatus'>, [ChipTone, KnotShape]> = {
  ENROLLED: ['yashm', 'full'],
  WITHDRAWN: ['wool', 'outline'],
  REMOVED: ['ronas', 'outline'],
};

const page = getRouteApi('/signed-in/shell/courses/$runId');

/** The people of the run with what was seen of them so far. What was not entered is never shown as presence. */
export function TraineesPart() {
  const { t, hours, percent, digits } = useWords();
  const { runId } = page.useParams();
  const query = useQuery(ask(Roll, { id: runId }));
  useTitle(t('run.trainees'));

  if (isLost(query)) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  const { enrolments, viewerCan } = query.data.courseRun;
  if (enrolments.length === 0) {
    return (
      <Empty title={t('trainees.emptyTitle')} text={t('trainees.empty')}>
        {viewerCan.includes('ENROL') && (
          <Link to="/courses/$runId/class-list" params={{ runId }} className={buttonLook({ kind: 'primary' })}>
            {t('trainees.toImport')}
          </Link>
        )}
      </Empty>
    );
  }

  const columns: Column<Enrolment>[] = [
    {
      head: t('trainees.name'),
      names: true,
      cell: ({ givenName, familyName, maskedNationalId }) => (
        <span>
          <span className="font-name">
            {givenName} {familyName}
          </span>
          <span className="block text-12 text-wool-600">
            <Code>{digits(maskedNationalId)}</Code>
          </span>
        </span>
      ),
    },
    {
      head: t('trainees.present'),
      cell: ({ attendance: { presentMinutes, presentOfHeld } }) =>
        presentOfHeld === null ? (
          '—'
        ) : (
          <span>
            {hours(presentMinutes)}{' '}
            <span className="text-12 text-wool-600">
              ({percent(presentOfHeld / 100)} {t('trainees.share')})
            </span>
          </span>
        ),
    },
    { head: t('trainees.excused'), cell: ({ attendance }) => hours(attendance.excusedMinutes) },
    { head: t('trainees.unexcused'), cell: ({ attendance }) => hours(attendance.unexcusedMinutes) },
    {
      head: t('trainees.notEntered'),
      cell: ({ attendance }) => hours(attendance.notEnteredMinutes),
    },
    {
      head: t('settle.word'),
      cell: ({ settled }) => (
        <Chip tone={settled ? 'yashm' : 'wool'} shape={settled ? 'full' : 'outline'}>
          {t(settled ? 'settle.settled' : 'settle.notYet')}
        </Chip>
      ),
    },
    {
      head: t('trainees.status'),
      cell: ({ status }) => (
        <Chip tone={looks[status][0]} shape={looks[status][1]}>
          {t(`enrolmentStatus.${status}`)}
        </Chip>
      ),
    },
  ];
  const open = enrolments.filter(({ status, settled }) => status === 'ENROLLED' && !settled);
  return (
    <section aria-label={t('trainees.title')} className="grid gap-3">
      <p className="text-13 text-wool-600">{t('trainees.count', { count: enrolments.length })}</p>
      <DataTable label={t('trainees.title')} columns={columns} rows={enrolments} keyOf={({ id }) => id} />
      {viewerCan.includes('ENROL') && open.length > 0 && (
        <SettlePart open={open.map(({ id, givenName, familyName }) => ({ id, name: `${givenName} ${familyName}` }))} />
      )}
      {viewerCan.includes('ENROL') && <GiveTokenPart runId={runId} />}
    </section>
  );
}
