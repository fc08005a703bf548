import { randomUUID } from 'node:crypto';
import { createClient } from 'graphql-ws';
import type { WebSocket } from 'ws';

/** A web socket that can be opened with headers, which the one of browsers cannot. */
export type SocketClass = typeof WebSocket;

/** What the API says when it does not answer: one of its six codes. */
export class Failed extends Error {
  constructor(
    readonly code: string,
    detail: string,
  ) {
    super(`${code}: ${detail}`);
  }
}

interface Answer<T> {
  data?: T | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** Someone who has signed in, at a program of their own. Knows nothing that the public API does not tell. */
export class Person {
  private constructor(
    private readonly url: string,
    private readonly cookie: string,
    private readonly Socket: SocketClass,
  ) {}

  static async signIn(url: string, Socket: SocketClass, userName: string, password: string): Promise<Person> {
    const nobody = new Person(url, '', Socket);
    const response = await nobody.post(
      'mutation ($input: SignInInput!) { signIn(input: $input) { __typename ... on SignInRefused { reason } } }',
      { input: { userName, password } },
    );
    const cookie = response.headers.get('set-cookie')?.split(';')[0];
    if (!cookie) throw new Failed('UNAUTHENTICATED', `${userName}: ${await response.text()}`);
    return new Person(url, cookie, Socket);
  }

  /**
   * Asks or changes something. Each change has a new key, unless it is the copy of one before.
   *
   * @throws Failed the API gave an error instead of an answer
   */
  async ask<T>(query: string, variables: object = {}, key: string = randomUUID()): Promise<T> {
    const response = await this.post(query, variables, key);
    const { data, errors } = (await response.json()) as Answer<T>;
    const [error] = errors ?? [];
    if (error) throw new Failed(error.extensions?.code ?? 'UNKNOWN', error.message);
    if (!data) throw new Failed('UNKNOWN', 'no data');
    return data;
  }

  /** The code with which something is refused; null when it is answered after all. */
  async refusal(query: string, variables: object = {}): Promise<string | null> {
    try {
      await this.ask(query, variables);
      return null;
    } catch (error) {
      if (error instanceof Failed) return error.code;
      throw error;
    }
  }

  /** Sends a file, as the form of a page does. */
  async upload(fileName: string, bytes: Uint8Array): Promise<string> {
    const form = new FormData();
    form.append('file', new Blob([bytes as BlobPart]), fileName);
    const headers = { 'x-requested-with': 'demo', cookie: this.cookie };
    const response = await fetch(`${this.url}/uploads`, { method: 'POST', headers, body: form });
    if (!response.ok) throw new Failed(String(response.status), await response.text());
    return ((await response.json()) as { id: string }).id;
  }

  /** Opens a link of the API. */
  get(path: string): Promise<Response> {
    return fetch(this.url + path, { headers: { cookie: this.cookie } });
  }

  /**
   * Follows a subscription to its end.
   *
   * @returns all that came, in its order
   */
  async follow<T>(query: string, variables: Record<string, unknown>, each?: (value: T) => void): Promise<T[]> {
    const { cookie, Socket } = this;
    class OwnSocket extends Socket {
      constructor(address: string, protocols: string[]) {
        super(address, protocols, { headers: { cookie } });
      }
    }
    const url = `${this.url.replace(/^http/, 'ws')}/graphql`;
    const client = createClient({ url, webSocketImpl: OwnSocket, retryAttempts: 0 });
    const came: T[] = [];
    try {
      for await (const { data, errors } of client.iterate<T>({ query, variables })) {
        if (errors) throw new Failed('UNKNOWN', JSON.stringify(errors));
        if (data) came.push(data);
        if (data) each?.(data);
      }
    } finally {
      await client.dispose();
    }
    return came;
  }

  private post(query: string, variables: object, key: string = randomUUID()): Promise<Response> {
    return fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key, cookie: this.cookie },
      body: JSON.stringify({ query, variables }),
    });
  }
}
