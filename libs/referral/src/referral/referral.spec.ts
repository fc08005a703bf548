import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { type Actor, Role } from '@app/access';
import {
  asCall,
  BusinessEvent,
  Chainer,
  EventLink,
  Keys,
  MasterKey,
  newId,
  readSettings,
  silentLog,
  SYSTEM,
} from '@app/platform';
import { newBranch, newNationalId, newPlace, newRun, TestClock, testDatabase } from '@app/testing';
import {
  AttendanceMark,
  AttendanceStatus,
  CourseRun,
  CourseRunStatus,
  Enrolment,
  EnrolmentStatus,
  SeatToken,
  SeatTokens,
  SeatsFromOutside,
  SessionStatus,
  Trainee,
} from '@app/training';
import { CertifiedEnrolments } from '../certified-enrolments.js';
import { Sponsorship } from '../sponsorship/sponsorship.entity.js';
import { SponsorshipRefusal } from '../sponsorship/sponsorship.rules.js';
import { SponsorshipProgress } from '../sponsorship/sponsorship-progress.service.js';
import { SponsorshipService } from '../sponsorship/sponsorship.service.js';
import { trailAfter } from '../branch/branch.rules.js';
import { Vault } from '../vault.js';
import { Referral } from './referral.entity.js';
import { type BranchActor, referralsOf } from './referral.policy.js';
import { FamilyTie, ReferralRefusal, SeatStage, stageOf } from './referral.rules.js';
import { referralRetention } from './referral-retention.service.js';
import { ReferralService } from './referral.service.js';

const CANARY = 'همسرش در بند است';

describe('the rules of referral', () => {
  const here = { stays: true, examined: false };
  it.each([
    ['taken back', true, null, false, SeatStage.TAKEN_BACK],
    ['given', false, null, false, SeatStage.REFERRED],
    ['enrolled', false, here, false, SeatStage.ENROLLED],
    ['left', false, { ...here, stays: false }, false, SeatStage.LEFT],
    ['examined', false, { ...here, examined: true }, false, SeatStage.EXAMINED],
    ['certified', false, { ...here, examined: true }, true, SeatStage.CERTIFIED],
  ])('a seat is %s', (_, takenBack, progress, certified, stage) => {
    expect(stageOf(takenBack, progress, certified)).toBe(stage);
  });

  it('every branch has a trail of its own, and none is a province', () => {
    const trails = Array.from({ length: 936 }, (_, n) => trailAfter(n));
    expect(new Set(trails).size).toBe(936);
    for (const trail of trails) expect(trail).toMatch(/^[A-Z][0-9A-Z]$/);
    expect(trailAfter(936)).toBeNull();
  });
});

