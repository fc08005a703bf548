import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { armFailpoint, newId, readSettings, Refused } from '@app/platform';
import { newBranch, newNationalId, newPlace, newRun, TestClock, testDatabase } from '@app/testing';
import { SeatsFromOutside, SeatTokens } from '@app/training';
import { Referral } from './referral/referral.entity.js';
import { FamilyTie } from './referral/referral.rules.js';
import { ReferralService } from './referral/referral.service.js';
import { Sponsorship } from './sponsorship/sponsorship.entity.js';
import { SponsorshipProgress } from './sponsorship/sponsorship-progress.service.js';
import { SponsorshipService } from './sponsorship/sponsorship.service.js';
import { Vault } from './vault.js';
import { VaultRotation } from './vault-rotation.service.js';

jest.setTimeout(60_000);

const PEOPLE = 230;

describe('the keys of the vault', () => {
  const clock = new TestClock('2026-11-21');
  const db = testDatabase(clock);
  const folder = mkdtempSync(join(tmpdir(), 'maharat-vault-'));
  const settings = readSettings({ DATA_DIR: folder });
  /** Two processes on one key file. */
  const [here, there] = [new Vault(settings), new Vault(settings)];
  const progress = () => {
    const seats = new SeatsFromOutside({ indexesOf: () => [newId()] } as never, clock);
    return new SponsorshipProgress(seats, { among: async () => new Set<string>() });
  };
  const referrals = (vault: Vault) => new ReferralService(db.database, clock, vault, progress());
  const rotation = (vault: Vault) => new VaultRotation(db.database, vault);
  const currentId = () => db.database.read((tx) => rotation(here).currentId(tx));
  const person = (nationalId: string) => ({
    ...{ nationalId, givenName: 'زهرا', familyName: 'رضایی', familyFile: 'پ-۱۲' },
    ...{ familyTie: FamilyTie.SPOUSE, eligibilityReason: 'دلیل' },
  });
  const sealedBy = async (keyId: string) =>
    db.database.read(async (tx) => {
      const rows = [...(await tx.repo(Referral).find()), ...(await tx.repo(Sponsorship).find())];
      return rows.filter(({ sealed }) => sealed.startsWith(`${keyId}:`)).length;
    });
  const refer = (vault: Vault, actor: Parameters<ReferralService['refer']>[0], nationalId: string) =>
    referrals(vault)
      .refer(actor, person(nationalId))
      .then(
        () => 'referred',
        ({ reason }: Refused) => reason,
      );
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('turn while branches work: nobody is referred twice or lost, wherever the work is cut off', async () => {
    const { caseWorker } = await newBranch(db);
    const known = Array.from({ length: PEOPLE }, newNationalId);
    for (const nationalId of known) expect(await refer(here, caseWorker, nationalId)).toBe('referred');
    const [first] = await db.database.read((tx) => tx.repo(Referral).find({ order: { id: 'ASC' }, take: 1 }));
    const run = await newRun(db, await newPlace(db));
    const branch = { ...caseWorker, provinceCode: run.provinceCode };
    const seats = new SponsorshipService(db.database, clock, there, new SeatTokens(db.database, db.keys));
    const seat = await seats.give(branch, { referralId: first?.id ?? '', runId: run.id });
    await refer(there, caseWorker, newNationalId());

    armFailpoint('vault.after-block:error:2');
    await expect(rotation(here).turn('k1')).rejects.toThrow('on purpose');
    expect(await currentId()).toBe('k2');
    const done = await sealedBy('k2');
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(PEOPLE);
    // The other process has not looked at the key file since; some rows stand under one key and some under the other.
    for (const nationalId of known) expect(await refer(there, caseWorker, nationalId)).toBe('ALREADY_REFERRED');

    const strangers = Array.from({ length: 30 }, newNationalId);
    const answers: string[] = [];
    const referAll = async (vault: Vault) => {
      for (const nationalId of strangers) answers.push(await refer(vault, caseWorker, nationalId));
    };
    await Promise.all([rotation(there).turn('k1'), referAll(here), referAll(there)]);
    expect(answers.sort()).toEqual([...strangers.map(() => 'ALREADY_REFERRED'), ...strangers.map(() => 'referred')]);
    expect(await currentId()).toBe('k2');
    const rows = PEOPLE + 1 + strangers.length;
    expect(await db.count(Referral)).toBe(rows);
    expect(await sealedBy('k2')).toBe(rows + 1);
    expect(await referrals(there).get(branch, first?.id ?? '')).toMatchObject({ seats: [{ id: seat.id }] });
    expect(await seats.takeBack(branch, seat.id)).toEqual({ id: seat.id });

    // Turned again, and by whoever: what is done is not done twice.
    const sealed = () =>
      db.database.read(async (tx) => (await tx.repo(Referral).find()).map((row) => row.sealed).sort());
    const before = await sealed();
    await rotation(here).turn('k1');
    expect(await sealed()).toEqual(before);
    expect(JSON.parse(readFileSync(settings.referralKeyFile, 'utf8'))).toMatchObject({
      ...{ version: 2, current: 'k2', currentIndex: 'i2' },
    });
  });
});
