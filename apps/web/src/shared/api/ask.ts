import { queryOptions } from '@tanstack/react-query';
import type { Operation } from './graphql.js';
import { request } from './request.js';

/** A query for React Query. Its key is its text with its variables, so that equal questions are asked once. */
export const ask = <Result, Variables>(operation: Operation<Result, Variables>, variables: Variables) =>
  queryOptions({
    queryKey: [operation as unknown as string, variables],
    queryFn: ({ signal }) => request(operation, variables, { signal }),
  });