describe('what a branch knows', () => {
  const clock = new TestClock('2026-11-21');
  const db = testDatabase(clock);
  const folder = mkdtempSync(join(tmpdir(), 'maharat-referral-'));
  const vault = new Vault(readSettings({ DATA_DIR: folder }));
  const certified = new Set<string>();
  const certificates: CertifiedEnrolments = { among: async () => certified };
  /** As training finds a person. */
  const indexOf = (nationalId: string) => db.keys.blindIndex('nationalId', nationalId);
  const tokens = () => new SeatTokens(db.database, db.keys);
  const progress = () =>
    new SponsorshipProgress(
      new SeatsFromOutside({ indexesOf: (id: string) => [indexOf(id)] } as never, clock),
      certificates,
    );
  const referrals = (keys = vault) => new ReferralService(db.database, clock, keys, progress());
  const seats = () => new SponsorshipService(db.database, clock, vault, tokens());
  const person = (nationalId = newNationalId()) => ({
    ...{ nationalId, givenName: 'زهرا', familyName: 'رضایی', familyFile: 'پ-۱۲' },
    ...{ familyTie: FamilyTie.SPOUSE, eligibilityReason: CANARY },
  });
  const page = { first: 100 };
  const enrol = (runId: string, nationalId: string) =>
    db.database.write(SYSTEM, async (tx) => {
      const known = { nationalId, nationalIdIndex: indexOf(nationalId), givenName: 'زهرا', familyName: 'رضایی' };
      const unknown = { fatherName: null, birthDay: null, mobile: null, mobileIndex: null };
      const { id: traineeId } = await tx.insert(Trainee, { ...known, ...unknown, createdAt: clock.now() });
      const row = { runId, traineeId, status: EnrolmentStatus.ENROLLED };
      return tx.insert(Enrolment, { ...row, enrolledAt: clock.now(), settled: false });
    });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('opens with the keys of the association, and with no others', async () => {
    const { caseWorker } = await newBranch(db);
    const { id } = await referrals().refer(caseWorker, person());
    expect(await referrals().get(caseWorker, id)).toMatchObject({
      ...{ givenName: 'زهرا', familyName: 'رضایی', referredOn: '2026-11-21', seats: [] },
      ...{ familyFile: 'پ-۱۲', familyTie: 'SPOUSE', eligibilityReason: CANARY },
    });
    const { sealed, personIndex } = await db.database.read((tx) => tx.get(Referral, { id }));
    expect(() => db.keys.open(sealed, `referral.${id}`)).toThrow();
    const own = Keys.load(join(folder, 'referral-keys.json'), false, MasterKey.of(readSettings({ DATA_DIR: folder })));
    expect(own.open(sealed, `referral.${id}`).toString()).toContain(CANARY);
    expect(() => own.open(sealed, `referral.${newId()}`)).toThrow();
    expect(personIndex).not.toBe(indexOf((await readKnown(own, id)).nationalId));
  });
  const readKnown = async (own: Keys, id: string) => {
    const { sealed } = await db.database.read((tx) => tx.get(Referral, { id }));
    return JSON.parse(own.open(sealed, `referral.${id}`).toString()) as { nationalId: string };
  };

  it('is as long under seal whatever the reason is, and the key of the call keeps nothing of it', async () => {
    const { caseWorker } = await newBranch(db);
    const short = await referrals().refer(caseWorker, person());
    const long = await asCall(newId(), 'referPerson', person(), () =>
      referrals().refer(caseWorker, { ...person(), eligibilityReason: 'ب'.repeat(500) }),
    );
    const rows = await db.database.read((tx) => tx.repo(Referral).findBy({ branchId: caseWorker.branchId }));
    expect(rows.map(({ id }) => id).sort()).toEqual([short.id, long.id].sort());
    expect(new Set(rows.map(({ sealed }) => sealed.length)).size).toBe(1);
    expect(Object.keys(long)).toEqual(['id']);
  });

  it('is open to the people of the own branch, and to nobody else', async () => {
    const [own, other] = [await newBranch(db), await newBranch(db)];
    const place = await newPlace(db);
    const nationalId = newNationalId();
    const { id } = await referrals().refer(own.caseWorker, person(nationalId));
    expect((await referrals().list(own.leader, page)).items.map((one) => one.id)).toEqual([id]);
    expect((await referrals().list(other.caseWorker, page)).items).toEqual([]);
    await expect(referrals().get(other.caseWorker, id)).rejects.toThrow('Not found');
    await expect(referrals().get(other.caseWorker, newId())).rejects.toThrow('Not found');
    // Nor does a branch learn from a refusal that another knows the same person.
    await referrals().refer(other.caseWorker, person(nationalId));
    await expect(referrals().refer(own.leader, person(nationalId))).rejects.toThrow(ReferralRefusal.ALREADY_REFERRED);
    for (const actor of [
      ...[place.national, place.provincial, place.officer, place.assessor, place.manager, place.teacher],
      ...[{ role: Role.ADMINISTRATOR }, { role: Role.GRADUATE, traineeId: newId() }],
    ] as Actor[])
      expect(() => referralsOf(actor)).toThrow('Not allowed');
  });

  it('refuses a wrong ID and a name with digits, naming both', async () => {
    const { caseWorker } = await newBranch(db);
    const wrong = { ...person('0000000001'), givenName: 'ز۱' };
    await expect(referrals().refer(caseWorker, wrong)).rejects.toMatchObject({
      fields: [{ field: 'input.nationalId' }, { field: 'input.givenName' }],
    });
  });

  it('has every look at it on record, by ids, in a trail that is not the province’s', async () => {
    const { branch, caseWorker } = await newBranch(db);
    const { id } = await referrals().refer(caseWorker, person());
    await referrals().list(caseWorker, page);
    await referrals().get(caseWorker, id);
    const events = await db.database.read((tx) => tx.repo(BusinessEvent).findBy({ by: caseWorker.userId }));
    expect(events.map(({ name, provinceCode }) => [name, provinceCode])).toEqual([
      ['PersonReferred', branch.trail],
      ['ReferralsRead', branch.trail],
      ['ReferralOpened', branch.trail],
    ]);
    expect(events.map(({ payload }) => payload)).toEqual([
      { referralId: id },
      { referralIds: [id] },
      { referralId: id },
    ]);
    await new Chainer(db.database, silentLog).link();
    expect(await db.count(EventLink, { chain: branch.trail })).toBe(3);
  });

  it('follows a person from the token to the certificate, and training notices nothing', async () => {
    const { caseWorker } = await newBranch(db);
    const run = await newRun(db, await newPlace(db));
    const nationalId = newNationalId();
    const { id } = await referrals().refer(caseWorker, person(nationalId));
    const stage = async () => (await referrals().get(caseWorker, id)).seats[0];
    const { code } = await seats().give(caseWorker, { referralId: id, runId: run.id });
    expect(await stage()).toMatchObject({ stage: 'REFERRED', settled: false, runNumber: run.number });

    const { id: enrolmentId } = await enrol(run.id, nationalId);
    expect(await stage()).toMatchObject({ stage: 'ENROLLED', settled: false, presentOfHeld: null });
    await tokens().settle(await managerOf(run), { enrolmentId, code });
    await db.database.write(SYSTEM, async (tx) => {
      const sessionId = run.sessions[0]?.id ?? '';
      await tx.execute('UPDATE session SET status = ? WHERE id = ?', [SessionStatus.HELD, sessionId]);
      const mark = { runId: run.id, enrolmentId, sessionId, term: 1405, status: AttendanceStatus.LATE };
      await tx.insert(AttendanceMark, { ...mark, presentMinutes: 180, markedAt: clock.now(), markedBy: newId() });
    });
    expect(await stage()).toMatchObject({ stage: 'ENROLLED', settled: true, presentOfHeld: 7500 });
    certified.add(enrolmentId);
    const before = await db.count(BusinessEvent);
    expect(await stage()).toMatchObject({ stage: 'CERTIFIED' });
    // The look itself, and nothing else.
    expect(await db.count(BusinessEvent)).toBe(before + 1);
  });
  const managerOf = async (run: CourseRun): Promise<Actor> => ({
    ...{ role: Role.INSTITUTE_MANAGER, userId: newId(), provinceCode: run.provinceCode },
    ...{ officeId: run.officeId, instituteId: run.instituteId },
  });

  it('gives one token of a run at a time, takes it back before it is used, and not after', async () => {
    const { caseWorker } = await newBranch(db);
    const other = await newBranch(db);
    const run = await newRun(db, await newPlace(db));
    const nationalId = newNationalId();
    const { id: referralId } = await referrals().refer(caseWorker, person(nationalId));
    const give = (actor: BranchActor = caseWorker) => seats().give(actor, { referralId, runId: run.id });
    const { id } = await give();
    await expect(give()).rejects.toThrow(SponsorshipRefusal.ALREADY_GIVEN);
    await expect(give(other.caseWorker)).rejects.toThrow('Not found');
    await expect(seats().takeBack(other.caseWorker, id)).rejects.toThrow('Not found');
    await seats().takeBack(caseWorker, id);
    expect(await db.count(SeatToken, { runId: run.id })).toBe(0);
    const again = await give();
    const enrolment = await enrol(run.id, nationalId);
    await tokens().settle(await managerOf(run), { enrolmentId: enrolment.id, code: again.code });
    await expect(seats().takeBack(caseWorker, again.id)).rejects.toThrow(SponsorshipRefusal.TOKEN_USED);
    const told = (await referrals().get(caseWorker, referralId)).seats.map(({ stage }) => stage);
    expect(told).toEqual(['ENROLLED', 'TAKEN_BACK']);
  });

  it('gives no token of a run of another province, or of one that is over', async () => {
    const { caseWorker } = await newBranch(db, '26');
    const own = await newRun(db, await newPlace(db, { provinceCode: '26' }), { status: CourseRunStatus.FINISHED });
    const foreign = await newRun(db, await newPlace(db));
    const { id: referralId } = await referrals().refer(caseWorker, person());
    await expect(seats().give(caseWorker, { referralId, runId: foreign.id })).rejects.toThrow('Not found');
    await expect(seats().give(caseWorker, { referralId, runId: own.id })).rejects.toThrow('RUN_OVER');
    expect(await db.count(Sponsorship, { referralId })).toBe(0);
  });

  it('goes whole when its term is over, before anything else does; the trail keeps the id', async () => {
    const { branch, caseWorker } = await newBranch(db);
    const run = await newRun(db, await newPlace(db));
    const { id } = await referrals().refer(caseWorker, person());
    await seats().give(caseWorker, { referralId: id, runId: run.id });
    await db.database.write(SYSTEM, (tx) => tx.update(Referral, { id }, { touchedOn: '2024-01-01' }));
    expect(await db.database.read((tx) => referralRetention.due(tx, '2025-01-01'))).toBe(1);
    expect(await referralRetention.erase(db.database, undefined as never, '2025-01-01')).toBe(1);
    expect(await db.count(Referral, { id })).toBe(0);
    expect(await db.count(Sponsorship, { referralId: id })).toBe(0);
    const erased = await db.database.read((tx) => tx.repo(BusinessEvent).findBy({ name: 'ReferralErased' }));
    expect(erased.map(({ payload, provinceCode }) => [payload, provinceCode])).toEqual([
      [{ referralId: id }, branch.trail],
    ]);
    expect(await db.database.read((tx) => referralRetention.due(tx, '2025-01-01'))).toBe(0);
  });

  it('is not served on a machine without the keys, and no new ones are made beside what they do not open', async () => {
    const { caseWorker } = await newBranch(db);
    await referrals().refer(caseWorker, person());
    const elsewhere = new Vault(readSettings({ DATA_DIR: join(folder, 'elsewhere') }));
    await expect(referrals(elsewhere).list(caseWorker, page)).rejects.toThrow('missing');
  });

  it('stands in plain text nowhere: not in the database, not beside it', async () => {
    const { caseWorker } = await newBranch(db);
    const nationalId = newNationalId();
    await referrals().refer(caseWorker, person(nationalId));
    for (const { tableName } of db.dataSource.entityMetadatas) {
      const rows = JSON.stringify(await db.dataSource.query(`SELECT * FROM ${tableName}`));
      for (const secret of [CANARY, nationalId, 'SPOUSE']) expect(rows).not.toContain(secret);
    }
    expect(readFileSync(join(folder, 'referral-keys.json'), 'utf8')).not.toContain(CANARY);
  });
});
