import { dayInTehran, formatJalali } from '@app/persian';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { ask, isLost } from '../../shared/api/ask.js';
import { graphql, type EnumOf, type ResultOf } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button } from '../../shared/ui/button.js';
import { Chip, type ChipTone, type KnotShape } from '../../shared/ui/chip.js';
import { Choice } from '../../shared/ui/choice.js';
import { DataTable, type Column } from '../../shared/ui/data-table.js';
import { JalaliField, typedDay } from '../../shared/ui/jalali-field.js';
import { Failed, FailureNote, Loading, Note } from '../../shared/ui/states.js';
import { SectionTitle } from '../../shared/ui/text.js';
import { useTitle } from '../../shared/ui/use-title.js';
import { MarkField } from './mark-field.js';
import { blank, marksToSend, writtenSince, type Entries } from './mark-entries.js';

const ExamSheet = graphql(`
  query ExamSheet($runId: ID!) {
    examSheet(runId: $runId) {
      viewerCanEnter
      rows {
        enrolmentId
        givenName
        familyName
        standing
        finalHundredths
        openParts
        tries {
          part
          tryNumber
          absent
          markHundredths
        }
      }
    }
  }
`);

const EnterExamMarks = graphql(`
  mutation EnterExamMarks($input: EnterExamMarksInput!) {
    enterExamMarks(input: $input) {
      __typename
      ... on ExamRefused {
        reason
      }
    }
  }
`);

type Row = ResultOf<typeof ExamSheet>['examSheet']['rows'][number];
type Part = EnumOf<'ExamPart'>;
type Answer = ResultOf<typeof EnterExamMarks>['enterExamMarks'];

const parts: Part[] = ['WRITTEN', 'PRACTICAL'];
const page = getRouteApi('/signed-in/shell/courses/$runId');

const looks: Record<EnumOf<'ExamStanding'>, [ChipTone, KnotShape]> = {
  PASSED: ['yashm', 'full'],
  FAILED: ['ronas', 'outline'],
  INCOMPLETE: ['wool', 'half'],
};

/** The exam of the class: what everyone has reached, and the marks of one part and one day to add. */
export function MarksPart() {
  const { t } = useWords();
  const { runId } = page.useParams();
  const query = useQuery(ask(ExamSheet, { runId }));
  useTitle(t('run.marks'));

  if (isLost(query)) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  const { rows, viewerCanEnter } = query.data.examSheet;
  if (rows.length === 0) return <Note tone="waiting">{t('marks.empty')}</Note>;

  return (
    <section aria-labelledby="marks" className="grid max-w-4xl gap-4">
      <div className="grid gap-1">
        <span id="marks">
          <SectionTitle>{t('marks.title')}</SectionTitle>
        </span>
        <p className="text-14 text-wool-700">{t(viewerCanEnter ? 'marks.lead' : 'marks.mayNot')}</p>
      </div>
      {viewerCanEnter ? <EntryForm runId={runId} rows={rows} /> : <MarkTable rows={rows} />}
    </section>
  );
}

