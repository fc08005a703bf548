import { createClient } from 'graphql-ws';
import { useEffect, useEffectEvent } from 'react';
import type { Operation } from './graphql.js';

/** One connection, opened by the first subscription and closed after the last. */
const live = createClient({ url: `${location.origin.replace(/^http/, 'ws')}/graphql`, lazy: true, retryAttempts: 10 });

/**
 * Hears of progress while `active`. What it tells is only news: the page's query is the truth and also asks by itself,
 * so a connection that breaks makes the page slower, not wrong.
 */
export function useLive<Result extends Record<string, unknown>, Variables extends Record<string, unknown>>(
  operation: Operation<Result, Variables>,
  variables: Variables,
  { active, onNews }: { active: boolean; onNews: (news: Result) => void },
): void {
  const hear = useEffectEvent(onNews);
  const body = JSON.stringify(variables);
  useEffect(() => {
    if (!active) return;
    const sink = {
      next: ({ data }: { data?: Result | null }) => data && hear(data),
      error: () => undefined,
      complete: () => undefined,
    };
    return live.subscribe<Result>(
      { query: operation as unknown as string, variables: JSON.parse(body) as Variables },
      sink,
    );
  }, [active, operation, body]);
}
