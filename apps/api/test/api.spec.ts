import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Role } from '@app/access';
import { Job, NightCame, SYSTEM } from '@app/platform';
import { Person, TestApi, testApi } from './test-api.js';

const VIEWER = '{ viewer { displayName } }';

/** A connection that has sent these lines and no more. */
async function sent(url: string, ...lines: string[]): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).on('error', () => {});
  await once(socket, 'connect');
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  return socket;
}

describe('the API over HTTP', () => {
  const api = testApi();

  it('says that it lives and is ready', async () => {
    expect(await (await api.nobody.get('/health/live')).json()).toEqual({ status: 'live' });
    expect(await (await api.nobody.get('/health/ready')).json()).toEqual({ status: 'ready' });
  });

  it('refuses a change without a key, and tells the mend in Persian and English', async () => {
    const { errors } = await api.nobody.ask('mutation { signOut }', {}, 'short');
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ field: 'Idempotency-Key' }] });
    expect(errors?.[0]?.extensions.fields?.[0]?.messageFa).toMatch(/سرایند/);
  });

  it('refuses two changes in one request', async () => {
    const { errors } = await api.nobody.ask('mutation { a: signOut b: signOut }');
    expect(errors?.[0]?.message).toContain('One mutation');
  });

  it.each([
    ['too deep', `{ ${'viewer { '.repeat(13)} displayName ${'}'.repeat(13)} }`],
    ['too many aliases', `{ ${Array.from({ length: 21 }, (_, i) => `a${i}: __typename`).join(' ')} }`],
    ['too many directives', `{ __typename ${'@include(if: true) '.repeat(6)} }`],
    ['not GraphQL', '{ viewer {'],
  ])('refuses what is %s as bad input', async (_, query) => {
    const { errors } = await api.nobody.ask(query);
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('reads no more words than any page of ours sends', async () => {
    const { errors } = await api.nobody.ask(`{ viewer { ${'userId '.repeat(2000)} } }`);
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.message).toContain('more that 2000 tokens');
  });

  it('3.5.3 14.2.1 is asked by POST only, so that no address holds what was asked', async () => {
    const answer = await fetch(`${api.url}/graphql?query={__typename}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('hangs up on a web socket that wants to go elsewhere', async () => {
    const socket = await sent(
      api.url,
      'GET /elsewhere HTTP/1.1',
      'Host: x',
      'Connection: Upgrade',
      'Upgrade: websocket',
    );
    await once(socket, 'close', { signal: AbortSignal.timeout(5_000) });
  });

  it('4.1.3 15.3.4 knows who calls through a proxy on this machine', async () => {
    expect((await api.nobody.get('/metrics')).status).toBe(200);
    const answer = await fetch(`${api.url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.7' } });
    expect(answer.status).toBe(403);
  });

  it('4.1.3 15.3.4 believes no such word of one who is no proxy of ours', async () => {
    const direct = new TestApi(0, { TRUSTED_PROXIES: 'none' });
    await direct.open();
    // Who calls is this machine, whatever they say.
    for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip']) {
      const answer = await fetch(`${direct.url}/metrics`, { headers: { [name]: '203.0.113.7' } });
      expect(answer.status).toBe(200);
    }
    await direct.close();
    const distant = await fetch(`${api.url}/metrics`, { headers: { 'x-forwarded-for': '127.0.0.1, 203.0.113.7' } });
    expect(distant.status).toBe(403);
  });

  it('takes no more jobs once it stops, although a client does not let go', async () => {
    const stopping = new TestApi(2);
    await stopping.open();
    const { database } = stopping.backend;
    const hung = await sent(
      stopping.url,
      'POST /graphql HTTP/1.1',
      'Host: x',
      'Content-Type: application/json',
      'Content-Length: 9',
    );
    await sleep(100);
    const closed = stopping.close();
    await sleep(300);
    await database.write(SYSTEM, async (tx) => tx.emit(NightCame, { day: '2026-11-21' }));
    const waiting = () => database.read((tx) => tx.repo(Job).count());
    const before = await waiting();
    expect(before).toBeGreaterThan(0);
    await sleep(2_500);
    expect(await waiting()).toBe(before);
    hung.destroy();
    await closed;
  }, 60_000);

  describe('when something goes wrong inside', () => {
    const INSIDE = 'connect ECONNREFUSED 10.1.2.3:3306 while SELECT nationalId FROM trainee';
    /** The database answers no read until it is restored: failing only the next one would hit whoever polls beside us. */
    const failing = () => {
      const read = jest.spyOn(api.backend.database, 'read').mockRejectedValue(new Error(INSIDE));
      const error = jest.spyOn(api.backend.log, 'error').mockImplementation(() => undefined);
      return {
        told: () => JSON.stringify(error.mock.calls),
        restore: () => [read, error].forEach((spy) => spy.mockRestore()),
      };
    };
    let person: Person;
    beforeAll(async () => {
      person = await api.signedIn('unlucky', { role: Role.NATIONAL_OFFICER });
    });

    it('16.5.1 16.5.3 tells an id and nothing else, the log knows it, and nobody is let in meanwhile', async () => {
      const inside = failing();
      const { data, errors } = await person.ask(VIEWER);
      const log = inside.told();
      inside.restore();
      expect(data ?? { viewer: null }).toEqual({ viewer: null });
      expect(errors).toHaveLength(1);
      const [{ extensions, message }] = errors as [NonNullable<typeof errors>[number]];
      expect(extensions).toEqual({ code: 'INTERNAL', errorId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
      expect(`${message} ${JSON.stringify(extensions)}`).not.toMatch(/ECONN|10\.1|SELECT|\bat .+:\d+/);
      expect(log).toContain(extensions.errorId);
      expect(await person.do(VIEWER)).toEqual({ viewer: { displayName: 'unlucky' } });
    });

    it('16.5.1 16.5.3 tells as little at an address that is no GraphQL', async () => {
      const inside = failing();
      const answer = await person.get('/documents/0193b5a0-0000-7000-8000-000000000002?until=1&signature=x');
      const log = inside.told();
      inside.restore();
      expect(answer.status).toBe(500);
      const told = (await answer.json()) as { errorId: string };
      expect(told).toEqual({ code: 'INTERNAL', message: expect.any(String), errorId: expect.any(String) });
      expect(JSON.stringify(told)).not.toMatch(/ECONN|10\.1|SELECT/);
      expect(log).toContain(told.errorId);
    });
  });

  it('14.3 gives every answer a request id, and no cache may keep a download or an answer', async () => {
    const answer = await api.nobody.get('/documents/none?until=1&signature=x');
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const officer = await api.signedIn('no-cache', { role: Role.NATIONAL_OFFICER });
    expect((await officer.send(VIEWER)).headers.get('cache-control')).toBe('no-store');
  });

  it('14.3 7.4 takes the cookie back at sign-out, and what it opened is shut for whoever kept a copy', async () => {
    const officer = await api.signedIn('leaving', { role: Role.NATIONAL_OFFICER });
    const answer = await officer.send('mutation { signOut }');
    expect(answer.headers.get('set-cookie')).toMatch(/^(__Host-)?session=;.*Max-Age=0/);
    expect(await officer.do(VIEWER)).toEqual({ viewer: null });
  });

  it('7.2 gives a new token at each sign-in, whatever the browser brought', async () => {
    const first = await api.signedIn('comes-twice', { role: Role.NATIONAL_OFFICER });
    const brought = new Person(api.url, `session=${'A'.repeat(43)}`);
    const cookies = [first, await api.signedInAgain('comes-twice')].map(({ cookie }) => cookie);
    const { cookie } = await brought.signIn('comes-twice', 'قالی‌بافی-۱۴۰۵');
    expect(new Set([...cookies, cookie, brought.cookie]).size).toBe(4);
    expect(await brought.do(VIEWER)).toEqual({ viewer: null });
  });

  it('13.4 gives away nothing of what it is made of', async () => {
    const paths = [
      '/.env',
      '/.git/config',
      '/package.json',
      '/schema.graphql',
      '/data/keys.json',
      '/keys.json',
      '/assets/',
    ];
    for (const path of [...paths, '/assets', '/main.js.map', '/node_modules/', '/server-status', '/debug/pprof']) {
      const answer = await api.nobody.get(path);
      const text = await answer.text();
      expect(text).not.toMatch(/"dependencies"|\[core\]|type Query|"index"|"mappings"|Index of|DATABASE_URL/);
      for (const name of ['server', 'x-powered-by']) expect(answer.headers.get(name)).toBeNull();
    }
  });

  it('lets its pages load nothing from other hosts', async () => {
    const policy = (await api.nobody.get('/health/live')).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/https?:|wss?:|\*/);
  });

  it('keeps a signed-in person signed in', async () => {
    const officer = await api.signedIn('officer', { role: Role.NATIONAL_OFFICER });
    expect(await officer.do(VIEWER)).toEqual({ viewer: { displayName: 'officer' } });
    expect(await api.nobody.do(VIEWER)).toEqual({ viewer: null });
  });

  it('5.1 takes a file from one who signed in, and from a page of ours only', async () => {
    const officer = await api.signedIn('uploader', { role: Role.NATIONAL_OFFICER });
    expect(await officer.upload('فهرست.csv', Buffer.from('a;b'))).toMatch(/^[0-9a-f-]{36}$/);
    await expect(api.nobody.upload('a.csv', Buffer.from('a'))).rejects.toThrow('UNAUTHENTICATED');
    await expect(officer.upload('big.csv', Buffer.alloc(21 * 1024 * 1024))).rejects.toThrow('20 MiB');
  });
});
