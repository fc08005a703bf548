import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { graphql } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button } from '../../shared/ui/button.js';
import { TextField } from '../../shared/ui/fields.js';
import { FailureNote, Note } from '../../shared/ui/states.js';
import { typedNumber } from '../../shared/ui/typed.js';

const Receive = graphql(`
  mutation ReceiveStock($input: ReceiveStockInput!) {
    receiveStock(input: $input) {
      __typename
      ... on StockRefused {
        reason
      }
    }
  }
`);

/** Takes in the forms that have come. */
export function ReceiveForm() {
  const { t, numeral } = useWords();
  const queries = useQueryClient();
  const [series, setSeries] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [asked, setAsked] = useState(false);
  const receive = useSend(Receive, {
    onAnswer: async ({ receiveStock: answer }) => {
      if (answer.__typename === 'StockRefused') return;
      setAsked(false);
      setFrom('');
      setTo('');
      await queries.invalidateQueries();
    },
  });
  const [first, last] = [typedNumber(from), typedNumber(to)];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (series.trim() && first !== null && last !== null)
      receive.mutate({ input: { series: series.trim(), first, last } });
  };
  const [answer, sent] = [receive.data?.receiveStock, receive.variables?.input];
  const count = first !== null && last !== null && last >= first ? last - first + 1 : 0;
  return (
    <form onSubmit={submit} noValidate className="grid gap-3 rounded-card border border-wool-200 bg-wool-0 p-4">
      <h2 className="text-16 font-label">{t('stock.receive')}</h2>
      <div className="grid gap-3 sm:grid-cols-3">
        <TextField
          label={t('stock.series')}
          hint={t('stock.seriesHint')}
          value={series}
          onChange={setSeries}
          error={asked && !series.trim() ? t('stock.needSeries') : undefined}
        />
        <TextField
          label={t('stock.first')}
          inputMode="numeric"
          value={from}
          onChange={setFrom}
          error={asked && first === null ? t('stock.needNumber') : undefined}
        />
        <TextField
          label={t('stock.last')}
          inputMode="numeric"
          value={to}
          onChange={setTo}
          error={asked && last === null ? t('stock.needNumber') : undefined}
        />
      </div>
      <FailureNote error={receive.error} />
      {answer?.__typename === 'StockRefused' && <Note tone="danger">{t(`stockRefusal.${answer.reason}`)}</Note>}
      {answer?.__typename === 'StockSeries' && sent && (
        <Note tone="done">
          {t('stock.received', { first: numeral(sent.first), last: numeral(sent.last), series: sent.series })}
        </Note>
      )}
      <div>
        <Button type="submit" isPending={receive.isPending}>
          {count > 0 ? t('stock.receiveCount', { count }) : t('stock.receiveSome')}
        </Button>
      </div>
    </form>
  );
}
