import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import type { Operation } from './graphql.js';
import { useSend } from './use-send.js';

const operation = 'mutation Mark { mark }' as unknown as Operation<{ mark: boolean }, { session: string }>;
const answer = (body: unknown) => Promise.resolve(new Response(JSON.stringify(body)));
const failed = () => answer({ errors: [{ extensions: { code: 'INTERNAL' } }] });
const done = () => answer({ data: { mark: true } });

afterEach(() => vi.unstubAllGlobals());

it('keeps one key for one intent until an answer comes, and makes a new one for the next', async () => {
  const keys: string[] = [];
  const answers = [failed, done, done, failed, done];
  vi.stubGlobal('fetch', (_: string, { headers }: { headers: Record<string, string> }) => {
    keys.push(headers['idempotency-key']!);
    return answers[keys.length - 1]!();
  });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>
  );
  const { result } = renderHook(() => useSend(operation), { wrapper });
  const send = async (session: string) => {
    act(() => result.current.mutate({ session }));
    await waitFor(() => expect(result.current.isPending).toBe(false));
  };

  for (const session of ['a', 'a', 'a', 'a', 'b']) await send(session);

  const [first, again, afterAnswer, lost, other] = keys;
  expect(again).toBe(first);
  expect(new Set([first, afterAnswer, lost, other]).size).toBe(4);
  expect(first).toMatch(/^[0-9a-f]{32}$/);
});
