import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useBlocker } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { ask } from '../../shared/api/ask.js';
import { graphql, type ResultOf } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button } from '../../shared/ui/button.js';
import { TextField } from '../../shared/ui/fields.js';
import { Failed, FailureNote, Loading, Note } from '../../shared/ui/states.js';
import { useTitle } from '../../shared/ui/use-title.js';
import { changedSince, counts, isUntouched, markOf, marksToSend, type Changes, type Mark } from './sheet-marks.js';
import { SheetRow, StatusKnot } from './sheet-row.js';

const Sheet = graphql(`
  query AttendanceSheet($runId: ID!, $sessionId: ID!) {
    courseRun(id: $runId) {
      id
      standard {
        titleFa
        titleEn
      }
      room {
        name
      }
    }
    attendanceSheet(sessionId: $sessionId) {
      sessionId
      ordinal
      day
      startMinute
      endMinute
      viewerCanMark
      rows {
        enrolmentId
        enrolmentStatus
        givenName
        familyName
        status
        presentMinutes
      }
    }
  }
`);

const MarkAttendance = graphql(`
  mutation MarkAttendance($input: MarkAttendanceInput!) {
    markAttendance(input: $input) {
      __typename
      ... on AttendanceRefused {
        reason
      }
    }
  }
`);

type SheetData = ResultOf<typeof Sheet>['attendanceSheet'];
export type Row = SheetData['rows'][number];
type Answer = ResultOf<typeof MarkAttendance>['markAttendance'];

const page = getRouteApi('/signed-in/courses/$runId/sessions/$sessionId');

/** One session of one class, made for a phone in one hand: everyone is present, the absent are touched, one save. */
export function SheetPage() {
  const { t, either, day, timeRange } = useWords();
  const { runId, sessionId } = page.useParams();
  const query = useQuery(ask(Sheet, { runId, sessionId }));
  const sheet = query.data?.attendanceSheet;
  const run = query.data?.courseRun;
  const title = run ? either(run.standard.titleFa, run.standard.titleEn) : '';
  useTitle(sheet ? t('sheet.session', { ordinal: sheet.ordinal }) : '');

  return (
    <div className="mx-auto flex min-h-dvh max-w-2xl flex-col bg-wool-0">
      <div aria-hidden className="band" />
      <header className="flex items-center gap-1 bg-nili-800 px-2 py-1.5 text-white">
        <Link
          to="/courses/$runId"
          params={{ runId }}
          aria-label={t('back')}
          className="grid size-11 flex-none place-items-center rounded-control hover:bg-nili-700"
        >
          <ArrowLeft aria-hidden className="flip size-5.5" strokeWidth={1.75} />
        </Link>
        <div className="min-w-0">
          <h1 className="text-18 font-title">{title}</h1>
          {sheet && (
            <p className="text-13 text-nili-200">
              {t('sheet.session', { ordinal: sheet.ordinal })} · {day(sheet.day)} ·{' '}
              {timeRange(sheet.startMinute, sheet.endMinute)} · {run?.room.name}
            </p>
          )}
        </div>
      </header>
      {query.isError && (
        <main className="p-4">
          <Failed error={query.error} onRetry={() => void query.refetch()} />
        </main>
      )}
      {query.isPending && (
        <main className="p-4">
          <Loading rows={9} />
        </main>
      )}
      {sheet && <Marks key={sheet.sessionId} sheet={sheet} />}
    </div>
  );
}

