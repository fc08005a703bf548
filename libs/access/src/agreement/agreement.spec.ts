import { beforeEach, describe, expect, it } from '@jest/globals';
import { BusinessEvent, newId, readSettings, type Refused, Refused as Refusal, type Tx } from '@app/platform';
import { TestClock, testDatabase, withAccount } from '@app/testing';
import { RoleGrant, UserAccount } from '../account/user-account.entity.js';
import { type Actor, Role } from '../actor.rules.js';
import { SessionLimitsOfRole } from '../session/sign-in-session.entity.js';
import { SessionLimitsSet } from '../session/session.events.js';
import { AgreementRequest, Deputy } from './agreement.entity.js';
import {
  AgreementDetailName,
  AgreementKind,
  deskAbove,
  mayAgree,
  refuseDeputy,
  sameOffice,
} from './agreement.rules.js';
import { Agreements } from './agreements.service.js';
import { Deputies } from './deputies.service.js';

const clock = new TestClock();
const db = testDatabase(clock);
const kind = AgreementKind.CERTIFICATE_TEMPLATE;
const all = { first: 20 };

/** A province of its own for each spec. */
let n = 10;
let agreements: Agreements;
let deputies: Deputies;
/** What the world says by the time the deed is done. */
let world: 'open' | 'shut';
let workDays: number;
let county: Actor;
let colleague: Actor;
let provincial: Actor;
let national: Actor;
let assessor: Actor;

const person = <A extends Actor>(actor: A) => withAccount(db.database, actor);
const refusal = (answer: Promise<unknown>): Promise<string> =>
  answer.then(
    () => 'done',
    ({ reason, code, message }: Refused & { code?: string }) => reason ?? code ?? message,
  );
const rows = () => db.count(SessionLimitsOfRole, { id: `spec-${n}` });
const ask = (asker = county) => agreements.ask(asker, kind, { limit: n }, 'سفارش حراست');
const waitingFor = async (actor: Actor) => (await agreements.toAgree(actor, all)).items.map(({ id }) => id);
const eventsOf = async (name: string, requestId: string) =>
  (await db.events(name)).filter((ids) => ids.requestId === requestId);

async function perform(tx: Tx, _: Actor, { limit }: { limit: number }) {
  const row = { id: `spec-${limit}`, idleMinutes: limit, absoluteMinutes: limit };
  await tx.upsert(SessionLimitsOfRole, [row as SessionLimitsOfRole], ['id']);
  tx.emit(SessionLimitsSet, { role: row.id, idleMinutes: limit, absoluteMinutes: limit });
  // After it has written, so that what was written must be undone.
  if (world === 'shut') throw new Refusal('WORLD_HAS_CHANGED');
  return [{ name: AgreementDetailName.IDLE_MINUTES, value: String(limit) }];
}

beforeEach(async () => {
  clock.set('2026-11-21');
  [world, workDays] = ['open', 0];
  const provinceCode = String(++n);
  const officeId = newId();
  deputies = new Deputies(db.database, clock);
  agreements = new Agreements(db.database, clock, deputies, { between: async () => workDays }, readSettings({}));
  const askers = [Role.COUNTY_OFFICER, Role.PROVINCIAL_OFFICER];
  agreements.register({ kind, askers, agreers: [...askers, Role.NATIONAL_OFFICER], perform });
  county = await person({ role: Role.COUNTY_OFFICER, userId: newId(), provinceCode, officeId });
  colleague = await person({ ...county, userId: newId() } as Actor);
  provincial = await person({ role: Role.PROVINCIAL_OFFICER, userId: newId(), provinceCode });
  assessor = await person({ role: Role.ASSESSOR, userId: newId(), provinceCode });
  national = await person({ role: Role.NATIONAL_OFFICER, userId: newId() });
});

