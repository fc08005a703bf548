import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { Role, SignInSession } from '@app/access';
import { DocumentState } from '@app/documents';
import { projectRoot, SYSTEM } from '@app/platform';
import { newEnrolments } from '@app/testing';
import { exampleOperations } from './example-operation.js';
import { PASSWORD, Stage } from './stage.js';
import { type Person, testApi } from './test-api.js';

const operations = exampleOperations(buildSchema(readFileSync(`${projectRoot}/schema.graphql`, 'utf8')));
const CREATE = 'mutation ($input: CreateTokenInput!) { createToken(input: $input) { id token scopes expiresAt } }';
const ROTATE = 'mutation { rotateDeviceToken { id token } }';

interface Token {
  id: string;
  token: string;
}

const api = testApi({ jobs: 0 });
const stage = new Stage(api);
beforeAll(() => stage.set(), 60_000);

const codeOf = async (person: Person, query: string, variables: object = {}): Promise<string> =>
  (await person.ask(query, variables)).errors?.[0]?.extensions.code ?? 'done';
const tokenOf = async (owner: Person, scopes: string[], days = 30): Promise<Token> =>
  (await owner.do<{ createToken: Token }>(CREATE, { input: { name: 'گزارش', scopes, days } })).createToken;
/** The operations that answer something else than a shut door. */
const openTo = async (person: Person): Promise<string[]> => {
  const open: string[] = [];
  for (const { name, query, variables } of operations) {
    if (name.startsWith('Subscription.')) continue;
    const code = await codeOf(person, query, variables);
    if (code !== 'FORBIDDEN' && code !== 'UNAUTHENTICATED') open.push(name);
  }
  return open.sort();
};

