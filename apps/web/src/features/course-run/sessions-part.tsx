import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ask, isLost } from '../../shared/api/ask.js';
import { graphql, type EnumOf, type ResultOf } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button, buttonLook } from '../../shared/ui/button.js';
import { Chip, Knot, type ChipTone, type KnotShape } from '../../shared/ui/chip.js';
import { DataTable, type Column } from '../../shared/ui/data-table.js';
import { Failed, FailureNote, Loading, Note } from '../../shared/ui/states.js';
import { useTitle } from '../../shared/ui/use-title.js';
import { RefusalList, type Refusal } from './refusal-list.js';

const Sessions = graphql(`
  query Sessions($id: ID!) {
    courseRun(id: $id) {
      id
      viewerCan
      sessions {
        id
        ordinal
        day
        startMinute
        endMinute
        status
      }
    }
  }
`);

type Session = ResultOf<typeof Sessions>['courseRun']['sessions'][number];

const looks: Record<EnumOf<'SessionStatus'>, [ChipTone, KnotShape]> = {
  PLANNED: ['wool', 'outline'],
  HELD: ['yashm', 'full'],
  CANCELLED: ['ronas', 'outline'],
};

const FinishCourseRun = graphql(`
  mutation FinishCourseRun($input: FinishCourseRunInput!) {
    finishCourseRun(input: $input) {
      __typename
      ... on CourseRunRefused {
        reason
        day
        runNumber
      }
    }
  }
`);

const page = getRouteApi('/signed-in/shell/courses/$runId');

export function SessionsPart() {
  const { t, number, day, timeRange } = useWords();
  const { runId } = page.useParams();
  const query = useQuery(ask(Sessions, { id: runId }));
  useTitle(t('run.overview'));

  if (isLost(query)) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  const { sessions, viewerCan } = query.data.courseRun;
  if (sessions.length === 0) return <Note tone="waiting">{t('run.noSessions')}</Note>;

  const marks = viewerCan.includes('MARK_ATTENDANCE');
  const counted = sessions.filter(({ status }) => status !== 'CANCELLED');
  const held = counted.filter(({ status }) => status === 'HELD');
  const next = counted.find(({ status }) => status === 'PLANNED');
  const columns: Column<Session>[] = [
    {
      head: t('run.ordinal'),
      names: true,
      cell: ({ id, ordinal, day: on }) => (
        <Link
          to="/courses/$runId/sessions/$sessionId"
          params={{ runId, sessionId: id }}
          className="font-name text-nili-600 underline-offset-4 hover:underline max-md:flex max-md:min-h-11 max-md:items-center"
        >
          {t('sheet.session', { ordinal })}
          <span className="whitespace-pre md:hidden"> · {day(on)}</span>
        </Link>
      ),
    },
    { head: t('run.day'), cell: ({ day: on }) => day(on), wideOnly: true },
    { head: t('run.time'), cell: ({ startMinute, endMinute }) => timeRange(startMinute, endMinute) },
    {
      head: t('run.status'),
      cell: ({ status }) => (
        <Chip tone={looks[status][0]} shape={looks[status][1]}>
          {t(`sessionStatus.${status}`)}
        </Chip>
      ),
    },
  ];

  return (
    <section aria-label={t('run.overview')} className="grid gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="text-14">{t('run.held', { held: number(held.length), total: number(counted.length) })}</p>
        <span aria-hidden className="flex flex-wrap gap-1.5">
          {counted.map(({ id, status }) => (
            <Knot key={id} tone={status === 'HELD' ? 'yashm' : 'wool'} shape={status === 'HELD' ? 'full' : 'outline'} />
          ))}
        </span>
        {viewerCan.includes('FINISH') && <FinishButton runId={runId} isMain={!next} />}
        {marks && next && (
          <Link
            to="/courses/$runId/sessions/$sessionId"
            params={{ runId, sessionId: next.id }}
            className={`${buttonLook({ kind: 'primary' })} ms-auto max-sm:w-full`}
          >
            {t('run.markNext', { ordinal: next.ordinal })}
          </Link>
        )}
      </div>
      <DataTable label={t('run.overview')} columns={columns} rows={sessions} keyOf={({ id }) => id} />
    </section>
  );
}

/** Says that the sessions are over, so that exams may be entered. */
function FinishButton({ runId, isMain }: { runId: string; isMain: boolean }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const finish = useSend(FinishCourseRun, {
    onAnswer: async ({ finishCourseRun: answer }) => {
      setRefusal(answer.__typename === 'CourseRunRefused' ? answer : null);
      await queries.invalidateQueries();
    },
  });
  return (
    <div className="ms-auto grid justify-items-end gap-2 max-sm:w-full">
      <Button
        kind={isMain ? 'primary' : 'plain'}
        onPress={() => finish.mutate({ input: { runId } })}
        isPending={finish.isPending}
      >
        {t('run.finish')}
      </Button>
      <FailureNote error={finish.error} />
      {refusal && <RefusalList refusals={[refusal]} />}
    </div>
  );
}
