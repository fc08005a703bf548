import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Role } from '@app/access';
import { Job, NightCame, SYSTEM } from '@app/platform';
import { TestApi, testApi } from './test-api.js';

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

  it('16.5.1 hides what went wrong inside, behind an id', async () => {
    const { errors } = await api.nobody.ask(VIEWER);
    expect(errors).toBeUndefined();
  });

  it('14.3 gives every answer a request id, and no cache may keep a download', async () => {
    const answer = await api.nobody.get('/documents/none?until=1&signature=x');
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('cache-control')).toBe('no-store');
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