describe('a token of another program', () => {
  it('6.3.4 tries what its scopes name and nothing else of the whole schema', async () => {
    const owner = await stage.other(Role.COUNTY_OFFICER);
    const { token } = await tokenOf(owner, ['courseRuns', 'standards', 'openDocument']);
    expect(await openTo(owner.by(token))).toEqual(['Mutation.openDocument', 'Query.courseRuns', 'Query.standards']);
  });

  it('reaches the rows of its owner and no others', async () => {
    const owner = await stage.other(Role.INSTITUTE_MANAGER);
    const { id } = await stage.run();
    const { token } = await tokenOf(owner, ['courseRuns']);
    const list = '{ courseRuns(first: 100) { items { id } } }';
    expect(await owner.by(token).do(list)).toEqual(await owner.do(list));
    expect(JSON.stringify(await owner.do(list))).toContain(id);
  });

  it.each([
    ['an operation that the role has not', ['enterExamMarks']],
    ['an operation that needs a person', ['createToken']],
    ['no operation at all', ['everything']],
    ['nothing', []],
  ])('is not made for %s', async (_, scopes) => {
    const owner = await stage.person(Role.INSTITUTE_MANAGER);
    expect(await codeOf(owner, CREATE, { input: { name: 'x', scopes, days: 1 } })).toBe('BAD_USER_INPUT');
  });

  it('does not last longer than a year', async () => {
    const owner = await stage.person(Role.INSTITUTE_MANAGER);
    const input = { name: 'x', scopes: ['viewer'], days: 366 };
    expect(await codeOf(owner, CREATE, { input })).toBe('BAD_USER_INPUT');
  });

  it('ends when it is revoked, when it runs out, and with all others', async () => {
    const owner = await stage.other(Role.INSTITUTE_MANAGER);
    const [revoked, over, ended] = [
      await tokenOf(owner, ['courseRuns']),
      await tokenOf(owner, ['courseRuns']),
      await tokenOf(owner, ['courseRuns']),
    ];
    const ask = '{ courseRuns { items { id } } }';
    for (const { token } of [revoked, over, ended]) expect(await codeOf(owner.by(token), ask)).toBe('done');
    const listed = await owner.do<{ sessions: { id: string; kind: string; current: boolean }[] }>(
      '{ sessions { id kind current } }',
    );
    expect(listed.sessions.map(({ kind, current }) => `${kind} ${current}`).sort()).toEqual([
      'BROWSER true',
      'PROGRAM false',
      'PROGRAM false',
      'PROGRAM false',
    ]);

    await owner.do('mutation ($id: ID!) { endSession(id: $id) }', { id: revoked.id });
    expect(await codeOf(owner.by(revoked.token), ask)).toBe('UNAUTHENTICATED');
    await api.backend.database.write(SYSTEM, (tx) =>
      tx.update(SignInSession, { id: over.id }, { expiresAt: new Date() }),
    );
    expect(await codeOf(owner.by(over.token), ask)).toBe('UNAUTHENTICATED');
    await owner.do('mutation { endOtherSessions }');
    expect(await codeOf(owner.by(ended.token), ask)).toBe('UNAUTHENTICATED');
    expect(await codeOf(owner, ask)).toBe('done');
  });

  it("is ended by its owner only: another's session is not found", async () => {
    const { id } = await tokenOf(await stage.other(Role.INSTITUTE_MANAGER), ['courseRuns']);
    const end = 'mutation ($id: ID!) { endSession(id: $id) }';
    expect(await codeOf(await stage.other(Role.INSTITUTE_MANAGER), end, { id })).toBe('NOT_FOUND');
  });

  it('opens nothing as a cookie, and a cookie opens nothing as a token', async () => {
    const owner = await stage.other(Role.INSTITUTE_MANAGER);
    const { token } = await tokenOf(owner, ['courseRuns']);
    const [name, value = ''] = owner.cookie?.split('=') ?? [];
    const disguised = Object.assign(Object.create(Object.getPrototypeOf(owner) as object) as Person, owner, {
      cookie: `${name}=${token}`,
    });
    const ask = '{ courseRuns { items { id } } }';
    expect(await codeOf(disguised, ask)).toBe('UNAUTHENTICATED');
    expect(await codeOf(owner.by(value), ask)).toBe('UNAUTHENTICATED');
  });

  it('fetches a document with the link it was given, and a browser does not', async () => {
    const owner = await stage.other(Role.COUNTY_OFFICER);
    const { token } = await tokenOf(owner, ['openDocument']);
    const program = owner.by(token);
    const sha256 = 'b'.repeat(64);
    await api.backend.files.put(`documents/bb/${sha256}`, Buffer.from('a paper'));
    const subjectId = (await stage.run()).id;
    const { id } = await api.backend.database.write(SYSTEM, async (tx) => {
      const { StoredDocument } = await import('@app/documents');
      return tx.insert(StoredDocument, {
        ...{ kind: 'ATTENDANCE_REPORT_PDF', subjectId, state: DocumentState.READY, fileName: 'a.pdf' },
        ...{ mimeType: 'application/pdf', sha256, bytes: 7, reason: null, requestedBy: 'x' },
        ...{ requestedAt: new Date(), readyAt: new Date() },
      });
    });
    const open = 'mutation ($id: ID!) { openDocument(id: $id) { url } }';
    const { openDocument } = await program.do<{ openDocument: { url: string } }>(open, { id });
    expect(await (await program.get(openDocument.url)).text()).toBe('a paper');
    expect((await owner.get(openDocument.url)).status).toBe(404);
  });

  it('ends with its account', async () => {
    const officer = await stage.person(Role.COUNTY_OFFICER);
    const userName = await stage.account([Role.TRAINER]);
    const owner = await api.nobody.signIn(userName, PASSWORD);
    const { token } = await tokenOf(owner, ['courseRuns']);
    const { viewer } = await owner.do<{ viewer: { userId: string } }>('{ viewer { userId } }');
    await officer.do('mutation ($input: DisableAccountInput!) { disableAccount(input: $input) { disabled } }', {
      input: { userId: viewer.userId, disabled: true },
    });
    for (const one of [owner, owner.by(token)])
      expect(await codeOf(one, '{ courseRuns { items { id } } }')).toBe('UNAUTHENTICATED');
  });
});