function Marks({ sheet }: { sheet: SheetData }) {
  const { t, number } = useWords();
  const queries = useQueryClient();
  const [changes, setChanges] = useState<Changes>(new Map());
  const [reason, setReason] = useState('');
  const [answer, setAnswer] = useState<{ of: Answer; count: number } | null>(null);

  const { rows, viewerCanMark: mayMark } = sheet;
  const untouched = isUntouched(rows) && mayMark;
  const marks = rows.map((row) => markOf(row, changes, untouched));
  const toSend = mayMark ? marksToSend(rows, changes) : [];
  const found = counts(marks);
  // Changing what was recorded is a correction: it is kept on record, with the reason if one is given.
  const corrects = toSend.some(({ enrolmentId }) => rows.find((row) => row.enrolmentId === enrolmentId)?.status);

  useBlocker({
    shouldBlockFn: () => changes.size > 0 && !window.confirm(t('sheet.leave')),
    enableBeforeUnload: changes.size > 0,
  });
  const save = useSend(MarkAttendance, {
    onAnswer: async ({ markAttendance }, { input }) => {
      setAnswer({ of: markAttendance, count: input.marks.length });
      if (markAttendance.__typename !== 'AttendanceRefused') await queries.invalidateQueries();
    },
  });
  const send = () =>
    save.mutate(
      { input: { sessionId: sheet.sessionId, marks: toSend, reason: corrects && reason ? reason : null } },
      {
        onSuccess: ({ markAttendance }) => {
          if (markAttendance.__typename === 'AttendanceRefused') return;
          setChanges((now) => changedSince(changes, now));
          setReason((now) => (now === reason ? '' : now));
        },
      },
    );
  const change = (enrolmentId: string, mark: Mark) => {
    setAnswer(null);
    setChanges((now) => new Map(now).set(enrolmentId, mark));
  };

  if (rows.length === 0) {
    return (
      <main className="p-4">
        <Note tone="waiting">{t('sheet.empty')}</Note>
      </main>
    );
  }
  const notEntered = found.NOT_ENTERED;
  return (
    <>
      <div aria-hidden className="flex flex-wrap gap-x-1 gap-y-1.5 bg-nili-800 px-4 pb-3">
        {marks.map((mark, at) => (
          <StatusKnot key={rows[at]!.enrolmentId} status={mark?.status ?? null} onIndigo />
        ))}
      </div>
      <main className="flex-1">
        <div className="flex min-h-11 items-center gap-2 border-b border-wool-200 bg-wool-50 px-4 py-1 text-13 text-wool-600">
          <p>
            {!mayMark ? (
              t('sheet.mayNot')
            ) : untouched ? (
              <>
                <b className="font-label text-wool-900">{t('sheet.defaultNote')}</b> {t('sheet.touchAbsent')}
              </>
            ) : toSend.length > 0 ? (
              t('sheet.changedNote', { count: toSend.length })
            ) : notEntered > 0 ? (
              t('sheet.someNote', { count: notEntered })
            ) : (
              t('sheet.savedNote')
            )}
          </p>
          {changes.size > 0 && (
            <span className="ms-auto">
              <Button kind="quiet" onPress={() => setChanges(new Map())}>
                {t('sheet.reset')}
              </Button>
            </span>
          )}
        </div>
        <ul aria-label={t('sheet.list')}>
          {rows.map((row, at) => (
            <SheetRow
              key={row.enrolmentId}
              row={row}
              place={at + 1}
              mark={marks[at] ?? null}
              sessionMinutes={sheet.endMinute - sheet.startMinute}
              onChange={mayMark ? (mark) => change(row.enrolmentId, mark) : undefined}
            />
          ))}
        </ul>
      </main>
      <footer className="sticky bottom-0 grid gap-2 border-t border-wool-200 bg-wool-0 px-4 pt-2.5 pb-[max(0.875rem,env(safe-area-inset-bottom))] shadow-bar">
        <FailureNote error={save.error} />
        {answer &&
          (answer.of.__typename === 'AttendanceRefused' ? (
            <Note tone="danger">{t(`attendanceRefusal.${answer.of.reason}`)}</Note>
          ) : (
            <Note tone="done">{t('sheet.saved', { count: answer.count })}</Note>
          ))}
        {corrects && <TextField label={t('sheet.reason')} value={reason} onChange={setReason} />}
        <p aria-live="polite" className="flex flex-wrap gap-x-4 text-14">
          {(['PRESENT', 'UNEXCUSED', 'LATE', 'LEFT_EARLY', 'EXCUSED'] as const).map(
            (status) =>
              (found[status] > 0 || status === 'PRESENT' || status === 'UNEXCUSED') && (
                <span key={status} className="inline-flex items-center gap-2">
                  <StatusKnot status={status} />
                  <b className="font-title">{number(found[status])}</b> {t(`attendanceStatus.${status}`)}
                </span>
              ),
          )}
        </p>
        {mayMark && (
          <Button kind="primary" wide isDisabled={toSend.length === 0} isPending={save.isPending} onPress={send}>
            {save.isPending
              ? t('sheet.saving')
              : toSend.length === 0
                ? t('sheet.nothing')
                : t('sheet.save', { count: toSend.length })}
          </Button>
        )}
      </footer>
    </>
  );
}