function EntryForm({ runId, rows }: { runId: string; rows: Row[] }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [part, setPart] = useState<Part>('WRITTEN');
  const [entries, setEntries] = useState<Entries>({});
  const [satOn, setSatOn] = useState(() => formatJalali(dayInTehran(new Date()), 'short', language));
  const [answer, setAnswer] = useState<{ of: Answer; count: number } | null>(null);

  const enter = useSend(EnterExamMarks, {
    onAnswer: async ({ enterExamMarks }, { input }) => {
      setAnswer({ of: enterExamMarks, count: input.marks.length });
      if (enterExamMarks.__typename !== 'ExamRefused') await queries.invalidateQueries();
    },
  });
  const open = new Set(rows.flatMap((row) => (row.openParts.includes(part) ? [row.enrolmentId] : [])));
  const marks = marksToSend(entries, open);
  const day = typedDay(satOn);
  const send = () => {
    if (!marks || !day) return;
    enter.mutate(
      { input: { runId, part, satOn: day, marks } },
      {
        onSuccess: ({ enterExamMarks }) => {
          if (enterExamMarks.__typename !== 'ExamRefused') setEntries((now) => writtenSince(entries, now));
        },
      },
    );
  };
  const entry: Column<Row> = {
    head: t('marks.entry'),
    cell: (row) =>
      open.has(row.enrolmentId) ? (
        <MarkField
          part={t(`examPart.${part}`)}
          name={`${row.givenName} ${row.familyName}`}
          entry={entries[row.enrolmentId] ?? blank}
          onChange={(next) => {
            setAnswer(null);
            setEntries((before) => ({ ...before, [row.enrolmentId]: next }));
          }}
        />
      ) : (
        '—'
      ),
  };

  return (
    <>
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
        <Choice
          label={t('marks.part')}
          value={part}
          options={parts.map((each) => ({ value: each, label: t(`examPart.${each}`) }))}
          onChange={(next) => {
            setPart(next);
            setEntries({});
          }}
        />
        <div className="w-60">
          <JalaliField label={t('marks.satOn')} value={satOn} onChange={setSatOn} hint={t('plan.startsOnHint')} />
        </div>
      </div>
      <MarkTable rows={rows} entry={entry} />
      <div className="sticky bottom-18 grid gap-2 rounded-card border border-wool-200 bg-wool-0 p-3 shadow-bar lg:bottom-2">
        <FailureNote error={enter.error} />
        {answer &&
          (answer.of.__typename === 'ExamRefused' ? (
            <Note tone="danger">{t(`examRefusal.${answer.of.reason}`)}</Note>
          ) : (
            <Note tone="done">{t('marks.saved', { count: answer.count })}</Note>
          ))}
        <div className="flex flex-wrap items-center gap-3">
          <Button
            kind="primary"
            isDisabled={marks === null || marks.length === 0 || day === null}
            isPending={enter.isPending}
            onPress={send}
          >
            {marks && marks.length > 0 ? t('marks.save', { count: marks.length }) : t('marks.saveNone')}
          </Button>
          <span className="text-13 text-wool-600">
            {marks === null
              ? t('marks.badMark')
              : marks.length === 0
                ? t('marks.nothing')
                : day === null
                  ? t('marks.badDay')
                  : ''}
          </span>
        </div>
      </div>
    </>
  );
}

function MarkTable({ rows, entry }: { rows: Row[]; entry?: Column<Row> }) {
  const { t, mark } = useWords();
  const columns: Column<Row>[] = [
    {
      head: t('marks.name'),
      names: true,
      cell: ({ givenName, familyName }) => (
        <span className="font-name">
          {givenName} {familyName}
        </span>
      ),
    },
    ...parts.map((part) => ({
      head: t(`examPart.${part}`),
      cell: ({ tries }: Row) => <Tries tries={tries.filter((each) => each.part === part)} />,
    })),
    ...(entry ? [entry] : []),
    {
      head: t('marks.standing'),
      cell: ({ standing, finalHundredths }) => (
        <span className="flex flex-wrap items-center gap-2">
          <Chip tone={looks[standing][0]} shape={looks[standing][1]}>
            {t(`examStanding.${standing}`)}
          </Chip>
          {finalHundredths !== null && (
            <span className="text-12 text-wool-600">{t('marks.final', { mark: mark(finalHundredths) })}</span>
          )}
        </span>
      ),
    },
  ];
  return <DataTable label={t('marks.title')} columns={columns} rows={rows} keyOf={({ enrolmentId }) => enrolmentId} />;
}

function Tries({ tries }: { tries: Row['tries'] }) {
  const { t, mark } = useWords();
  if (tries.length === 0) return '—';
  return (
    <span className="flex flex-wrap gap-x-3">
      {tries.map(({ tryNumber, absent, markHundredths }) => (
        <span key={tryNumber} className="whitespace-nowrap">
          {tries.length > 1 && <span className="text-12 text-wool-600">{t('marks.try', { number: tryNumber })}: </span>}
          {absent || markHundredths === null ? t('marks.absent') : mark(markHundredths)}
        </span>
      ))}
    </span>
  );
}