describe('a token of a device', () => {
  it('reads sheets and sends marks of its own sessions, and does nothing else of the whole schema', async () => {
    const device = await stage.device(await stage.other(Role.TRAINER));
    const run = await stage.run();
    const [enrolment] = await newEnrolments(stage.tables, run, 1);
    const sessionId = run.sessions[0]?.id;
    expect(
      await codeOf(device, 'query ($id: ID!) { attendanceSheet(sessionId: $id) { __typename } }', { id: sessionId }),
    ).toBe('done');
    const input = { sessionId, marks: [{ enrolmentId: enrolment?.id, status: 'PRESENT' }] };
    const mark = 'mutation ($input: MarkAttendanceInput!) { markAttendance(input: $input) { __typename } }';
    expect(await codeOf(device, mark, { input })).toBe('done');
    expect(await openTo(device)).toEqual([
      'Mutation.markAttendance',
      'Mutation.rotateDeviceToken',
      'Query.attendanceSheet',
    ]);
    await expect(device.upload('a.csv', Buffer.from('x'))).rejects.toThrow('FORBIDDEN');
    const watch = 'subscription ($id: ID!) { documentProgress(id: $id) { id } }';
    await expect(device.follow(watch, { id: run.id })).rejects.toThrow('FORBIDDEN');
  });

  it('is changed for the next; the old one goes on until the new one is used, and is then the end of both', async () => {
    const owner = await stage.other(Role.TRAINER);
    const old = await stage.device(owner);
    const { rotateDeviceToken: lost } = await old.do<{ rotateDeviceToken: Token }>(ROTATE);
    const { rotateDeviceToken: next } = await old.do<{ rotateDeviceToken: Token }>(ROTATE);
    const run = await stage.run();
    const sheet = (by: Person) =>
      codeOf(by, 'query ($id: ID!) { attendanceSheet(sessionId: $id) { __typename } }', { id: run.sessions[0]?.id });

    expect(await sheet(owner.by(lost.token))).toBe('UNAUTHENTICATED');
    expect(await sheet(old)).toBe('done');
    expect(await sheet(owner.by(next.token))).toBe('done');
    expect(await sheet(old)).toBe('UNAUTHENTICATED');
    expect(await sheet(owner.by(next.token))).toBe('UNAUTHENTICATED');
    expect(await sheet(owner)).toBe('done');
  });

  it('is made by who takes attendance only', async () => {
    const officer = await stage.person(Role.COUNTY_OFFICER);
    const create = 'mutation { createDeviceToken(input: { name: "x" }) { id } }';
    expect(await codeOf(officer, create)).toBe('FORBIDDEN');
  });
});

describe('a role that was switched', () => {
  it('is told to a late copy of the call as done already, and opens nothing else to the old cookie', async () => {
    const person = await api.nobody.signIn(await stage.account([Role.TRAINER, Role.INSTITUTE_MANAGER]), PASSWORD);
    const { viewer } = await person.do<{ viewer: { grants: { id: string }[] } }>('{ viewer { grants { id } } }');
    const [first, second] = viewer.grants;
    const query = 'mutation ($grantId: ID!) { switchRole(grantId: $grantId) { __typename } }';
    await person.do(query, { grantId: second?.id }, 'a-key-of-its-own-1');

    const copy = await person.ask(query, { grantId: second?.id }, 'a-key-of-its-own-1');
    expect(copy.errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ field: 'Idempotency-Key' }],
    });
    expect(await codeOf(person, query, { grantId: first?.id })).toBe('UNAUTHENTICATED');
    expect(await codeOf(person, '{ courseRuns { items { id } } }')).toBe('UNAUTHENTICATED');
    expect(await person.do('{ viewer { userId } }')).toEqual({ viewer: null });
  });
});
