import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Agreements, Role } from '@app/access';
import { Documents, Drawing } from '@app/documents';
import { readSettings, type Refused } from '@app/platform';
import {
  byTwo,
  MemoryFiles,
  newPlace,
  qualifiedRun,
  testAgreements,
  TestClock,
  testDatabase,
  withAccount,
} from '@app/testing';
import { Emblems } from '@app/training';
import { CertificateIssueService } from '../certificate/certificate-issue.service.js';
import { CertificateQueryService } from '../certificate/certificate-query.service.js';
import { Certificate, CertificateStatus } from '../certificate/certificate.entity.js';
import { DuplicateReason } from '../duplicate/duplicate.entity.js';
import { DuplicateService } from '../duplicate/duplicate.service.js';
import { CertificateRevocation } from './revocation.entity.js';
import { RevocationService } from './revocation.service.js';

describe('a certificate', () => {
  const clock = new TestClock('2026-11-21');
  const db = testDatabase(clock);
  const purpose = 'نمرهٔ عملی از آن کس دیگری بود';
  let agreements: Agreements;
  let revocations: RevocationService;
  let documents: Documents;
  beforeAll(() => {
    agreements = testAgreements(db.database, clock);
    revocations = new RevocationService(clock, agreements);
    revocations.onModuleInit();
    documents = new Documents(db.database, new MemoryFiles(), db.keys, clock);
  });

  let provinces = 40;
  const issued = async () => {
    const given = await newPlace(db, { provinceCode: String(++provinces) });
    const { place, run } = await qualifiedRun(db, 2, given);
    const settings = readSettings({ PUBLIC_URL: 'https://maharat.example' });
    const issuing = new CertificateIssueService(db.database, clock, settings);
    const { id: batchId } = await issuing.order(place.officer, run.id);
    await issuing.issue({ batchId, runId: run.id });
    const [certificate, other] = (await db.database.read((tx) =>
      tx.repo(Certificate).find({ where: { runId: run.id }, order: { number: 'ASC' } }),
    )) as [Certificate, Certificate];
    return { place, run, certificate, other };
  };
  const stateOf = async (id: string) => (await db.database.read((tx) => tx.get(Certificate, { id }))).status;
  const refusal = (answer: Promise<unknown>): Promise<string> =>
    answer.then(
      () => 'done',
      ({ reason, code, message }: Refused & { code?: string }) => reason ?? code ?? message,
    );

  it('is revoked when two agree, says so with its day for ever, and has no duplicate any more', async () => {
    const { place, certificate, other } = await issued();
    const { details, state } = await byTwo(db.database, agreements, place.officer, (asker) =>
      revocations.ask(asker, certificate.id, purpose),
    );
    expect(state).toBe('DONE');
    expect(details).toContainEqual({ name: 'SERIAL', value: `${provinces}-1405-000001` });
    expect(details.find(({ name }) => name === 'HOLDER')?.value).toMatch(/…|\*|•/);
    expect([await stateOf(certificate.id), await stateOf(other.id)]).toEqual(['REVOKED', 'VALID']);
    expect(await db.events('CertificateRevoked')).toContainEqual({ certificateId: certificate.id });

    const told = await new CertificateQueryService(db.database).candidates(place.officer, certificate.runId);
    const days = told.map(({ certificate: shown }) => [shown?.status, shown?.revokedOn]);
    expect(days.sort()).toEqual([
      ['REVOKED', '2026-11-21'],
      ['VALID', null],
    ]);
    const duplicates = new DuplicateService(db.database, documents, new Drawing(0), clock, new Emblems(documents));
    const order = { certificateId: certificate.id, reason: DuplicateReason.LOST };
    expect(await refusal(duplicates.issue(place.officer, order))).toMatch(/VALID|REVOKED/);
  });

  it('stays valid while one alone has asked, and is not revoked twice', async () => {
    const { place, certificate } = await issued();
    await withAccount(db.database, place.officer);
    const [first, second] = [
      await revocations.ask(place.officer, certificate.id, purpose),
      await revocations.ask(place.officer, certificate.id, purpose),
    ];
    expect(await stateOf(certificate.id)).toBe(CertificateStatus.VALID);
    expect(await db.count(CertificateRevocation, { id: certificate.id })).toBe(0);
    expect(await agreements.agree(place.provincial, first.id)).toMatchObject({ state: 'DONE' });
    const late = await agreements.agree(place.provincial, second.id);
    expect(late).toMatchObject({ state: 'FAILED', outcome: 'NOT_VALID' });
    expect(await refusal(revocations.ask(place.officer, certificate.id, purpose))).toBe('NOT_VALID');
    expect(await db.count(CertificateRevocation, { id: certificate.id })).toBe(1);
  });

  it('of another county is nobody’s to revoke there, and never an institute’s', async () => {
    const [{ certificate, place }, { place: elsewhere }] = [await issued(), await issued()];
    expect(await refusal(revocations.ask(elsewhere.officer, certificate.id, purpose))).toBe('NOT_FOUND');
    const asManager = place.manager as Extract<typeof place.manager, { role: Role.INSTITUTE_MANAGER }>;
    expect(await refusal(revocations.ask(asManager, certificate.id, purpose))).toBe('FORBIDDEN');
  });
});