describe('what takes two people', () => {
  it('is not done by who asks, and is when another of the office agrees', async () => {
    const { id, state, details } = await ask();
    expect({ state, details }).toEqual({ state: 'WAITING', details: [{ name: 'IDLE_MINUTES', value: String(n) }] });
    expect(await rows()).toBe(0);
    expect(await db.count(BusinessEvent, { name: 'SessionLimitsSet', by: county.userId })).toBe(0);

    expect(await waitingFor(colleague)).toEqual([id]);
    expect(await agreements.agree(colleague, id)).toMatchObject({ state: 'DONE', outcome: null });
    expect(await rows()).toBe(1);
    expect(await waitingFor(colleague)).toEqual([]);
  });

  it('is on record with both: ids only', async () => {
    const { id } = await ask();
    await agreements.agree(colleague, id);
    const written = await db.database.read((tx) => tx.repo(BusinessEvent).find({ order: { id: 'ASC' } }));
    const ours = written.filter(({ payload }) => payload.requestId === id);
    expect(ours.map(({ name, by }) => [name, by])).toEqual([
      ['AgreementAsked', county.userId],
      ['AgreementGiven', colleague.userId],
    ]);
    expect(ours[1]?.payload).toEqual({ requestId: id, kind, askedById: county.userId, forId: null });
    expect(JSON.stringify(ours)).not.toContain('حراست');
  });

  it('may be agreed to one level up, and by nobody else: another is not even told that it is there', async () => {
    const { id } = await ask();
    const elsewhere = await person({ ...colleague, userId: newId(), officeId: newId() } as Actor);
    const otherProvince = await person({ ...provincial, userId: newId(), provinceCode: '99' } as Actor);
    for (const stranger of [national, assessor, elsewhere, otherProvince]) {
      expect(await refusal(agreements.agree(stranger, id))).toBe('NOT_FOUND');
      expect(await refusal(agreements.decline(stranger, id, 'نه'))).toBe('NOT_FOUND');
      expect(await waitingFor(stranger)).not.toContain(id);
    }
    expect(await waitingFor(provincial)).toEqual([id]);
    expect(await refusal(agreements.agree(provincial, id))).toBe('done');
  });

  it('is never agreed to by who asked, in whatever role', async () => {
    const { id } = await ask();
    expect(await refusal(agreements.agree(county, id))).toBe('SAME_PERSON');
    const inAnotherRole = { ...provincial, userId: county.userId } as Actor;
    expect(await refusal(agreements.agree(inAnotherRole, id))).toBe('SAME_PERSON');
    expect(await refusal(agreements.decline(inAnotherRole, id, 'نه'))).toBe('SAME_PERSON');
    expect(await waitingFor(inAnotherRole)).toEqual([]);
    expect(await rows()).toBe(0);
  });

  it('is done once, however many agree at once', async () => {
    const { id } = await ask();
    const others = await Promise.all([1, 2, 3].map(() => person({ ...county, userId: newId() } as Actor)));
    const answers = await Promise.all([...others, provincial].map((one) => refusal(agreements.agree(one, id))));
    expect(answers.sort()).toEqual(['NOT_WAITING', 'NOT_WAITING', 'NOT_WAITING', 'done']);
    expect(await eventsOf('AgreementGiven', id)).toHaveLength(1);
  });

  it('is done as it was asked: nothing of a request changes afterwards', async () => {
    const { id } = await ask();
    const before = await db.database.read((tx) => tx.get(AgreementRequest, { id }));
    await agreements.agree(colleague, id);
    const { body, about, purpose, asker, askedAt } = await db.database.read((tx) => tx.get(AgreementRequest, { id }));
    expect(before).toMatchObject({ body, about, purpose, asker, askedAt });
    expect(body).toEqual({ limit: n });
  });

  it('ends with the reason when it can no longer be done, and leaves nothing of it', async () => {
    const { id } = await ask();
    world = 'shut';
    const answer = await agreements.agree(colleague, id);
    expect(answer).toMatchObject({ state: 'FAILED', outcome: 'WORLD_HAS_CHANGED' });
    expect(await rows()).toBe(0);
    expect(await eventsOf('AgreementFailed', id)).toHaveLength(1);
    expect(await eventsOf('AgreementGiven', id)).toHaveLength(0);
    const set = (await db.events('SessionLimitsSet')).filter(({ role }) => role === `spec-${n}`);
    expect(set).toHaveLength(0);
    world = 'open';
    expect(await refusal(agreements.agree(colleague, id))).toBe('NOT_WAITING');
  });

  it('is refused at once when it could not be done now', async () => {
    world = 'shut';
    expect(await refusal(ask())).toBe('WORLD_HAS_CHANGED');
    expect(await db.count(AgreementRequest, { askedById: county.userId })).toBe(0);
  });

  it('is not done for one who has lost the right meanwhile', async () => {
    const { id } = await ask();
    await db.database.write(county, (tx) => tx.update(UserAccount, { id: county.userId }, { disabled: true }));
    expect(await agreements.agree(colleague, id)).toMatchObject({ state: 'FAILED', outcome: 'ASKER_GONE' });
    const again = await ask(colleague);
    await db.database.write(county, (tx) => tx.remove(RoleGrant, { userId: colleague.userId }));
    expect(await agreements.agree(provincial, again.id)).toMatchObject({ outcome: 'ASKER_GONE' });
    expect(await rows()).toBe(0);
  });

  it('is declined with a reason, or taken back by who asked, and then it is over', async () => {
    const [declined, withdrawn] = [await ask(), await ask()];
    expect(await agreements.decline(colleague, declined.id, 'سند ندارد')).toMatchObject({
      ...{ state: 'DECLINED', answer: 'سند ندارد' },
    });
    expect(await refusal(agreements.withdraw(colleague, withdrawn.id))).toBe('NOT_FOUND');
    expect(await agreements.withdraw(county, withdrawn.id)).toMatchObject({ state: 'WITHDRAWN' });
    for (const { id } of [declined, withdrawn]) {
      expect(await refusal(agreements.agree(colleague, id))).toBe('NOT_WAITING');
      expect(await refusal(agreements.withdraw(county, id))).toBe('NOT_WAITING');
    }
    const { items } = await agreements.asked(county, all);
    expect(items.map(({ state }) => state)).toEqual(['WITHDRAWN', 'DECLINED']);
    expect(await rows()).toBe(0);
  });

  it('is asked only by those who may', async () => {
    expect(await refusal(ask(national))).toBe('FORBIDDEN');
  });
});

