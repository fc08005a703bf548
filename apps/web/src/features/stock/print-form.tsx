import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ask } from '../../shared/api/ask.js';
import { graphql } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { DocumentLine } from '../../shared/document/document-line.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button } from '../../shared/ui/button.js';
import { Choice } from '../../shared/ui/choice.js';
import { SelectField, TextField } from '../../shared/ui/fields.js';
import { LongSelect } from '../../shared/ui/long-select.js';
import { FailureNote, Note } from '../../shared/ui/states.js';
import { SectionTitle } from '../../shared/ui/text.js';
import { typedNumber } from '../../shared/ui/typed.js';
import { useRested } from '../../shared/ui/use-rested.js';
import type { Printer, Series } from './stock-page.js';

const Runs = graphql(`
  query RunsToPrint($text: String) {
    courseRuns(filter: { status: [FINISHED, CLOSED], text: $text }, first: 100) {
      nextCursor
      items {
        id
        endsOn
        standardTitleFa
        standardTitleEn
        instituteName
      }
    }
  }
`);

const Print = graphql(`
  mutation PrintOnStock($input: PrintOnStockInput!) {
    printOnStock(input: $input) {
      __typename
      ... on StockPrint {
        first
        last
        document {
          id
        }
      }
      ... on StockRefused {
        reason
      }
    }
  }
`);

/** Puts the certificates of a course run on forms, in the order in which these lie in the tray. */
export function PrintForm({ series, printers, run }: { series: Series[]; printers: Printer[]; run: string }) {
  const { t, either, numeral, day } = useWords();
  const queries = useQueryClient();
  const [search, setSearch] = useState('');
  const found = useQuery({ ...ask(Runs, { text: useRested(search) }), placeholderData: keepPreviousData });
  const runs = found.data?.courseRuns.items ?? [];
  const [runId, setRunId] = useState(run);
  const [printerId, setPrinterId] = useState(printers.length === 1 ? printers[0]!.id : '');
  const [chosen, setChosen] = useState(series.length === 1 ? series[0]!.series : '');
  const [typed, setTyped] = useState<string | null>(null);
  const [onTop, setOnTop] = useState<'lowest' | 'highest'>('lowest');
  const [asked, setAsked] = useState(false);
  const print = useSend(Print, {
    onAnswer: async () => {
      setAsked(false);
      setTyped(null);
      await queries.invalidateQueries();
    },
  });

  const next = series.find((each) => each.series === chosen)?.nextBlank ?? null;
  const first = typed ?? (next === null ? '' : numeral(next));
  const firstNumber = typedNumber(first);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (runId && printerId && chosen && firstNumber !== null)
      print.mutate({ input: { runId, printerId, series: chosen, firstNumber, highestOnTop: onTop === 'highest' } });
  };
  const missing = (value: string) => (asked && !value ? t('stock.needChoice') : undefined);
  const answer = print.data?.printOnStock;
  return (
    <section className="grid gap-3">
      <SectionTitle>{t('stock.print')}</SectionTitle>
      {printers.length === 0 ? (
        <Note tone="waiting">{t('stock.noPrinter')}</Note>
      ) : (
        <form onSubmit={submit} noValidate className="grid gap-3 rounded-card border border-wool-200 bg-wool-0 p-4">
          <LongSelect
            label={t('stock.run')}
            search={search}
            onSearch={(next) => {
              setSearch(next);
              setRunId('');
            }}
            isLong={Boolean(found.data?.courseRuns.nextCursor)}
            value={runId}
            onChange={setRunId}
            placeholder={t('plan.choose')}
            error={missing(runId)}
            hint={t('stock.runHint')}
            options={runs.map(({ id, standardTitleFa, standardTitleEn, instituteName: institute, endsOn }) => ({
              value: id,
              label: t('stock.runName', {
                ...{ institute, standard: either(standardTitleFa, standardTitleEn), day: day(endsOn, 'long') },
              }),
            }))}
          />
          <div className="grid gap-3 sm:grid-cols-3">
            <SelectField
              label={t('stock.series')}
              value={chosen}
              onChange={(value) => {
                setChosen(value);
                setTyped(null);
              }}
              placeholder={t('plan.choose')}
              error={missing(chosen)}
              options={series.map(({ series: value }) => ({ value, label: value }))}
            />
            <TextField
              label={t('stock.firstInTray')}
              inputMode="numeric"
              value={first}
              onChange={setTyped}
              error={asked && firstNumber === null ? t('stock.needNumber') : undefined}
            />
            <SelectField
              label={t('stock.printer')}
              value={printerId}
              onChange={setPrinterId}
              placeholder={t('plan.choose')}
              error={missing(printerId)}
              options={printers.map(({ id, name }) => ({ value: id, label: name }))}
            />
          </div>
          <Choice
            label={t('stock.order')}
            value={onTop}
            onChange={setOnTop}
            options={(['lowest', 'highest'] as const).map((value) => ({ value, label: t(`stock.${value}`) }))}
          />
          <FailureNote error={print.error} />
          {answer?.__typename === 'StockRefused' && <Note tone="danger">{t(`stockRefusal.${answer.reason}`)}</Note>}
          {answer?.__typename === 'StockPrint' && (
            <>
              <Note tone="done">
                {t('stock.printed', { first: numeral(answer.first), last: numeral(answer.last) })}
              </Note>
              <DocumentLine id={answer.document.id} />
            </>
          )}
          <div>
            <Button type="submit" kind="primary" isPending={print.isPending}>
              {t('stock.doPrint')}
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}
