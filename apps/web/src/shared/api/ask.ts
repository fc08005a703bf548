import { queryOptions } from '@tanstack/react-query';
import type { Operation } from './graphql.js';
import { request, RequestFailed } from './request.js';

/** A query for React Query. Its key is its text with its variables, so that equal questions are asked once. */
export const ask = <Result, Variables>(operation: Operation<Result, Variables>, variables: Variables) =>
  queryOptions({
    queryKey: [operation as unknown as string, variables],
    queryFn: ({ signal }) => request(operation, variables, { signal }),
  });

/**
 * Whether a page has nothing of this question to show, or may not show it any more. While the server is out of reach or
 * out of order, what was read stays: nobody loses what they are writing beside it.
 */
export const isLost = ({ error, data }: { error: unknown; data: unknown }): boolean =>
  error !== null && (data === undefined || (error instanceof RequestFailed && TAKEN_AWAY.has(error.code)));

const TAKEN_AWAY: ReadonlySet<string> = new Set(['NOT_FOUND', 'FORBIDDEN']);
