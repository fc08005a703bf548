import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Operation } from './graphql.js';
import { newKey, request, RequestFailed } from './request.js';

/**
 * Sends a mutation. The key belongs to what the person means to do: after a lost answer, pressing again sends the same
 * key, and the server answers what it has already done. A new key is made when the input differs or an answer came.
 */
export function useSend<Result, Variables>(
  operation: Operation<Result, Variables>,
  { onAnswer }: { onAnswer?: (answer: Result, variables: Variables) => void | Promise<void> } = {},
) {
  const intent = useRef<{ body: string; key: string } | null>(null);

  return useMutation<Result, RequestFailed, Variables>({
    mutationFn: async (variables) => {
      const body = JSON.stringify(variables);
      if (intent.current?.body !== body) intent.current = { body, key: newKey() };
      const answer = await request(operation, variables, { idempotencyKey: intent.current.key });
      intent.current = null;
      return answer;
    },
    retry: (failures, { code }) => code === 'UNREACHABLE' && failures < 2,
    onSuccess: onAnswer,
  });
}
