import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { graphql, type ResultOf } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { may, viewerQuery } from '../../shared/api/viewer.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button } from '../../shared/ui/button.js';
import { SelectField, TextField } from '../../shared/ui/fields.js';
import { FailureNote, Note } from '../../shared/ui/states.js';
import { Code, SectionTitle } from '../../shared/ui/text.js';

const SettleSeat = graphql(`
  mutation SettleSeat($input: SettleSeatInput!) {
    settleSeat(input: $input) {
      __typename
      ... on SeatRefused {
        reason
      }
    }
  }
`);

const GiveSeatToken = graphql(`
  mutation GiveSeatToken($input: GiveSeatTokenInput!) {
    giveSeatToken(input: $input) {
      __typename
      ... on GivenSeatToken {
        code
      }
      ... on SeatRefused {
        reason
      }
    }
  }
`);

type Settled = ResultOf<typeof SettleSeat>['settleSeat'];

/** Hands in the code with which a trainee's seat is settled: the one way for everyone, whoever gave the code. */
export function SettlePart({ open }: { open: readonly { id: string; name: string }[] }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [enrolmentId, setEnrolmentId] = useState('');
  const [code, setCode] = useState('');
  const [answer, setAnswer] = useState<Settled | null>(null);
  const settle = useSend(SettleSeat, {
    onAnswer: async ({ settleSeat }) => {
      setAnswer(settleSeat);
      if (settleSeat.__typename === 'SeatRefused') return;
      setCode('');
      setEnrolmentId('');
      await queries.invalidateQueries();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAnswer(null);
    if (enrolmentId && code.trim()) settle.mutate({ input: { enrolmentId, code: code.trim() } });
  };

  return (
    <section className="grid gap-2 rounded-card border border-wool-200 bg-wool-0 p-3">
      <SectionTitle>{t('settle.title')}</SectionTitle>
      <p className="text-13 text-wool-700">{t('settle.lead')}</p>
      <form
        onSubmit={submit}
        className="grid items-end gap-3 sm:grid-cols-[minmax(0,16rem)_minmax(0,16rem)_auto] sm:justify-start"
      >
        <SelectField
          label={t('settle.trainee')}
          value={enrolmentId}
          onChange={setEnrolmentId}
          placeholder={t('plan.choose')}
          options={open.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <TextField label={t('settle.code')} value={code} onChange={setCode} autoComplete="off" dir="ltr" />
        <Button type="submit" isPending={settle.isPending}>
          {t('settle.do')}
        </Button>
      </form>
      <FailureNote error={settle.error} />
      {answer &&
        (answer.__typename === 'SeatRefused' ? (
          <Note tone="danger">{t(`seatRefusal.${answer.reason}`)}</Note>
        ) : (
          <Note tone="done">{t('settle.done')}</Note>
        ))}
    </section>
  );
}

/** For the office, to which people pay: a code for one of them. */
export function GiveTokenPart({ runId }: { runId: string }) {
  const { t } = useWords();
  const viewer = useQuery(viewerQuery).data?.viewer;
  const give = useSend(GiveSeatToken);
  const answer = give.data?.giveSeatToken;
  if (!may(viewer, 'giveSeatToken')) return null;
  return (
    <section className="grid justify-items-start gap-2">
      <Button onPress={() => give.mutate({ input: { runId } })} isPending={give.isPending}>
        {t('settle.give')}
      </Button>
      <FailureNote error={give.error} />
      {answer?.__typename === 'SeatRefused' && <Note tone="danger">{t(`seatRefusal.${answer.reason}`)}</Note>}
      {answer?.__typename === 'GivenSeatToken' && (
        <Note tone="done">
          {t('settle.given')} <Code>{answer.code.replace(/(.{4})(?=.)/g, '$1-')}</Code>
        </Note>
      )}
    </section>
  );
}