describe('a request that nobody answers', () => {
  it('goes up to the next office after three working days, and never through', async () => {
    const { id } = await ask();
    workDays = 2;
    await agreements.goUp();
    expect(await eventsOf('AgreementWentUp', id)).toHaveLength(0);
    workDays = 3;
    await agreements.goUp();
    expect(await eventsOf('AgreementWentUp', id)).toEqual([
      { requestId: id, role: 'PROVINCIAL_OFFICER', place: `/${n}/` },
    ]);
    expect(await waitingFor(national)).toContain(id);
    expect(await waitingFor(provincial)).toContain(id);
    expect(await waitingFor(colleague)).not.toContain(id);
    await agreements.goUp();
    // There is nobody above the national office who has the right.
    await agreements.goUp();
    expect(await eventsOf('AgreementWentUp', id)).toHaveLength(2);
    expect(await rows()).toBe(0);
    expect(await refusal(agreements.agree(national, id))).toBe('done');
  });
});

describe('a deputy', () => {
  const days = { from: '2026-11-21', to: '2026-11-23' };
  const stands = (who: Actor, deputy: Actor, more: object = {}) =>
    deputies.name(who, { deputyId: deputy.userId, ...days, ...more });

  it('answers in place of a colleague, from day to day, and the record names both', async () => {
    await stands(provincial, assessor, { from: '2026-11-22' });
    const { id } = await ask();
    expect(await waitingFor(assessor)).toEqual([]);
    // One minute past midnight in Tehran is still the day before in Greenwich.
    clock.set('2026-11-21');
    clock.forward(15 * 3_600_000 + 60_000);
    expect(clock.today()).toBe('2026-11-22');
    expect(await waitingFor(assessor)).toEqual([id]);
    clock.set('2026-11-24');
    expect(await refusal(agreements.agree(assessor, id))).toBe('NOT_FOUND');
    clock.set('2026-11-23');
    expect(await agreements.agree(assessor, id)).toMatchObject({ state: 'DONE', answeredForId: provincial.userId });
    expect(await eventsOf('AgreementGiven', id)).toMatchObject([{ forId: provincial.userId }]);
  });

  it('never agrees for who asked, though the right was lent by them', async () => {
    await stands(provincial, assessor);
    const { id } = await ask(provincial);
    expect(await waitingFor(assessor)).toEqual([]);
    expect(await refusal(agreements.agree(assessor, id))).toBe('NOT_FOUND');
  });

  it('is nobody of another office, nobody of another house, and not oneself', async () => {
    const administrator = await person({ role: Role.ADMINISTRATOR, userId: newId() });
    expect(await refusal(stands(provincial, county))).toBe('NOT_FOUND');
    expect(await refusal(stands(national, administrator))).toBe('NOT_FOUND');
    expect(await refusal(stands(provincial, provincial))).toBe('DEPUTY_IS_SELF');
    expect(await refusal(stands(provincial, assessor, { from: '2026-11-24' }))).toBe('DAYS_REVERSED');
    expect(await refusal(stands(provincial, assessor, { from: '2026-11-01', to: '2026-11-20' }))).toBe('DAYS_OVER');
    expect((await deputies.colleagues(provincial)).map(({ id }) => id)).toEqual([assessor.userId]);
  });

  it('is one no more when it was taken back, the colleague has gone, or the deputy works elsewhere', async () => {
    const { id } = await ask();
    const [named] = await stands(provincial, assessor);
    expect(await waitingFor({ ...assessor, provinceCode: '98' } as Actor)).toEqual([]);
    expect(await refusal(deputies.end(assessor, named?.id ?? ''))).toBe('NOT_FOUND');
    expect(await deputies.end(provincial, named?.id ?? '')).toEqual([]);
    expect(await waitingFor(assessor)).toEqual([]);
    await stands(provincial, assessor);
    await db.database.write(county, (tx) => tx.update(UserAccount, { id: provincial.userId }, { disabled: true }));
    expect(await refusal(agreements.agree(assessor, id))).toBe('NOT_FOUND');
    expect(await db.count(Deputy, { userId: provincial.userId })).toBe(2);
  });
});

