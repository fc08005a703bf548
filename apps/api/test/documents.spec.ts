import { beforeAll, describe, expect, it } from '@jest/globals';
import { Role } from '@app/access';
import { Documents } from '@app/documents';
import { BusinessEvent, NotFound, SYSTEM } from '@app/platform';
import { type Person, testApi } from './test-api.js';

const OPEN = 'mutation ($id: ID!) { openDocument(id: $id) { url expiresAt } }';
const KIND = 'SPEC_PAPER';

describe('a stored paper', () => {
  const api = testApi({ jobs: 0 });
  let officer: Person;
  let other: Person;
  let id: string;

  const linkOf = async (person: Person) =>
    (await person.do<{ openDocument: { url: string } }>(OPEN, { id })).openDocument.url;
  const statusOf = async (person: Person, url: string) => (await person.get(url)).status;

  beforeAll(async () => {
    officer = await api.signedIn('paper-officer', { role: Role.NATIONAL_OFFICER });
    other = await api.signedIn('paper-trainer', {
      role: Role.TRAINER,
      provinceCode: '15',
      trainerId: '0193b5a0-0000-7000-8000-000000000001',
    });
    const documents = api.app.get(Documents);
    documents.allow(KIND, async (_tx, actor) => {
      if (actor.role !== Role.NATIONAL_OFFICER) throw new NotFound();
    });
    const asked = await api.backend.database.write(SYSTEM, (tx) =>
      documents.request(tx, {
        ...{ kind: KIND, subjectId: '0193b5a0-0000-7000-8000-000000000002', requestedBy: SYSTEM.userId },
        ...{ fileName: 'برگ-۱۲.pdf', mimeType: 'application/pdf' },
      }),
    );
    id = asked.id;
    await documents.draw([asked], () => Promise.resolve(Buffer.from('%PDF-1.7 paper')));
  });

  it('5.4 is handed out whole, under its Persian name, to be kept by no cache', async () => {
    const answer = await officer.get(await linkOf(officer));
    expect(await answer.text()).toBe('%PDF-1.7 paper');
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent('برگ-۱۲.pdf')}`,
    );
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    const handedOut = await api.backend.database.read((tx) =>
      tx.repo(BusinessEvent).findBy({ name: 'DocumentDownloaded' }),
    );
    expect(handedOut.map(({ payload }) => payload)).toEqual([{ documentId: id }]);
  });

  it('opens by its link in the session that asked for it, and in no other', async () => {
    const url = await linkOf(officer);
    expect(await statusOf(officer, url)).toBe(200);
    expect(await statusOf(other, url)).toBe(404);
    expect(await statusOf(api.nobody, url)).toBe(401);
    // The same person at another browser is another session.
    expect(await statusOf(await api.signedInAgain('paper-officer'), url)).toBe(404);
  });

  it('9.1 does not open by a link that was changed or has expired', async () => {
    const url = await linkOf(officer);
    expect(
      await statusOf(
        officer,
        url.replace(/until=(\d+)/, (_, until: string) => `until=${Number(until) + 1}`),
      ),
    ).toBe(404);
    expect(await statusOf(officer, url.replace(/signature=./, 'signature=-'))).toBe(404);
    const [session] = await api.backend.database.read((tx) =>
      tx.query<{ id: string }>(
        'SELECT s.id FROM sign_in_session s JOIN user_account u ON u.id = s.userId WHERE u.userName = ? ORDER BY s.id LIMIT 1',
        ['paper-officer'],
      ),
    );
    const until = Date.now() - 1;
    const signature = api.backend.keys.sign(`download ${id} ${session?.id} ${until}`);
    expect(await statusOf(officer, `/documents/${id}?until=${until}&signature=${signature}`)).toBe(404);
    const later = Date.now() + 1000;
    const good = api.backend.keys.sign(`download ${id} ${session?.id} ${later}`);
    expect(await statusOf(officer, `/documents/${id}?until=${later}&signature=${good}`)).toBe(200);
  });

  it('is not found by one who may not see its subject', async () => {
    const { errors } = await other.ask(OPEN, { id });
    expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('is shown inside a page of ours when it is a paper, and in no other', async () => {
    const { headers } = await officer.get(`${await linkOf(officer)}&shown`);
    expect(headers.get('content-disposition')).toMatch(/^inline; /);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
    const kept = await officer.get(await linkOf(officer));
    expect(kept.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });
});
