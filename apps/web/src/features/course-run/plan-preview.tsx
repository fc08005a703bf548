import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { CalendarX2 } from 'lucide-react';
import { ask } from '../../shared/api/ask.js';
import { graphql, type ResultOf } from '../../shared/api/graphql.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Chip } from '../../shared/ui/chip.js';
import { Failed } from '../../shared/ui/states.js';
import { SectionTitle } from '../../shared/ui/text.js';
import type { Plan } from './plan-page.js';
import { RefusalList } from './refusal-list.js';

const PlanCourseRun = graphql(`
  query PlanCourseRun($input: CourseRunInput!) {
    planCourseRun(input: $input) {
      plannedMinutes
      sessions {
        ordinal
        day
        startMinute
        endMinute
      }
      skipped {
        day
        kind
        titleFa
        titleEn
        certainty
      }
      refused {
        reason
        day
        runNumber
      }
    }
  }
`);

type Preview = ResultOf<typeof PlanCourseRun>['planCourseRun'];
type SkippedDay = Preview['skipped'][number];

/** The sessions that the form would make, with the days left out between them; nothing is written. */
export function PlanPreview({ plan }: { plan: Plan | null }) {
  const { t } = useWords();
  const query = useQuery({
    ...ask(PlanCourseRun, { input: plan! }),
    enabled: plan !== null,
    placeholderData: keepPreviousData,
  });
  const preview = plan ? query.data?.planCourseRun : undefined;

  return (
    <section
      aria-labelledby="preview"
      className="grid gap-3 rounded-card border border-wool-200 bg-wool-0 p-4"
      aria-busy={query.isFetching}
    >
      <span id="preview">
        <SectionTitle>{t('plan.preview')}</SectionTitle>
      </span>
      {!plan && <p className="text-14 text-wool-600">{t('plan.previewEmpty')}</p>}
      {plan && query.isError && <Failed error={query.error} onRetry={() => void query.refetch()} />}
      {preview && preview.refused.length > 0 && <RefusalList refusals={preview.refused} />}
      {preview && preview.sessions.length > 0 && <Days preview={preview} />}
    </section>
  );
}

function Days({ preview: { sessions, skipped, plannedMinutes } }: { preview: Preview }) {
  const { t, number, day, hours, timeRange } = useWords();
  const last = sessions.at(-1)!;
  const days = [
    ...sessions.map((session) => ({ day: session.day, session, skip: null })),
    ...skipped.map((skip) => ({ day: skip.day, session: null, skip })),
  ].sort((a, b) => (a.day < b.day ? -1 : 1));
  return (
    <>
      <output className="grid gap-0.5">
        <p className="text-16 font-label">
          {t('plan.summary', {
            sessions: number(sessions.length),
            hours: hours(plannedMinutes),
            endsOn: day(last.day, 'long'),
          })}
        </p>
        {skipped.length > 0 && <p className="text-13 text-wool-600">{t('plan.skipped', { count: skipped.length })}</p>}
      </output>
      <ol aria-labelledby="preview" className="border-t border-wool-200">
        {days.map(({ day: on, session, skip }) => (
          <li key={on} className="flex flex-wrap items-center gap-x-4 border-b border-wool-200 py-1.5 text-14">
            {session ? (
              <>
                <span className="w-20 text-wool-600">{t('plan.session', { ordinal: session.ordinal })}</span>
                <span className="min-w-44 font-name">{day(on)}</span>
                <span>{timeRange(session.startMinute, session.endMinute)}</span>
              </>
            ) : (
              <Skipped skip={skip} />
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

function Skipped({ skip: { day: on, kind, titleFa, titleEn, certainty } }: { skip: SkippedDay }) {
  const { t, day, either } = useWords();
  const unsure = t(`certainty.${certainty}`);
  return (
    <>
      <CalendarX2 aria-hidden className="size-5 w-20 flex-none text-zafaran-mark" strokeWidth={1.75} />
      <span className="min-w-44 text-wool-600">{day(on)}</span>
      <span className="text-zafaran-ink">{kind === 'WEEKLY' ? t('closureKind.WEEKLY') : either(titleFa, titleEn)}</span>
      {unsure && (
        <Chip tone="zafaran" shape="half">
          {unsure}
        </Chip>
      )}
    </>
  );
}
