import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Role } from '@app/access';
import { PRODUCTION } from '@app/testing';
import { Stage } from './stage.js';
import { type Answer, type Person, SIGN_IN, testApi } from './test-api.js';

const folder = mkdtempSync(join(tmpdir(), 'maharat-edge-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const VIEWER = 'query Viewer {\n  viewer { displayName }\n}';
const CREATE_TOKEN = 'mutation ($input: CreateTokenInput!) { createToken(input: $input) { token } }';
const documents = join(folder, 'documents.json');
writeFileSync(documents, JSON.stringify([VIEWER, SIGN_IN, CREATE_TOKEN]));

const repeated = (count: number, text: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');

/** Sends a body to the API, under a token when there is one. */
const sender =
  (api: { url: string }, token?: () => string) =>
  (body: unknown, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { ...headers, ...(token && { authorization: `Bearer ${token()}` }) },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
type Send = ReturnType<typeof sender>;

/** The checks of the public scanner graphql-cop, by its names: what is sent, and what in an answer is a finding. */
const copChecks: [string, (send: Send, url: string) => Promise<Response>, RegExp][] = [
  ['alias overloading', (send) => send({ query: `{ ${repeated(101, (i) => `alias${i}: __typename`)} }` }), /alias100/],
  [
    'array-based query batching',
    (send) => send(Array.from({ length: 10 }, () => ({ query: 'query cop { __typename }' }))),
    /^\[/,
  ],
  // Each of the ten directives has an answer of its own.
  [
    'directive overloading',
    (send) => send({ query: `query { __typename ${repeated(10, () => '@aa')} }` }),
    /(Unknown directive.*){10}/,
  ],
  [
    'circular query by introspection',
    (send) => send({ query: '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }' }),
    /"types"/,
  ],
  ['field duplication', (send) => send({ query: `{ ${repeated(500, () => '__typename')} }` }), /"data":\{/],
  ['field suggestions', (send) => send({ query: '{ __schema { directive } }' }), /did you mean/i],
  ['introspection', (send) => send({ query: '{ __schema { types { name fields { name } } } }' }), /"types"/],
  ['queries by GET', (_, url) => fetch(`${url}/graphql?query={__typename}`), /"data":\{/],
  ['mutations by GET', (_, url) => fetch(`${url}/graphql?query=mutation%20{__typename}`), /"data":\{/],
  [
    'url-encoded queries by POST',
    (send) => send('query=%7B__typename%7D', { 'content-type': 'application/x-www-form-urlencoded' }),
    /"data":\{/,
  ],
  ['tracing', (send) => send({ query: '{ __typename }' }), /tracing/],
  ['unhandled errors', (send) => send({ query: 'query cop { abc }' }), /exception|stacktrace|at \w+ \(/i],
];
/** Whether the scanner would report this check. */
const isFound = async ([, attack, finding]: (typeof copChecks)[number], send: Send, url: string) =>
  finding.test(await (await attack(send, url)).text());

describe('the edge in production', () => {
  const api = testApi({
    settings: {
      ...PRODUCTION,
      TRUSTED_DOCUMENTS: documents,
      RATE_PER_ACCOUNT: '5',
    },
  });
  const post = sender(api);
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

  it.each(copChecks)('4.3.1 has no finding of %s', async (...check) => {
    const response = await check[1](post, api.url);
    const text = await response.text();
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(text).not.toMatch(check[2]);
    expect(text).not.toMatch(/"data"|did you mean|exception|stacktrace|tracing|at \w+ \(/i);
  });

  it.each([
    ['two lengths', 'Content-Length: 5\r\nContent-Length: 6'],
    ['a length and chunks', 'Content-Length: 5\r\nTransfer-Encoding: chunked'],
    ['chunks under another name', 'Transfer-Encoding: xchunked'],
    ['a header that goes on in the next line', 'X-A: b\r\n c: d\r\nContent-Length: 5'],
  ])('4.2.1 reads no request that another server could read otherwise: %s', async (_, headers) => {
    const { hostname, port } = new URL(api.url);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () =>
        socket.write(
          `POST /graphql HTTP/1.1\r\nHost: x\r\n${headers}\r\n\r\n0\r\n\r\nGET /health/live HTTP/1.1\r\nHost: x\r\n\r\n`,
        ),
      );
      let text = '';
      socket.on('data', (part) => (text += String(part)));
      socket.on('close', () => resolve(text));
      socket.once('error', reject);
      socket.setTimeout(2_000, () => socket.destroy());
    });
    expect(answer).toMatch(/^HTTP\/1.1 4\d\d/);
    expect(answer).not.toContain('"live"');
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

describe('a program whose token allows any query', () => {
  const api = testApi({
    jobs: 0,
    settings: { ...PRODUCTION, TRUSTED_DOCUMENTS: documents },
  });
  const stage = new Stage(api);
  let token: string;
  let owner: Person;
  const send = sender(api, () => token);
  const tokenFor = async (...scopes: string[]) => {
    const made = await owner.do<{ createToken: { token: string } }>(CREATE_TOKEN, {
      input: { name: 'گزارش', scopes, days: 1 },
    });
    return made.createToken.token;
  };
  const ask = async (query: string, by = token) => owner.by(by).ask(query);
  const OWN = '{ courseRuns(first: 5) { items { id number } } }';

  beforeAll(async () => {
    await stage.set();
    owner = await stage.person(Role.COUNTY_OFFICER);
    token = await tokenFor('anyQuery', 'courseRuns', 'institutes', 'viewer');
  }, 60_000);

  it('asks in its own words what its scopes name, and nothing else', async () => {
    const { id } = await stage.run();
    expect(JSON.stringify(await ask(OWN))).toContain(id);
    expect((await ask('{ standards { items { id } } }')).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('has that of its token only: another token, no token and a browser have not', async () => {
    const other = await tokenFor('courseRuns');
    for (const answer of [await ask(OWN, other), await ask(OWN, 'x'), await owner.ask(OWN), await api.nobody.ask(OWN)])
      expect(JSON.stringify(answer)).toContain('ot an operation of this product');
  });

  it.each(copChecks)('4.3.1 gives the scanner no finding of %s', async (...check) => {
    expect(await isFound(check, send, api.url)).toBe(false);
  });

  it('4.3.2 is told nothing of the schema but what it asks for', async () => {
    for (const query of ['{ __schema { types { name } } }', '{ __type(name: "Query") { name } }', '{ courseRunz }'])
      expect(JSON.stringify(await ask(query))).not.toMatch(/did you mean|"data":\{|"types"/i);
  });

  it.each([
    ['pages of pages', '{ institutes(first: 100) { items { appointments { id } rooms { id } } } }', null],
    [
      'a page twice',
      `{ ${repeated(20, (i) => `a${i}: courseRuns(first: 100) { items { id number status endsOn startsOn capacity seatsTaken trainerName instituteName standardTitleFa } }`)} }`,
      20_040,
    ],
  ])('4.3.1 is answered within a cost, and told what it was: %s', async (_, query, cost) => {
    const { errors } = await ask(query);
    if (cost === null) return expect(errors).toBeUndefined();
    expect(errors?.[0]?.message).toContain(`costs ${cost}`);
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ field: 'query', messageFa: expect.stringContaining(String(cost)) }],
    });
  });
});

describe('outside production, where a developer looks at the schema', () => {
  const api = testApi({ jobs: 0 });

  it('the scanner has its findings, so that it is known to look (the control)', async () => {
    const found: string[] = [];
    for (const check of copChecks) if (await isFound(check, sender(api), api.url)) found.push(check[0]);
    expect(found).toEqual(['field suggestions', 'introspection']);
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
