import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../../shared/api/ask.js';
import { graphql, type ResultOf } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button } from '../../shared/ui/button.js';
import { DataTable, type Column } from '../../shared/ui/data-table.js';
import { TextField } from '../../shared/ui/fields.js';
import { Failed, FailureNote, Loading, Note } from '../../shared/ui/states.js';
import { Code, SectionTitle } from '../../shared/ui/text.js';

const OpenSeats = graphql(`
  query OpenSeats($text: String) {
    openSeats(text: $text, first: 20) {
      runId
      number
      titleFa
      titleEn
      instituteName
      startsOn
      endsOn
      enrolmentClosesOn
      seatsFree
    }
  }
`);

const GiveSeat = graphql(`
  mutation GiveSeat($input: GiveSeatInput!) {
    giveSeat(input: $input) {
      __typename
      ... on GivenSeat {
        code
      }
      ... on SponsorshipRefused {
        reason
      }
    }
  }
`);

type Run = ResultOf<typeof OpenSeats>['openSeats'][number];
type Answer = ResultOf<typeof GiveSeat>['giveSeat'];

/** Runs that the person may be sent to. The code is shown once, with what the institute will see of it. */
export function GiveSeatPart({ referralId, taken }: { referralId: string; taken: readonly string[] }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [answer, setAnswer] = useState<Answer | null>(null);
  const runs = useQuery({ ...ask(OpenSeats, { text: text.trim() || null }), placeholderData: (before) => before });
  const give = useSend(GiveSeat, {
    onAnswer: async ({ giveSeat }) => {
      setAnswer(giveSeat);
      await queries.invalidateQueries();
    },
  });

  return (
    <section className="grid gap-3">
      <SectionTitle>{t('referrals.giveSeat')}</SectionTitle>
      <FailureNote error={give.error} />
      {answer?.__typename === 'SponsorshipRefused' && (
        <Note tone="danger">{t(`sponsorshipRefusal.${answer.reason}`)}</Note>
      )}
      {answer?.__typename === 'GivenSeat' && (
        <Note tone="done">
          <p>{t('referrals.codeGiven')}</p>
          <p className="py-2 text-22 font-label">
            <Code>{answer.code.replace(/(.{4})(?=.)/g, '$1-')}</Code>
          </p>
          <p>{t('referrals.whatTheySee')}</p>
        </Note>
      )}
      <div className="max-w-sm">
        <TextField label={t('referrals.search')} value={text} onChange={setText} type="search" />
      </div>
      {runs.isError && <Failed error={runs.error} onRetry={() => void runs.refetch()} />}
      {runs.isPending && <Loading rows={3} />}
      {runs.data &&
        (runs.data.openSeats.length === 0 ? (
          <p className="text-14 text-wool-700">{t('referrals.noRuns')}</p>
        ) : (
          <RunTable
            runs={runs.data.openSeats}
            taken={taken}
            pending={give.isPending ? give.variables.input.runId : null}
            onGive={(runId) => give.mutate({ input: { referralId, runId } })}
          />
        ))}
    </section>
  );
}

interface RunTableProps {
  runs: readonly Run[];
  taken: readonly string[];
  pending: string | null;
  onGive: (runId: string) => void;
}

function RunTable({ runs, taken, pending, onGive }: RunTableProps) {
  const { t, either, day, dayRange, number } = useWords();
  const columns: Column<Run>[] = [
    {
      head: t('referrals.course'),
      names: true,
      cell: (run) => (
        <span>
          <span className="font-name">{either(run.titleFa, run.titleEn)}</span>
          <span className="block text-12 text-wool-600">
            <Code>{run.number}</Code>
          </span>
        </span>
      ),
    },
    { head: t('courseRuns.institute'), cell: ({ instituteName }) => instituteName },
    { head: t('courseRuns.dates'), cell: ({ startsOn, endsOn }) => dayRange(startsOn, endsOn) },
    { head: t('referrals.closes'), cell: ({ enrolmentClosesOn }) => day(enrolmentClosesOn, 'long') },
    { head: t('referrals.free'), cell: ({ seatsFree }) => number(seatsFree) },
    {
      head: t('referrals.code'),
      cell: ({ runId }) =>
        taken.includes(runId) ? (
          t('referrals.given')
        ) : (
          <Button onPress={() => onGive(runId)} isPending={pending === runId}>
            {t('referrals.give')}
          </Button>
        ),
    },
  ];
  return <DataTable label={t('referrals.giveSeat')} columns={columns} rows={runs} keyOf={({ runId }) => runId} />;
}
