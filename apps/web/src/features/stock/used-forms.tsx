import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { dayInTehran } from '@app/persian';
import { graphql, type ResultOf } from '../../shared/api/graphql.js';
import { request } from '../../shared/api/request.js';
import { useSend } from '../../shared/api/use-send.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { AskFirst } from '../../shared/ui/ask-first.js';
import { Button } from '../../shared/ui/button.js';
import { Chip } from '../../shared/ui/chip.js';
import { DataTable, type Column } from '../../shared/ui/data-table.js';
import { TextField } from '../../shared/ui/fields.js';
import { Failed, FailureNote, Loading, Note } from '../../shared/ui/states.js';
import { Code } from '../../shared/ui/text.js';
import { typedNumber } from '../../shared/ui/typed.js';

const Used = graphql(`
  query UsedForms($series: String, $after: String) {
    certificateStock(series: $series, after: $after) {
      usedForms {
        nextCursor
        items {
          id
          number
          state
          serial
          reason
          changedAt
        }
      }
    }
  }
`);

type UsedForm = ResultOf<typeof Used>['certificateStock']['usedForms']['items'][number];

const Spoil = graphql(`
  mutation SpoilStockForm($input: SpoilStockFormInput!) {
    spoilStockForm(input: $input) {
      __typename
      ... on StockForm {
        number
      }
      ... on StockRefused {
        reason
      }
    }
  }
`);

/** The forms of a series that are not blank any more; one is written off by its number, a blank one too. */
export function UsedForms({ series }: { series: string }) {
  const { t, day, numeral } = useWords();
  const query = useInfiniteQuery({
    queryKey: ['used forms', series],
    queryFn: ({ pageParam, signal }) => request(Used, { series, after: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ certificateStock }) => certificateStock.usedForms.nextCursor,
  });
  const columns: Column<UsedForm>[] = [
    {
      head: t('stock.number'),
      names: true,
      cell: ({ number }) => <span className="font-name">{numeral(number)}</span>,
    },
    {
      head: t('stock.state'),
      cell: ({ state }) => (
        <Chip tone={state === 'SPOILED' ? 'ronas' : 'yashm'} shape={state === 'SPOILED' ? 'outline' : 'full'}>
          {t(`stockFormState.${state}`)}
        </Chip>
      ),
    },
    { head: t('certificates.serial'), cell: ({ serial }) => (serial ? <Code>{serial}</Code> : '—') },
    { head: t('stock.changedOn'), cell: ({ changedAt }) => day(dayInTehran(new Date(changedAt)), 'long') },
    { head: t('stock.reason'), cell: ({ reason }) => reason ?? '—' },
  ];
  const forms = query.data?.pages.flatMap(({ certificateStock }) => certificateStock.usedForms.items) ?? [];
  return (
    <>
      <SpoilForm series={series} />
      {query.isError && <Failed error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loading rows={3} />}
      {query.data && forms.length === 0 && <p className="text-14 text-wool-600">{t('stock.noUsed')}</p>}
      {forms.length > 0 && (
        <DataTable label={t('stock.usedForms')} columns={columns} rows={forms} keyOf={({ id }) => id} />
      )}
      {query.hasNextPage && (
        <div>
          <Button onPress={() => void query.fetchNextPage()} isPending={query.isFetchingNextPage}>
            {t('stock.more')}
          </Button>
        </div>
      )}
    </>
  );
}

function SpoilForm({ series }: { series: string }) {
  const { t, numeral } = useWords();
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const spoil = useSend(Spoil, {
    onAnswer: async ({ spoilStockForm: answer }) => {
      if (answer.__typename === 'StockRefused') return;
      setTyped('');
      setReason('');
      await queries.invalidateQueries();
    },
  });
  const number = typedNumber(typed);
  const answer = spoil.data?.spoilStockForm;
  return (
    <div className="grid gap-3 rounded-card border border-wool-200 bg-wool-0 p-4">
      <h3 className="text-16 font-label">{t('stock.spoil')}</h3>
      <div className="grid gap-3 sm:grid-cols-[10rem_1fr]">
        <TextField label={t('stock.number')} inputMode="numeric" value={typed} onChange={setTyped} />
        <TextField label={t('stock.reason')} hint={t('stock.reasonHint')} value={reason} onChange={setReason} />
      </div>
      <FailureNote error={spoil.error} />
      {answer?.__typename === 'StockRefused' && <Note tone="danger">{t(`stockRefusal.${answer.reason}`)}</Note>}
      {answer?.__typename === 'StockForm' && (
        <Note tone="done">{t('stock.spoiledNow', { number: numeral(answer.number) })}</Note>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <AskFirst
          label={t('stock.spoil')}
          title={t('stock.spoilTitle', { series, number: number === null ? '—' : numeral(number) })}
          isPending={spoil.isPending}
          ready={number !== null && reason.trim().length >= 3}
          onConfirm={() => number !== null && spoil.mutate({ input: { series, number, reason: reason.trim() } })}
        >
          <p className="text-14">
            {number !== null && reason.trim().length >= 3 ? t('stock.spoilLead') : t('stock.spoilMissing')}
          </p>
        </AskFirst>
      </div>
    </div>
  );
}
