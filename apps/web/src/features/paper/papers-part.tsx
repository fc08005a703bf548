import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { ask, isLost } from '../../shared/api/ask.js';
import { graphql, type ResultOf } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { DocumentLine } from '../../shared/document/document-line.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button } from '../../shared/ui/button.js';
import { Choice } from '../../shared/ui/choice.js';
import { SelectField } from '../../shared/ui/fields.js';
import { Failed, FailureNote, Loading, Note } from '../../shared/ui/states.js';
import { SectionTitle } from '../../shared/ui/text.js';
import { useTitle } from '../../shared/ui/use-title.js';
import { asksFor, blankEntries, detailsToSend, monthsOf, type PaperKind } from './paper-details.js';
import { PaperFields } from './paper-fields.js';

const Papers = graphql(`
  query RunPapers($runId: ID!) {
    courseRun(id: $runId) {
      id
      startsOn
      endsOn
    }
    runPapers(runId: $runId) {
      viewerCanOrder
      papers {
        id
        kind
        document {
          id
        }
      }
    }
  }
`);

const OrderPaper = graphql(`
  mutation OrderPaper($input: OrderPaperInput!) {
    orderPaper(input: $input) {
      __typename
      ... on OrderPaperRefused {
        reason
      }
    }
  }
`);

type Answer = ResultOf<typeof OrderPaper>['orderPaper'];

const page = getRouteApi('/signed-in/shell/courses/$runId');

/** The papers about a course run: those that were made, and others to order. */
export function PapersPart() {
  const { t } = useWords();
  const { runId } = page.useParams();
  const query = useQuery(ask(Papers, { runId }));
  useTitle(t('run.papers'));

  if (isLost(query)) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  const { viewerCanOrder, papers } = query.data.runPapers;
  const { startsOn, endsOn } = query.data.courseRun;
  return (
    <section aria-labelledby="papers" className="grid max-w-3xl gap-4">
      <div className="grid gap-1">
        <span id="papers">
          <SectionTitle>{t('papers.title')}</SectionTitle>
        </span>
        <p className="text-14 text-wool-700">{t('papers.lead')}</p>
      </div>
      {viewerCanOrder.length > 0 ? (
        <OrderForm runId={runId} kinds={viewerCanOrder} months={monthsOf(startsOn, endsOn)} />
      ) : (
        <Note tone="waiting">{t('papers.none')}</Note>
      )}
      {papers.length === 0 ? (
        <p className="text-14 text-wool-600">{t('papers.empty')}</p>
      ) : (
        <ul className="grid divide-y divide-wool-200 rounded-card border border-wool-200 bg-wool-0">
          {papers.map(({ id, kind, document }) => (
            <li key={id} className="px-4 py-3">
              <DocumentLine id={document.id} name={t(`paperKind.${kind}`)} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function OrderForm({ runId, kinds, months }: { runId: string; kinds: PaperKind[]; months: string[] }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<PaperKind | null>(null);
  const [entries, setEntries] = useState(blankEntries);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const order = useSend(OrderPaper, {
    onAnswer: async ({ orderPaper }) => {
      setAnswer(orderPaper);
      await queries.invalidateQueries();
    },
  });
  const kind = chosen && kinds.includes(chosen) ? chosen : kinds[0]!;
  const details = detailsToSend(kind, entries);
  return (
    <div className="grid gap-3 rounded-card border border-wool-200 bg-wool-0 p-4">
      <SelectField
        label={t('papers.kind')}
        value={kind}
        onChange={(next) => {
          setChosen(next as PaperKind);
          setAnswer(null);
        }}
        options={kinds.map((each) => ({ value: each, label: t(`paperKind.${each}`) }))}
      />
      <PaperFields
        kind={kind}
        months={months}
        entries={entries}
        onChange={(changed) => {
          setEntries((before) => ({ ...before, ...changed }));
          setAnswer(null);
        }}
      />
      {asksFor.format(kind) && (
        <Choice
          label={t('papers.format')}
          value={entries.format}
          options={(['PDF', 'XLSX', 'CSV'] as const).map((format) => ({
            value: format,
            label: t(`paperFormat.${format}`),
          }))}
          onChange={(format) => setEntries((before) => ({ ...before, format }))}
        />
      )}
      {!(asksFor.format(kind) && entries.format !== 'PDF') && (
        <Choice
          label={t('papers.colours')}
          value={entries.grey ? 'grey' : 'colour'}
          options={[
            { value: 'colour', label: t('papers.colour') },
            { value: 'grey', label: t('papers.grey') },
          ]}
          onChange={(next) => setEntries((before) => ({ ...before, grey: next === 'grey' }))}
        />
      )}
      <FailureNote error={order.error} />
      {answer?.__typename === 'OrderPaperRefused' && <Note tone="danger">{t(`paperRefusal.${answer.reason}`)}</Note>}
      <div className="flex flex-wrap items-center gap-3">
        <Button
          kind="primary"
          isDisabled={details === null}
          isPending={order.isPending}
          onPress={() => details && order.mutate({ input: { runId, kind, ...details } })}
        >
          {t('papers.order')}
        </Button>
        {details === null && <span className="text-13 text-wool-600">{t('papers.incomplete')}</span>}
      </div>
    </div>
  );
}
