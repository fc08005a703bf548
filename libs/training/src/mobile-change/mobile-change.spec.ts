import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Actor, Role, RoleGrant, SignInSession, UserAccount } from '@app/access';
import { maskMobile } from '@app/persian';
import { Messages, mobileIndexes, OutgoingMessage } from '@app/messaging';
import { Later, newId, readSettings, type Refused, SYSTEM } from '@app/platform';
import { newEnrolments, newPlace, newRun, TestClock, testDatabase, type TestPlace } from '@app/testing';
import { TrainingGraduates } from '../graduate/graduates.service.js';
import { GraduateService } from '../graduate/graduate.service.js';
import { indexMobiles } from '../trainee/mobile-index.service.js';
import { Trainee } from '../trainee/trainee.entity.js';
import { IdentityCheck, MobileChange, MobileChangeState } from './mobile-change.entity.js';
import { MobileChangeJobs } from './mobile-change.jobs.js';
import { MobileChangeRefusal as Refusal } from './mobile-change.rules.js';
import { MobileChangeService } from './mobile-change.service.js';

const DAY = 24 * 3_600_000;

describe('a new mobile number', () => {
  const clock = new TestClock();
  const db = testDatabase(clock);
  const settings = readSettings({ DATA_DIR: '/nowhere' });
  let changes: MobileChangeService;
  let jobs: MobileChangeJobs;
  let place: TestPlace;
  let traineeId: string;
  let enrolmentId: string;
  let next = 0;
  const old = '09120000000';
  let fresh: string;

  beforeEach(async () => {
    clock.set('2026-11-21');
    fresh = `0935${String(++next).padStart(7, '0')}`;
    changes = new MobileChangeService(db.database, clock, db.keys, settings, new Messages(clock, db.keys, settings));
    jobs = new MobileChangeJobs(changes);
    place = await newPlace(db);
    const [enrolment] = await newEnrolments(db, await newRun(db, place), 1);
    ({ id: enrolmentId, traineeId } = enrolment!);
  });
  const vouch = (mobile = fresh, actor: Actor = place.officer) =>
    changes.vouch(actor, {
      ...{ enrolmentId, mobile, identityCheck: IdentityCheck.NATIONAL_CARD, vouching: 'گوشی گم شده است' },
    });
  const take = (changeId: string) => jobs.takeNewNumber({ changeId } as never);
  const refusal = (answer: Promise<unknown>) =>
    answer.then(
      () => 'done',
      ({ reason, message }: Refused) => reason ?? message,
    );
  const trainee = () => db.database.read((tx) => tx.get(Trainee, { id: traineeId }));
  const graduate = () => ({ role: Role.GRADUATE, userId: newId(), traineeId }) as Actor;
  const whoHas = async (mobile: string) =>
    (await db.database.read((tx) => new TrainingGraduates().at(tx, mobileIndexes(db.keys, mobile)))).map(
      (person) => person.traineeId,
    );
  const signedIn = () =>
    db.database.write(SYSTEM, async (tx) => {
      const userName = `graduate/${traineeId}`;
      const account = {
        userName,
        displayName: 'x',
        passwordHash: 'x',
        disabled: false,
        createdAt: clock.now(),
        graceFrom: null,
      };
      const { id: userId } = await tx.insert(UserAccount, account);
      const none = { provinceCode: null, officeId: null, instituteId: null, trainerId: null, branchId: null };
      const { id: grantId } = await tx.insert(RoleGrant, { userId, role: Role.GRADUATE, traineeId, ...none });
      const times = { createdAt: clock.now(), lastSeenAt: clock.now(), expiresAt: clock.now() };
      const blank = { name: null, scopes: null, retiredAt: null, familyId: null, replacesId: null };
      await tx.insert(SignInSession, {
        userId,
        grantId,
        tokenHash: newId(),
        kind: 'BROWSER' as never,
        ...times,
        ...blank,
      });
      return userId;
    });

  it('waits three days, in which the old one signs in, and then takes its place and ends the sessions', async () => {
    const userId = await signedIn();
    const { id, takesEffectAt, maskedMobile } = await vouch();
    expect(takesEffectAt).toEqual(new Date(clock.now().getTime() + 3 * DAY));
    expect(maskedMobile).toBe(maskMobile(fresh));
    expect([await whoHas(fresh), (await whoHas(old)).includes(traineeId)]).toEqual([[], true]);
    clock.forward(3 * DAY - 1);
    await expect(take(id)).rejects.toBeInstanceOf(Later);
    expect((await trainee()).mobile).toBe(old);
    clock.forward(1);
    await take(id);
    await take(id);
    expect([await whoHas(fresh), (await whoHas(old)).includes(traineeId)]).toEqual([[traineeId], false]);
    expect(await db.count(SignInSession, { userId })).toBe(0);
    expect((await db.events('MobileChanged')).filter((event) => event.changeId === id)).toEqual([
      { changeId: id, traineeId, sessionsEnded: 1 },
    ]);
  });

  it('is told to both numbers, is on record without a number, and its vouching is sealed', async () => {
    const before = await db.count(OutgoingMessage);
    const { id } = await vouch();
    const told = await db.database.read((tx) => tx.repo(OutgoingMessage).find({ order: { id: 'DESC' }, take: 2 }));
    expect(told.map(({ kind, recipient }) => [kind, recipient]).sort()).toEqual([
      ['MOBILE_LEFT', old],
      ['MOBILE_TAKEN', fresh],
    ]);
    expect(await db.count(OutgoingMessage)).toBe(before + 2);
    expect((await db.events('MobileChangeVouched')).at(-1)).toEqual({
      ...{ changeId: id, traineeId, identityCheck: 'NATIONAL_CARD' },
    });
    const [row] = await db.dataSource.query('SELECT * FROM mobile_change WHERE id = ?', [id]);
    for (const plain of [old, fresh, 'گوشی']) expect(JSON.stringify(row)).not.toContain(plain);
    expect(row.vouchedById).toBe(place.officer.userId);
  });

  it('comes to nothing when whoever has the old one says no', async () => {
    const { id } = await vouch();
    const me = await new GraduateService(db.database).me(graduate());
    expect(me.mobileChange).toMatchObject({ id, state: 'WAITING' });
    expect(await refusal(changes.object({ ...graduate(), traineeId: newId() } as Actor))).toBe(Refusal.NOTHING_WAITS);
    expect((await changes.object(graduate())).state).toBe(MobileChangeState.OBJECTED);
    expect(await refusal(changes.object(graduate()))).toBe(Refusal.NOTHING_WAITS);
    clock.forward(4 * DAY);
    await take(id);
    expect((await trainee()).mobile).toBe(old);
    expect((await new GraduateService(db.database).me(graduate())).mobileChange).toBeNull();
  });

  it('is vouched for one at a time, and not by an office of another county', async () => {
    const other = await newPlace(db);
    expect(await refusal(vouch(fresh, other.officer))).toBe('Not found');
    await expect(vouch(fresh, place.manager)).rejects.toThrow('Not allowed');
    expect(await refusal(vouch(old))).toBe(Refusal.SAME_NUMBER);
    expect(() => vouch('021')).toThrow('mobile number');
    const answers = await Promise.all(Array.from({ length: 8 }, () => refusal(vouch())));
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(1);
    expect(answers.filter((answer) => answer === Refusal.ALREADY_WAITING)).toHaveLength(7);
    expect(await db.count(MobileChange, { traineeId })).toBe(1);
  });

  it('of an older version is found after the next start', async () => {
    await db.database.write(SYSTEM, (tx) =>
      tx.execute('UPDATE trainee SET mobileIndex = NULL WHERE id = ?', [traineeId]),
    );
    expect((await whoHas(old)).includes(traineeId)).toBe(false);
    expect(await indexMobiles(db.database, db.keys)).toBe(1);
    expect((await whoHas(old)).includes(traineeId)).toBe(true);
    expect(await indexMobiles(db.database, db.keys)).toBe(0);
  });
});
