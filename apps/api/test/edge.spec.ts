import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Role } from '@app/access';
import { type Answer, SIGN_IN, testApi } from './test-api.js';

const folder = mkdtempSync(join(tmpdir(), 'maharat-edge-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const VIEWER = 'query Viewer {\n  viewer { displayName }\n}';
const documents = join(folder, 'documents.json');
writeFileSync(documents, JSON.stringify([VIEWER, SIGN_IN]));

const repeated = (count: number, text: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');

describe('the edge in production', () => {
  const api = testApi({
    settings: {
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://maharat.example',
      TRUSTED_DOCUMENTS: documents,
      RATE_PER_ACCOUNT: '5',
    },
  });
  const post = (body: unknown, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const told = async (query: string) => {
    const response = await post({ query });
    return { status: response.status, text: await response.text() };
  };

  it('answers a text that it trusts, however it is spaced, and no other', async () => {
    expect(await api.nobody.do(VIEWER)).toEqual({ viewer: null });
    expect(await api.nobody.do(VIEWER.replace(/\s+/g, ' '))).toEqual({ viewer: null });
    for (const other of ['{ viewer { displayName } }', `${VIEWER} #`, VIEWER.replace('Viewer', 'Other'), '{', ''])
      expect(await told(other)).toMatchObject({ status: 400, text: expect.not.stringContaining('"data"') });
  });

  it('tells the sender of another text nothing of the schema', async () => {
    const misspelt = await told('{ viewr { displayName } }');
    expect(misspelt.text).toBe((await told('{ nothing }')).text.replace(/"errorId":"[^"]+"/, ''));
    expect(misspelt.text).not.toMatch(/viewer|did you mean|Query/i);
  });

  it('keeps no text under its hash for another to ask', async () => {
    const persistedQuery = { version: 1, sha256Hash: 'a'.repeat(64) };
    const response = await post({ extensions: { persistedQuery } });
    expect(await response.text()).toContain('PersistedQueryNotSupported');
  });

  // The checks of the public scanner graphql-cop, by its names.
  it.each<[string, () => Promise<Response>]>([
    ['alias overloading', () => post({ query: `{ ${repeated(101, (i) => `alias${i}: __typename`)} }` })],
    ['array-based query batching', () => post(Array.from({ length: 10 }, () => ({ query: VIEWER })))],
    ['directive overloading', () => post({ query: `query { __typename ${repeated(10, () => '@aa')} }` })],
    [
      'circular query by introspection',
      () => post({ query: '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }' }),
    ],
    ['field duplication', () => post({ query: `{ ${repeated(500, () => '__typename')} }` })],
    ['field suggestions', () => post({ query: '{ __schema { directive } }' })],
    ['introspection', () => post({ query: '{ __schema { types { name fields { name } } } }' })],
    ['queries by GET', () => fetch(`${api.url}/graphql?query={__typename}`)],
    ['mutations by GET', () => fetch(`${api.url}/graphql?query=mutation%20{__typename}`)],
    [
      'url-encoded queries by POST',
      () => post('query=%7B__typename%7D', { 'content-type': 'application/x-www-form-urlencoded' }),
    ],
    ['tracing', () => post({ query: '{ __typename }' })],
    ['unhandled errors', () => post({ query: 'query cop { abc }' })],
  ])('4.3.1 has no finding of %s', async (_, attack) => {
    const response = await attack();
    const text = await response.text();
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(text).not.toMatch(/"data"|did you mean|exception|stacktrace|tracing|at \w+ \(/i);
  });

  it('13.4 shows no console', async () => {
    for (const path of ['/graphql', '/graphiql', '/playground', '/altair', '/console'])
      expect(await (await fetch(api.url + path, { headers: { accept: 'text/html' } })).text()).not.toMatch(
        /graphiql|playground|altair|apollo sandbox/i,
      );
  });

  it('3.4 sends every answer with the headers that close a browser', async () => {
    for (const path of ['/', '/health/live', '/documents/x', '/graphql', '/nothing']) {
      const { headers } = await fetch(api.url + path);
      expect(Object.fromEntries(headers)).toMatchObject({
        'strict-transport-security': expect.stringContaining('max-age=31536000'),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'permissions-policy': expect.stringContaining('geolocation=()'),
        'cross-origin-opener-policy': 'same-origin',
      });
      const policy = headers.get('content-security-policy');
      for (const rule of ["default-src 'self'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'"])
        expect(policy).toContain(rule);
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
    }
  });

  it('2.4.1 counts the operations of an account, and says how long to wait', async () => {
    const officer = await api.signedIn('officer', { role: Role.NATIONAL_OFFICER });
    const answers: Answer<unknown>[] = [];
    for (let i = 0; i < 6; i++) answers.push(await officer.ask(VIEWER));
    expect(answers.filter(({ errors }) => !errors)).toHaveLength(5);
    expect(answers.at(-1)?.errors?.[0]?.extensions).toMatchObject({
      code: 'TOO_MANY',
      retryAfterSeconds: expect.any(Number),
    });
    expect(await api.nobody.do(VIEWER)).toEqual({ viewer: null });
  });
});

describe('the edge of an address', () => {
  const api = testApi({ settings: { RATE_PER_ADDRESS: '8' } });

  it('2.4.1 lets through so many requests a minute, whoever sends them', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 10; i++) statuses.push((await api.nobody.send('{ viewer { displayName } }')).status);
    // A new minute may begin in between.
    expect(statuses.slice(0, 8)).toEqual(Array(8).fill(200));
    expect(statuses.at(-1)).toBe(429);
    const refused = await api.nobody.get('/documents/x');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await api.nobody.get('/health/live')).status).toBe(200);
  });
});
