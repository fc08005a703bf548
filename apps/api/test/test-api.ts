import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { Accounts, type Grant } from '@app/access';
import { type Backend, migrate, openBackend } from '@app/backend';
import { readSettings, type Settings } from '@app/platform';
import { emptyDatabase } from '@app/testing';
import { closeApi, createApi } from '../src/create-api.js';

/** What the API answered, as it came. */
export interface Answer<T> {
  data?: T | null;
  errors?: {
    message: string;
    extensions: { code: string; fields?: { field: string; messageFa: string }[]; errorId?: string };
  }[];
}

const newKey = () => randomBytes(12).toString('base64url');

const PASSWORD = 'قالی‌بافی-۱۴۰۵';

export const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }';

/** One person at one browser. */
export class Person {
  constructor(
    private readonly url: string,
    readonly cookie: string | null = null,
    private readonly token: string | null = null,
  ) {}

  /** A program or a device with a bearer token, in place of a browser. */
  by(token: string): Person {
    return new Person(this.url, null, token);
  }

  /** Sends one operation; a mutation gets a new key unless one is given. */
  async ask<T = Record<string, unknown>>(query: string, variables: object = {}, key = newKey()): Promise<Answer<T>> {
    const response = await this.send(query, variables, key);
    return (await response.json()) as Answer<T>;
  }

  send(query: string, variables: object = {}, key = newKey()): Promise<Response> {
    return fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key, ...this.headers },
      body: JSON.stringify({ query, variables }),
    });
  }

  /** The same person, with the same session, at a copy of the installation. */
  at(url: string): Person {
    return new Person(url, this.cookie, this.token);
  }

  /** The data of an answer without errors. */
  async do<T = Record<string, unknown>>(query: string, variables: object = {}, key?: string): Promise<T> {
    const { data, errors } = await this.ask<T>(query, variables, key);
    if (errors || !data) throw new Error(JSON.stringify(errors));
    return data;
  }

  /** The same browser with the cookie that the answer gave it. */
  async kept(query: string, variables: object): Promise<Person> {
    const response = await this.send(query, variables);
    const cookie = response.headers.get('set-cookie')?.split(';')[0];
    if (!cookie) throw new Error(`No cookie: ${await response.text()}`);
    return new Person(this.url, cookie);
  }

  /** The same person after signing in. */
  async signIn(userName: string, password: string): Promise<Person> {
    return this.kept(SIGN_IN, { input: { userName, password } });
  }

  get(path: string): Promise<Response> {
    return fetch(this.url + path, { headers: this.headers });
  }

  async upload(fileName: string, bytes: Uint8Array): Promise<string> {
    const form = new FormData();
    form.append('file', new Blob([bytes as BlobPart]), fileName);
    const response = await fetch(`${this.url}/uploads`, {
      method: 'POST',
      headers: { 'x-requested-with': 'spec', ...this.headers },
      body: form,
    });
    if (!response.ok) throw new Error(await response.text());
    return ((await response.json()) as { id: string }).id;
  }

  /** Follows a subscription to its end and gives all that came. */
  async follow<T>(query: string, variables: Record<string, unknown> = {}): Promise<T[]> {
    const { headers } = this;
    class Socket extends WebSocket {
      constructor(address: string, protocols: string[]) {
        super(address, protocols, { headers });
      }
    }
    const client = createClient({
      url: `${this.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: Socket,
      retryAttempts: 0,
    });
    const seen: T[] = [];
    try {
      for await (const { data, errors } of client.iterate<T>({ query, variables })) {
        if (errors) throw new Error(JSON.stringify(errors));
        if (data) seen.push(data);
      }
    } catch (error) {
      throw error instanceof Error ? error : new Error(JSON.stringify(error));
    } finally {
      await client.dispose();
    }
    return seen;
  }

  /** What tells the server who it is. */
  get headers(): Record<string, string> {
    return {
      ...(this.cookie && { cookie: this.cookie }),
      ...(this.token && { authorization: `Bearer ${this.token}` }),
    };
  }
}

/** A running API over its own database, files and queue. */
export class TestApi {
  backend: Backend;
  url: string;
  app: NestFastifyApplication;
  private cleanUp: () => Promise<void>;

  constructor(
    private readonly jobs: number,
    private readonly more: Record<string, string> = {},
    /** Brings in what the installation begins with. */
    private readonly fill: (settings: Settings) => Promise<unknown> = async () => {},
  ) {}

  async open(): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'maharat-api-'));
    const database = await emptyDatabase();
    const settings = readSettings({
      NODE_ENV: 'test',
      DATA_DIR: folder,
      DEMO: 'off',
      LOG_LEVEL: process.env.SPEC_LOG ?? 'silent',
      DATABASE_URL: database.url,
      REDIS_URL: process.env.TEST_REDIS_URL,
      REDIS_PREFIX: `t${randomBytes(6).toString('hex')}`,
      NIGHTLY_BACKUP: 'off',
      JOB_LEASE_SECONDS: '5',
      // A spec asks more in a minute than a person.
      RATE_PER_ADDRESS: '1000000',
      RATE_PER_ACCOUNT: '1000000',
      ONE_TIME_PASSWORDS_PER_ADDRESS: '1000000',
      ...this.more,
    });
    await this.fill(settings);
    this.backend = await openBackend(settings, 'spec');
    await migrate(this.backend);
    this.app = await createApi(this.backend);
    await this.app.listen(0, '127.0.0.1');
    this.url = await this.app.getUrl();
    if (this.jobs > 0) await this.backend.jobs.start(this.jobs);
    this.cleanUp = async () => {
      await closeApi(this.app, this.backend);
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    };
  }

  close(): Promise<void> {
    return this.cleanUp();
  }

  /** Someone who has not signed in. */
  get nobody(): Person {
    return new Person(this.url);
  }

  /** Makes an account with one grant and signs in with it. */
  async signedIn(userName: string, grant: Grant): Promise<Person> {
    await this.app.get(Accounts).create({ userName, displayName: userName, password: PASSWORD, grants: [grant] });
    return this.signedInAgain(userName);
  }

  /** One more session of someone who has an account. */
  signedInAgain(userName: string): Promise<Person> {
    return this.nobody.signIn(userName, PASSWORD);
  }
}

/**
 * Starts the API before the specs of this file and ends it after them. It runs two jobs at a time; with none, they wait
 * in the table. More settings go over those of every spec.
 */
export function testApi({
  jobs = 2,
  settings = {},
}: { jobs?: number; settings?: Record<string, string> } = {}): TestApi {
  const api = new TestApi(jobs, settings);
  beforeAll(() => api.open(), 60_000);
  afterAll(() => api.close(), 30_000);
  return api;
}
