import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { buildSchema, isInputObjectType } from 'graphql';
import { Role } from '@app/access';
import { projectRoot } from '@app/platform';
import { PRODUCTION } from '@app/testing';
import { symbols } from 'pino';
import { PASSWORD, Stage } from './stage.js';
import { type Person, SIGN_IN, testApi } from './test-api.js';

// Each scenario of the list of the "Damn Vulnerable GraphQL Application", by its name there.
// https://github.com/dolevf/Damn-Vulnerable-GraphQL-Application

const folder = mkdtempSync(join(tmpdir(), 'maharat-list-'));
const CREATE_TOKEN = 'mutation ($input: CreateTokenInput!) { createToken(input: $input) { token } }';
const SCOPES = 'query { viewer { tokenScopes } }';
const CHANGE = 'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { __typename } }';
const documents = join(folder, 'documents.json');
writeFileSync(documents, JSON.stringify([SIGN_IN, CREATE_TOKEN, SCOPES, CHANGE]));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const many = (count: number, text: (i: number) => string) => Array.from({ length: count }, (_, i) => text(i)).join(' ');
const ADD_ROOM = 'mutation ($input: AddRoomInput!) { addRoom(input: $input) { __typename ... on Room { id name } } }';
const DRAFT = `mutation ($input: DraftCertificateTemplateInput!) { draftCertificateTemplate(input: $input) {
  __typename ... on CertificateTemplate { id preview { id } } } }`;
const ORDER = 'mutation ($input: OrderPaperInput!) { orderPaper(input: $input) { __typename } }';

