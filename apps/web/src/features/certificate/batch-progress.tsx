import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ask, isLost } from '../../shared/api/ask.js';
import { graphql, type ResultOf } from '../../shared/api/graphql.js';
import { useLive } from '../../shared/api/use-live.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Weaving } from '../../shared/ui/progress.js';
import { Failed, Note } from '../../shared/ui/states.js';

const Batch = graphql(`
  query CertificateBatch($id: ID!) {
    certificateBatch(id: $id) {
      id
      state
      total
      issued
      drawn
      failed
      done
    }
  }
`);

const Progress = graphql(`
  subscription CertificateBatchProgress($id: ID!) {
    certificateBatchProgress(id: $id) {
      id
      state
      total
      issued
      drawn
      failed
      done
    }
  }
`);

type News = ResultOf<typeof Batch>['certificateBatch'];

/** A knot for each certificate, filled as it is issued. */
export function BatchProgress({ id }: { id: string }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [news, setNews] = useState<News | null>(null);
  const query = useQuery({
    ...ask(Batch, { id }),
    refetchInterval: ({ state }) => (state.data?.certificateBatch.done ? false : 3_000),
  });
  const asked = query.data?.certificateBatch;
  const running = asked?.done === false;
  useLive(
    Progress,
    { id },
    {
      active: running,
      onNews: ({ certificateBatchProgress: next }) => {
        setNews(next);
        if (next.done) void query.refetch();
      },
    },
  );

  // Whoever told it first, the news or the question: when it has ended, the list below is another.
  const ran = useRef(running);
  useEffect(() => {
    if (ran.current && !running) void queries.invalidateQueries();
    ran.current = running;
  }, [running, queries]);

  if (isLost(query)) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  const batch = running ? (news ?? asked) : asked;
  if (!batch) return null;
  if (batch.state === 'FAILED') return <Note tone="danger">{t('certificates.batchFailed')}</Note>;
  // Asked again when everyone had one: the list below says it all.
  if (batch.done && batch.issued === 0) return null;
  if (batch.done) {
    return (
      <Note tone={batch.failed > 0 ? 'danger' : 'done'}>
        {t('certificates.done', { count: batch.issued })}
        {batch.failed > 0 && ` ${t('certificates.notDrawn', { count: batch.failed })}`}
      </Note>
    );
  }
  return (
    <div className="grid gap-1 rounded-card border border-wool-200 bg-wool-0 p-4">
      <Weaving label={t('certificates.progress')} done={batch.drawn} total={batch.total} />
      <p className="text-13 text-wool-600">{t('certificates.leaveSafe')}</p>
    </div>
  );
}
