import type { Operation } from './graphql.js';

/** The six codes of the API, and one for a server that was not reached. */
export type FailureCode =
  'UNAUTHENTICATED' | 'FORBIDDEN' | 'NOT_FOUND' | 'BAD_USER_INPUT' | 'TOO_MANY' | 'INTERNAL' | 'UNREACHABLE';

export interface FieldMistake {
  field: string;
  messageFa: string;
  messageEn: string;
}

/** A call that failed. A refusal by a rule is no failure: it is a member of the answer's union. */
export class RequestFailed extends Error {
  constructor(
    readonly code: FailureCode,
    readonly fields: FieldMistake[] = [],
  ) {
    super(code);
  }
}

interface Answer<Result> {
  data?: Result | null;
  errors?: { extensions?: { code?: FailureCode; fields?: FieldMistake[] } }[];
}

interface RequestOptions {
  signal?: AbortSignal;
  /** One for each thing a person means to do, kept over retries. Mutations have one. */
  idempotencyKey?: string;
}

/** Sends one operation. @throws RequestFailed */
export async function request<Result, Variables>(
  operation: Operation<Result, Variables>,
  variables: Variables,
  { signal, idempotencyKey }: RequestOptions = {},
): Promise<Result> {
  const answer = await post<Answer<Result>>('/graphql', {
    signal: signal ?? null,
    headers: { 'content-type': 'application/json', ...(idempotencyKey && { 'idempotency-key': idempotencyKey }) },
    body: JSON.stringify({ query: operation, variables }),
  });
  const [error] = answer.errors ?? [];
  if (error) throw new RequestFailed(error.extensions?.code ?? 'INTERNAL', error.extensions?.fields);
  if (!answer.data) throw new RequestFailed('INTERNAL');
  return answer.data;
}

/** Hands in a file; a mutation then says what it is for. @throws RequestFailed */
export async function upload(file: File): Promise<{ id: string }> {
  const body = new FormData();
  body.append('file', file);
  return post('/uploads', { headers: { 'x-requested-with': 'maharat' }, body });
}

async function post<Body>(path: string, options: RequestInit): Promise<Body> {
  let response: Response;
  try {
    response = await fetch(path, { method: 'POST', ...options });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new RequestFailed('UNREACHABLE');
  }
  const body = (await response.json().catch(() => null)) as (Body & Answer<unknown>) | null;
  // GraphQL answers tell their own failures; anything else that is not in order has no data to go on with.
  if (body && (response.ok || body.errors)) return body;
  throw new RequestFailed(codeOfStatus[response.status] ?? 'INTERNAL');
}

const codeOfStatus: Record<number, FailureCode> = {
  400: 'BAD_USER_INPUT',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  413: 'BAD_USER_INPUT',
  429: 'TOO_MANY',
  502: 'UNREACHABLE',
  503: 'UNREACHABLE',
};

/** A key nobody else makes. `crypto.randomUUID` is missing where an office runs the server without TLS. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
