import { describe, expect, it } from '@jest/globals';
import { Role } from '@app/access';
import { testApi } from './test-api.js';

const VIEWER = '{ viewer { displayName } }';

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

  it('hides what went wrong inside, behind an id', async () => {
    const { errors } = await api.nobody.ask(VIEWER);
    expect(errors).toBeUndefined();
  });

  it('gives every answer a request id, and no cache may keep a download', async () => {
    const answer = await api.nobody.get('/documents/none?until=1&signature=x');
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('keeps a signed-in person signed in', async () => {
    const officer = await api.signedIn('officer', { role: Role.NATIONAL_OFFICER });
    expect(await officer.do(VIEWER)).toEqual({ viewer: { displayName: 'officer' } });
    expect(await api.nobody.do(VIEWER)).toEqual({ viewer: null });
  });

  it('takes a file from one who signed in, and from a page of ours only', async () => {
    const officer = await api.signedIn('uploader', { role: Role.NATIONAL_OFFICER });
    expect(await officer.upload('فهرست.csv', Buffer.from('a;b'))).toMatch(/^[0-9a-f-]{36}$/);
    await expect(api.nobody.upload('a.csv', Buffer.from('a'))).rejects.toThrow('UNAUTHENTICATED');
    await expect(officer.upload('big.csv', Buffer.alloc(21 * 1024 * 1024))).rejects.toThrow('20 MiB');
  });
});