describe('the rules of what takes two', () => {
  const desk = { role: Role.COUNTY_OFFICER, place: '/15/o/' };
  it('lays each desk under the one above it', () => {
    expect(deskAbove(desk)).toEqual({ role: 'PROVINCIAL_OFFICER', place: '/15/' });
    expect(deskAbove({ role: Role.ASSOCIATION_MANAGER, place: '/15/b/' })).toEqual({
      role: 'ADMINISTRATOR',
      place: '/',
    });
    expect(deskAbove({ role: Role.ADMINISTRATOR, place: '/' })).toBeNull();
  });
  it.each([
    ['a colleague', { ...desk, userId: 'c' }, true],
    ['who asked', { ...desk, userId: 'a' }, false],
    ['the next county', { ...desk, place: '/15/p/', userId: 'c' }, false],
    ['the office above', { role: Role.PROVINCIAL_OFFICER, place: '/15/', userId: 'c' }, true],
    ['two levels up', { role: Role.NATIONAL_OFFICER, place: '/', userId: 'c' }, false],
    ['another role of the place above', { role: Role.ASSESSOR, place: '/15/', userId: 'c' }, false],
  ])('%s', (_, right, expected) => expect(mayAgree({ ...desk, askedById: 'a' }, right)).toBe(expected));
  it('knows who works in one office', () => {
    const of = (role: Role, provinceCode: string | null, officeId: string | null = null) =>
      ({ role, provinceCode, officeId }) as const;
    expect(sameOffice(of(Role.ASSESSOR, '15'), of(Role.PROVINCIAL_OFFICER, '15'))).toBe(true);
    expect(sameOffice(of(Role.INSTITUTE_MANAGER, '15', 'o'), of(Role.COUNTY_OFFICER, '15', 'o'))).toBe(false);
    expect(sameOffice(of(Role.NATIONAL_OFFICER, null), of(Role.ADMINISTRATOR, null))).toBe(false);
    const days = { deputyId: 'b', from: '2026-11-21', to: '2026-11-21' };
    expect(refuseDeputy({ userId: 'a' }, days, '2026-11-21')).toBeNull();
  });
});
