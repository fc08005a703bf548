import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { ask, isLost } from '../../shared/api/ask.js';
import { graphql, type ResultOf } from '../../shared/api/graphql.js';
import { DocumentLine } from '../../shared/document/document-line.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { DataTable, type Column } from '../../shared/ui/data-table.js';
import { SelectField } from '../../shared/ui/fields.js';
import { Empty, Failed, Loading } from '../../shared/ui/states.js';
import { PageTitle, SectionTitle } from '../../shared/ui/text.js';
import { useTitle } from '../../shared/ui/use-title.js';
import { PrintForm } from './print-form.js';
import { PrintersPart } from './printers-part.js';
import { ReceiveForm } from './receive-form.js';
import { UsedForms } from './used-forms.js';

const Stock = graphql(`
  query CertificateStock($series: String) {
    certificateStock(series: $series) {
      series {
        series
        blank
        used
        spoiled
        nextBlank
      }
      printers {
        id
        name
        rightTenths
        downTenths
        testPage {
          id
        }
      }
      prints {
        id
        first
        last
        document {
          id
        }
      }
    }
  }
`);

type StockOfOffice = ResultOf<typeof Stock>['certificateStock'];
export type Series = StockOfOffice['series'][number];
export type Printer = StockOfOffice['printers'][number];

const page = getRouteApi('/signed-in/shell/stock');

/** The numbered forms of the office: what lies there, what was printed on, and the printers. */
export function StockPage() {
  const { t } = useWords();
  const { series: asked, run } = page.useSearch();
  const navigate = useNavigate();
  const list = useQuery(ask(Stock, { series: asked ?? null }));
  useTitle(t('stock.title'));

  if (isLost(list)) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <Loading />;
  const { series, printers, prints } = list.data.certificateStock;
  return (
    <div className="grid max-w-4xl gap-8">
      <div className="grid gap-1">
        <PageTitle>{t('stock.title')}</PageTitle>
        <p className="text-14 text-wool-700">{t('stock.lead')}</p>
      </div>
      <section className="grid gap-3">
        {series.length > 0 ? (
          <SeriesTable series={series} />
        ) : (
          <Empty title={t('stock.emptyTitle')} text={t('stock.empty')} />
        )}
        <ReceiveForm />
      </section>
      {series.length > 0 && <PrintForm series={series} printers={printers} run={run ?? ''} />}
      <PrintersPart printers={printers} />
      {series.length > 0 && (
        <section className="grid gap-3">
          <SectionTitle>{t('stock.usedForms')}</SectionTitle>
          <div className="max-w-60">
            <SelectField
              label={t('stock.series')}
              value={asked ?? ''}
              onChange={(next) =>
                void navigate({ to: '/stock', search: (now) => ({ ...now, series: next || undefined }), replace: true })
              }
              placeholder={t('plan.choose')}
              options={series.map(({ series: value }) => ({ value, label: value }))}
            />
          </div>
          {asked && <UsedForms series={asked} />}
          {prints.length > 0 && <Prints prints={prints} />}
        </section>
      )}
    </div>
  );
}

function SeriesTable({ series }: { series: Series[] }) {
  const { t, number, numeral } = useWords();
  const columns: Column<Series>[] = [
    { head: t('stock.series'), names: true, cell: (each) => <span className="font-name">{each.series}</span> },
    { head: t('stock.blank'), cell: ({ blank }) => number(blank) },
    { head: t('stock.used'), cell: ({ used }) => number(used) },
    { head: t('stock.spoiled'), cell: ({ spoiled }) => number(spoiled) },
    { head: t('stock.nextBlank'), cell: ({ nextBlank }) => (nextBlank === null ? '—' : numeral(nextBlank)) },
  ];
  return <DataTable label={t('stock.title')} columns={columns} rows={series} keyOf={(each) => each.series} />;
}

function Prints({ prints }: { prints: StockOfOffice['prints'] }) {
  const { t, numeral } = useWords();
  return (
    <ul className="grid divide-y divide-wool-200 rounded-card border border-wool-200 bg-wool-0">
      {prints.map(({ id, first, last, document }) => (
        <li key={id} className="px-4 py-3">
          <DocumentLine id={document.id} name={t('stock.printOf', { first: numeral(first), last: numeral(last) })} />
        </li>
      ))}
    </ul>
  );
}