describe('the list of the vulnerable application', () => {
  const api = testApi({
    settings: {
      ...{ ...PRODUCTION, TRUSTED_DOCUMENTS: documents },
      ...{ LOG_LEVEL: 'error' },
    },
  });
  const stage = new Stage(api);
  const schema = buildSchema(readFileSync(`${projectRoot}/schema.graphql`, 'utf8'));
  let browser: Person;
  /** A program that may send any text and has every scope of a county officer. */
  let program: Person;
  let provincial: Person;

  const programOf = async (person: Person) => {
    const { viewer } = await person.do<{ viewer: { tokenScopes: string[] } }>(SCOPES);
    const made = await person.do<{ createToken: { token: string } }>(CREATE_TOKEN, {
      input: { name: 'گزارش', scopes: viewer.tokenScopes, days: 1 },
    });
    return person.by(made.createToken.token);
  };
  const codeOf = async (by: Person, query: string, variables: object = {}) =>
    (await by.ask(query, variables)).errors?.[0]?.extensions.code ?? 'answered';
  const messagesOf = async (by: Person, query: string) =>
    JSON.stringify((await by.ask(query)).errors?.map(({ message }) => message) ?? 'answered');

  beforeAll(async () => {
    await stage.set();
    browser = await stage.person(Role.COUNTY_OFFICER);
    program = await programOf(browser);
    provincial = await programOf(await stage.person(Role.PROVINCIAL_OFFICER));
  }, 60_000);

  it('Reconnaissance: Discovering GraphQL', async () => {
    for (const path of [
      '/graphiql',
      '/console',
      '/playground',
      '/v1/graphql',
      '/api/graphql',
      '/query',
      '/gql',
      '/altair',
    ])
      for (const method of ['GET', 'POST']) expect((await fetch(api.url + path, { method })).status).toBe(404);
    // The one address that there is answers no probe.
    expect(await (await api.nobody.send('{ __typename }')).text()).not.toMatch(/Query|data|GraphQL/);
  });

  it('Reconnaissance: Fingerprinting GraphQL', async () => {
    const probes = ['query @skip { __typename }', 'query @deprecated { __typename }', 'queryy { __typename }', '', '{'];
    const answers = await Promise.all(probes.map(async (query) => (await api.nobody.send(query)).text()));
    expect(new Set(answers.filter((text) => !text.includes('No query'))).size).toBe(1);
    const { headers } = await api.nobody.send('{ __typename }');
    for (const name of ['server', 'x-powered-by']) expect(headers.get(name)).toBeNull();
  });

  it('Denial of Service: Batch Query Attack', async () => {
    const batch = JSON.stringify(Array.from({ length: 10 }, () => ({ query: '{ courseRuns { items { id } } }' })));
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: program.headers.authorization ?? '' },
      body: batch,
    });
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain('"data"');
  });

  it('Denial of Service: Deep Recursion Query Attack', async () => {
    const deep = (levels: number): string => (levels ? `{ items ${deep(levels - 1)} }` : '{ id }');
    expect(await messagesOf(program, `{ courseRuns ${deep(20)} }`)).toContain('At most 12 levels');
    const circle = '{ courseRuns { ...a } } fragment a on CourseRunPage { ...b } fragment b on CourseRunPage { ...a }';
    expect(await codeOf(program, circle)).toBe('BAD_USER_INPUT');
    // What is nested deeper than the reader can follow ends as a mistake too.
    const nested = `{ courseRuns ${'{ items '.repeat(900)}`;
    expect(await codeOf(program, nested)).toBe('BAD_USER_INPUT');
  });

  it('Denial of Service: Resource Intensive Query Attack', async () => {
    const runs = `courseRuns(first: 100) { items { id number status startsOn endsOn capacity seatsTaken trainerName
      instituteName standardTitleFa } }`;
    expect(await messagesOf(program, `{ ${many(20, (i) => `a${i}: ${runs}`)} }`)).toContain('costs 20040');
    // Papers are drawn by jobs: the call only writes that one is wanted.
    const { id: runId } = await stage.run();
    const began = performance.now();
    await program.ask(ORDER, { input: { runId, kind: 'CLASS_LIST' } });
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('Denial of Service: Field Duplication Attack', async () => {
    expect(await messagesOf(program, `{ courseRuns { items { ${many(500, () => 'id')} } } }`)).toContain(
      'At most 400 fields',
    );
    expect(await codeOf(program, `{ courseRuns { items { ${many(5_000, () => 'id')} } } }`)).toBe('BAD_USER_INPUT');
  });

  it('Denial of Service: Aliases based Attack', async () => {
    expect(await messagesOf(program, `{ ${many(21, (i) => `a${i}: __typename`)} }`)).toContain('At most 20 aliases');
  });

  it('Information Disclosure: GraphQL Introspection', async () => {
    for (const by of [api.nobody, browser, program])
      for (const query of ['{ __schema { types { name } } }', '{ __type(name: "Query") { fields { name } } }'])
        expect(await (await by.send(query)).text()).not.toContain('"data":{');
  });

  it('Information Disclosure: GraphiQL Interface', async () => {
    for (const path of ['/graphql', '/graphiql']) {
      const page = await fetch(api.url + path, { headers: { accept: 'text/html' } });
      expect(await page.text()).not.toMatch(/graphiql|playground|sandbox/i);
    }
  });

  it('Information Disclosure: GraphQL Field Suggestions', async () => {
    for (const query of [
      '{ courseRunz { items { id } } }',
      '{ courseRuns { items { idd } } }',
      '{ courseRuns(firs: 1) }',
    ])
      expect(await messagesOf(program, query)).not.toMatch(/did you mean/i);
  });

  it('1.3.6 Information Disclosure: Server Side Request Forgery', async () => {
    let hits = 0;
    const internal = createServer((_, answer) => {
      hits++;
      answer.end();
    });
    await new Promise<void>((listening) => internal.listen(0, '127.0.0.1', listening));
    const url = `http://127.0.0.1:${(internal.address() as AddressInfo).port}/`;
    const { id: runId } = await stage.run();
    await provincial.ask(DRAFT, { input: { design: 'SOBER', title: url, sentence: url, english: url } });
    await provincial.ask(DRAFT, { input: { design: 'SOBER', title: 'x', emblemUploadId: url } });
    const letter = { addressee: 'TRAINER', request: url, reason: url, number: url, attachments: url };
    await program.ask(ORDER, { input: { runId, kind: 'LETTER_OF_REFUSAL', letter } });
    await program.upload(`${url}list.csv`, Buffer.from(`${url},${url}\n`));
    await settled();
    internal.close();
    expect(hits).toBe(0);
    // Nothing that a caller writes is an address to be asked.
    const named = Object.values(schema.getTypeMap()).flatMap((type) =>
      isInputObjectType(type) ? Object.keys(type.getFields()) : [],
    );
    expect(named.filter((name) => /url|host|uri|endpoint|callback|webhook/i.test(name))).toEqual([]);
  });

  /** Every job that waits has been tried. */
  const settled = async () => {
    for (const deadline = Date.now() + 20_000; Date.now() < deadline; await new Promise((go) => setTimeout(go, 100))) {
      const [row] = await api.backend.database.read((tx) =>
        tx.query<{ n: number }>('SELECT COUNT(*) AS n FROM job WHERE state <> ?', ['FAILED']),
      );
      if (Number(row?.n) === 0) return;
    }
  };
  const commands = (file: string) => [`; touch ${file}`, `$(touch ${file})`, `\`touch ${file}\``, `| touch ${file}`];

  it('Code Execution: OS Command Injection #1', async () => {
    const file = join(folder, 'made-by-an-upload');
    for (const command of commands(file)) {
      const uploadId = await program.upload(`${command}.csv`, Buffer.from(`نام,کد ملی\n${command},x\n`));
      const input = { runId: (await stage.run()).id, uploadId, sheet: command };
      await program.ask('mutation ($input: ReadClassListInput!) { readClassList(input: $input) { __typename } }', {
        input,
      });
    }
    await settled();
    expect(existsSync(file)).toBe(false);
  });

  it('Code Execution: OS Command Injection #2', async () => {
    const file = join(folder, 'made-by-a-paper');
    const { id: runId } = await stage.run();
    for (const command of commands(file)) {
      const letter = { addressee: 'INSTITUTE', request: command, reason: command };
      expect(await codeOf(program, ORDER, { input: { runId, kind: 'LETTER_OF_REFUSAL', letter } })).toBe('answered');
      await provincial.ask(DRAFT, { input: { design: 'NAQSH', title: command, english: command } });
    }
    await settled();
    expect(existsSync(file)).toBe(false);
  });

  it.each([
    ['1.2.1 3.2.2 Injection: Stored Cross Site Scripting', '<script>alert(1)</script>'],
    ['Injection: HTML Injection', '<h1>hi</h1><img src=x onerror=alert(1)>'],
  ])('%s', async (_, name) => {
    const response = await program.send(ADD_ROOM, {
      input: { instituteId: stage.place.institute.id, name, capacity: 9 },
    });
    // Kept as text and told as text: no browser takes such an answer for a page.
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(((await response.json()) as { data: unknown }).data).toMatchObject({ addRoom: { name } });
    // What the page would run all the same, its policy forbids.
    expect(response.headers.get('content-security-policy')).toMatch(/script-src 'self';script-src-attr 'none'/);
  });

  it('16.4 Injection: Log spoofing / Log Injection', async () => {
    const forged = '\r\n{"level":"info","msg":"forged"}\n';
    const log = api.backend.log as unknown as Record<symbol, { write(line: string): void }>;
    const written = jest.spyOn(log[symbols.streamSym] as { write(line: string): void }, 'write');
    api.backend.log.error({ told: forged, [forged]: 1 }, forged);
    await program.ask(
      `query ${'a'} { courseRun(id: "${JSON.stringify(forged).slice(1, -1).replaceAll('"', '')}") { id } }`,
    );
    await fetch(`${api.url}/uploads`, { method: 'POST', headers: { 'user-agent': 'x "forged"' } });
    await program.upload(`a${forged}.csv`, Buffer.from('x'));
    const lines = written.mock.calls.map(([line]) => line);
    written.mockRestore();
    expect(lines.join('')).toContain('forged');
    for (const line of lines) {
      expect(line.trimEnd()).not.toContain('\n');
      expect(JSON.parse(line)).not.toMatchObject({ msg: 'forged' });
    }
  });

  it('16.2.5 no secret of a call is in any log line, whatever becomes of the call', async () => {
    const log = api.backend.log as unknown as Record<symbol, { write(line: string): void }>;
    const written = jest.spyOn(log[symbols.streamSym] as { write(line: string): void }, 'write');
    const secrets = ['canary-password-1405', '7319028465', 'canary-bearer-token', 'canary-cookie', '0012345679'];
    const [password, code, token, cookie, nationalId] = secrets as [string, string, string, string, string];
    const signIn = (by: Person, more: object) =>
      by.send(SIGN_IN, { input: { userName: 'whoever', password, ...more } });
    await signIn(api.nobody, {});
    await signIn(api.nobody, { code });
    await signIn(api.nobody.by(token), {});
    await fetch(`${api.url}/uploads`, {
      method: 'POST',
      headers: { cookie: `session=${cookie}`, authorization: `Bearer ${token}` },
    });
    // Also when the database fails in the middle of it, with the statement and its values in its words.
    const failed = jest
      .spyOn(api.backend.database, 'read')
      .mockRejectedValue(
        Object.assign(new Error(`Duplicate entry '${nationalId}'`), { code: 'ER_DUP_ENTRY', query: nationalId }),
      );
    const answer = await (await signIn(api.nobody, { code })).text();
    failed.mockRestore();
    expect(answer).toContain('INTERNAL');
    const lines = written.mock.calls.map(([line]) => line).join('');
    written.mockRestore();
    expect(lines).toContain('ER_DUP_ENTRY');
    for (const secret of secrets) expect(lines).not.toContain(secret);
  });

  it('Authorization Bypass: GraphQL Interface Protection Bypass', async () => {
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/json', cookie: 'env=graphiql:enable; debug=1; role=ADMINISTRATOR' },
        ...{ 'x-forwarded-host': 'localhost', 'x-original-url': '/graphiql', 'x-apollo-tracing': '1' },
      },
      body: JSON.stringify({ query: '{ __schema { types { name } } }' }),
    });
    expect(response.status).toBe(400);
    expect(await response.text()).not.toMatch(/"data"|tracing/);
  });

  it('Authorization Bypass: GraphQL Query Deny List Bypass', async () => {
    const own = 'sessions { id }';
    // Of the own sessions no token may tell, whatever the field is called and wherever it stands.
    for (const query of [
      `{ ${own} }`,
      `query courseRuns { ${own} }`,
      `{ courseRuns: ${own} }`,
      `{ ...a } fragment a on Query { ${own} }`,
      `{ ... on Query { ${own} } }`,
      `query a { courseRuns { items { id } } } query b { ${own} }`,
    ]) {
      const response = await program.send(query);
      expect(await response.text()).toMatch(/FORBIDDEN|BAD_USER_INPUT/);
    }
    expect(await codeOf(program, `{ ... on Query { ${own} } }`)).toBe('FORBIDDEN');
  });

  it('Miscellaneous: GraphQL Query Weak Password Protection', async () => {
    for (const newPassword of ['password123', 'administrator', 'aaaaaaaa', 'short', '12345678'])
      expect(await codeOf(browser, CHANGE, { input: { password: PASSWORD, newPassword } })).toBe('BAD_USER_INPUT');
    // A password that is guessed again and again makes the next guess wait.
    const userName = await stage.account([Role.TRAINER]);
    const guesses: string[] = [];
    for (const password of ['password', 'changeme', '123456', 'password123'])
      guesses.push(await (await api.nobody.send(SIGN_IN, { input: { userName, password } })).text());
    for (const text of guesses) expect(text).toContain('SignInRefused');
    // While it waits, the right one is not looked at either.
    expect(await (await api.nobody.send(SIGN_IN, { input: { userName, password: PASSWORD } })).text()).toContain(
      'SignInRefused',
    );
  });

  it('5.3 Miscellaneous: Arbitrary File Write // Path Traversal', async () => {
    const { dataDir } = api.backend.settings;
    const kept = () => readdirSync(dataDir).filter((name) => name !== 'files');
    const before = kept().sort();
    for (const name of ['../../../owned.csv', '..\\..\\owned.csv', '/etc/owned.csv', '%2e%2e%2fowned.csv', 'a\0.csv'])
      await program.upload(name, Buffer.from('x')).catch(() => undefined);
    expect(kept().sort()).toEqual(before);
    // The folder above is everybody's: other specs make and remove theirs in it.
    expect([...readdirSync(join(dataDir, '..')), ...readdirSync('/etc')].join()).not.toContain('owned');

    for (const path of [
      '/../keys.json',
      '/%2e%2e/keys.json',
      '/assets/..%2f..%2f..%2fkeys.json',
      '/documents/..%2fkeys.json',
    ])
      expect(await raw(path)).not.toMatch(/"keys"|"id":|BEGIN/);
    expect(await codeOf(program, `mutation { openDocument(id: "../../keys.json") { url } }`)).toBe('NOT_FOUND');
  });

  /** The body of an answer to a path as it stands, which `fetch` would tidy up. */
  const raw = (path: string) =>
    new Promise<string>((resolve, reject) => {
      const { hostname, port } = new URL(api.url);
      request({ hostname, port, path, headers: { accept: 'text/html' } }, (answer) => {
        let text = '';
        answer.on('data', (part) => (text += String(part)));
        answer.on('end', () => resolve(`${answer.statusCode} ${text}`));
      })
        .once('error', reject)
        .end();
    });
});
