import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { asCall, type BadInput, newId, type Refused, SYSTEM, type Tx } from '@app/platform';
import { TestClock, testDatabase } from '@app/testing';
import { Accounts } from './account/accounts.service.js';
import { hashedAtOnce } from './account/password.rules.js';
import { Passwords } from './account/passwords.js';
import { UserAccount } from './account/user-account.entity.js';
import { Role } from './actor.rules.js';
import { Invitation } from './invitation/invitation.entity.js';
import { createFirstAdministratorInvitation, Invitations } from './invitation/invitations.service.js';
import { SessionJobs } from './session/session.jobs.js';
import { FailedTries, SignInSession, SessionLimitsOfRole } from './session/sign-in-session.entity.js';
import { SignIn } from './session/sign-in.service.js';
import { GuardedTries } from './session/tries.js';
import { OwnPassword } from './account/own-password.js';
import { SecondFactors } from './second-factor/second-factors.service.js';
import { Sessions } from './session/sessions.service.js';

const clock = new TestClock();
const db = testDatabase(clock);
const password = 'چای و گل سرخ';
const MINUTE = 60_000;

/** Everything anew for each spec: another person, another address. */
let accounts: Accounts;
let passwords: Passwords;
let sessions: Sessions;
let signIns: SignIn;
let factors: SecondFactors;
let userName: string;
let userId: string;
let address: string;
let people = 0;

beforeEach(async () => {
  clock.set('2026-11-21');
  passwords = new Passwords();
  accounts = new Accounts(db.database, clock, passwords);
  sessions = new Sessions(db.database, clock);
  const tries = new GuardedTries(db.database, clock, db.keys);
  const own = new OwnPassword(db.database, tries, passwords);
  factors = new SecondFactors(db.database, clock, db.keys, own);
  signIns = new SignIn(db.database, tries, passwords, factors, clock);
  people++;
  userName = `person-${people}`;
  address = `192.0.2.${people}`;
  const grants = [
    { role: Role.COUNTY_OFFICER, provinceCode: '23', officeId: 'office' },
    { role: Role.INSTITUTE_MANAGER, provinceCode: '23', officeId: 'office', instituteId: 'institute' },
  ];
  ({ userId } = await accounts.create({ userName, displayName: 'مریم رضایی', password, grants }));
});

const tryWith = (typed: string, name = userName) => signIns.signIn({ userName: name, password: typed }, address);
/** What is answered while a unit stands that has done its first and, some moments later, does its second. */
const duringUnit = async <T>(
  first: (tx: Tx) => Promise<unknown>,
  work: () => Promise<T>,
  second: (tx: Tx) => Promise<unknown> = async () => {},
): Promise<T> => {
  let begun = () => {};
  const standing = new Promise<void>((resolve) => (begun = resolve));
  const unit = db.database.write(SYSTEM, async (tx) => {
    await first(tx);
    begun();
    await sleep(400);
    await second(tx);
  });
  await standing;
  const answer = await work();
  await unit;
  return answer;
};
const refusal = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => 'signed in',
    ({ reason, detail, code, retryAfterSeconds }: Refused & { code?: string; retryAfterSeconds?: number }) =>
      reason ? `${reason} ${String(detail.retryAfterSeconds)}` : `${code} ${retryAfterSeconds ?? ''}`.trim(),
  );
const failures = async (): Promise<number> => (await db.events('SignInFailed')).length;

describe('signing in', () => {
  it('7.2 11.5.1 opens a session in the oldest role; only the digest of its token is stored', async () => {
    const { token } = await tryWith(password, ` ${userName.toUpperCase()}`);

    expect(await sessions.standing(token)).toMatchObject({
      userId,
      displayName: 'مریم رضایی',
      role: Role.COUNTY_OFFICER,
      provinceCode: '23',
      officeId: 'office',
      instituteId: null,
    });
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const [row] = await db.database.read((tx) => tx.repo(SignInSession).findBy({ userId }));
    expect(JSON.stringify(row)).not.toContain(token);
    const account = await db.database.read((tx) => tx.get(UserAccount, { id: userId }));
    expect(account.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('16.3 puts on record who came in and who did not, by ids alone', async () => {
    const trail = async () => (await db.events('UserSignedIn')).length;
    const [before, failed] = [await trail(), await failures()];
    await refusal(tryWith('not the password'));
    await refusal(tryWith('not the password', 'nobody-has-this-name'));
    clock.forward(MINUTE);
    await tryWith(password);
    expect([(await trail()) - before, (await failures()) - failed]).toEqual([1, 2]);
    const all = JSON.stringify([await db.events('UserSignedIn'), await db.events('SignInFailed')]);
    expect(all).toContain(userId);
    for (const typed of ['not the password', 'nobody-has-this-name', userName, password, address])
      expect(all).not.toContain(typed);
  });

  it('reads a standing session with one statement', async () => {
    const { token } = await tryWith(password);
    expect(await db.statementsOf(() => sessions.standing(token))).toBe(1);
  });

  it('answers a wrong password, an unknown user name and a disabled account alike, after as much work', async () => {
    const verify = jest.spyOn(passwords, 'verify');
    const disabled = `${userName}-gone`;
    const gone = await accounts.create({
      userName: disabled,
      displayName: 'رفته',
      password,
      grants: [{ role: Role.ADMINISTRATOR }],
    });
    await db.database.write({ userId: 'spec' }, (tx) =>
      tx.update(UserAccount, { id: gone.userId }, { disabled: true }),
    );

    const statements: number[] = [];
    for (const [name, typed] of [
      [userName, 'not the password'],
      [`${userName}-nobody`, password],
      [disabled, password],
    ] as const) {
      const before = verify.mock.calls.length;
      statements.push(
        await db.statementsOf(async () => expect(await refusal(tryWith(typed, name))).toBe('WRONG_PASSWORD 1')),
      );
      expect(verify.mock.calls.length - before).toBe(1);
      expect(await refusal(tryWith(typed, name))).toBe('LOCKED 1');
    }
    expect(new Set(statements).size).toBe(1);
  });

  it('waits longer after each failure, without looking at the password, and starts afresh after the right one', async () => {
    const verify = jest.spyOn(passwords, 'verify');
    for (const seconds of [1, 2, 4, 8]) {
      expect(await refusal(tryWith('not the password'))).toBe(`WRONG_PASSWORD ${seconds}`);
      const looked = verify.mock.calls.length;
      expect(await refusal(tryWith(password))).toBe(`LOCKED ${seconds}`);
      expect(verify.mock.calls).toHaveLength(looked);
      clock.forward(seconds * 1000);
    }
    expect(await refusal(tryWith(password))).toBe('signed in');
    expect(await refusal(tryWith('not the password'))).toBe('WRONG_PASSWORD 1');
  });

  it('looks for nobody while the name or the address is locked', async () => {
    const read = jest.spyOn(db.database, 'read');
    const lookedFor = async (name: string) => {
      await refusal(tryWith(password, name));
      return (await read.mock.results.at(-1)!.value) as { account: unknown };
    };
    await refusal(tryWith('not the password'));
    expect(await lookedFor(userName)).toMatchObject({ account: null });
    clock.forward(1000);
    expect(await lookedFor(userName)).toMatchObject({ account: { userId } });

    const id = db.keys.blindIndex('address', address);
    const lockedUntil = new Date(clock.now().getTime() + 4000);
    await db.database.write(SYSTEM, (tx) => tx.update(FailedTries, { id }, { lockedUntil }));
    expect(await lookedFor(userName)).toMatchObject({ account: null });
    read.mockRestore();
  });

  it('6.3.1 lets one of fifty wrong passwords be tried that come at once', async () => {
    const before = await failures();
    const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => refusal(tryWith(`wrong password ${i}`))));

    expect(answers.filter((answer) => answer === 'WRONG_PASSWORD 1')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'LOCKED 1')).toHaveLength(49);
    expect((await failures()) - before).toBe(1);
  });

  it('tells nothing of the right password among many wrong ones at once', async () => {
    await refusal(tryWith('not the password'));
    const answers = await Promise.all([tryWith(password), tryWith('wrong again')].map(refusal));
    expect(answers).toEqual(['LOCKED 1', 'LOCKED 1']);
  });

  it('waits while a failure is being counted, and finds its lock', async () => {
    const id = db.keys.blindIndex('user name', userName);
    const lastFailedAt = clock.now();
    const lockedUntil = new Date(lastFailedAt.getTime() + 4000);
    const answer = await duringUnit(
      (tx) => tx.insert(FailedTries, { id, failed: 1, lastFailedAt, lockedUntil }),
      () => refusal(tryWith(password)),
    );
    expect(answer).toBe('LOCKED 4');
  });

  it('waits for the address, and finds the lock that its name has got meanwhile', async () => {
    const lastFailedAt = clock.now();
    const addressKey = db.keys.blindIndex('address', address);
    // A name that is looked for before the address: whoever waits for the address has passed its place.
    const name = Array.from({ length: 64 }, (_, at) => `${userName}-${at}`).find(
      (one) => db.keys.blindIndex('user name', one) < addressKey,
    )!;
    await db.database.write(SYSTEM, async (tx) => {
      await tx.update(UserAccount, { id: userId }, { userName: name });
      await tx.insert(FailedTries, { id: addressKey, failed: 1, lastFailedAt, lockedUntil: null });
    });
    const id = db.keys.blindIndex('user name', name);
    const lockedUntil = new Date(lastFailedAt.getTime() + 4000);
    const answer = await duringUnit(
      (tx) => tx.lock(FailedTries, { id: addressKey }),
      () => refusal(tryWith(password, name)),
      (tx) => tx.insert(FailedTries, { id, failed: 1, lastFailedAt, lockedUntil }),
    );
    expect(answer).toBe('LOCKED 4');
  });

  it('stops an address that fails with many user names, and nobody else', async () => {
    for (let i = 0; i < 31; i++) await refusal(tryWith('not the password', `someone-${people}-${i}`));
    expect(await refusal(tryWith(password))).toBe('TOO_MANY 1');
    expect(await refusal(signIns.signIn({ userName, password }, '198.51.100.1'))).toBe('signed in');
  });

  it('refuses a copied call as already done, and counts a failure once', async () => {
    const copy = (key: string, typed: string) =>
      asCall(key, 'signIn', { userName, typed }, () => tryWith(typed)).catch((error: BadInput) => error.message);
    const key = newId();
    expect(await copy(key, password)).toHaveProperty('token');
    expect(await copy(key, password)).toContain('already done');
    expect(await db.count(SignInSession, { userId })).toBe(1);

    const wrong = newId();
    const before = await failures();
    await copy(wrong, 'not the password');
    clock.forward(MINUTE);
    expect(await copy(wrong, 'not the password')).toContain('already done');
    expect((await failures()) - before).toBe(1);
  });

  it('keeps the key of the call also when it refuses', async () => {
    const written = (work: () => Promise<unknown>) =>
      asCall(newId(), 'spec', {}, async (call) => [await refusal(work()), call.written]);
    await refusal(tryWith('not the password'));
    expect(await written(() => tryWith(password))).toEqual(['LOCKED 1', true]);
    expect(await written(() => sessions.signOut(null))).toEqual(['signed in', true]);
    const guest = { token: 'guessed', userName, displayName: 'مهمان', password };
    const places = { within: async () => true };
    const invitations = new Invitations(db.database, clock, accounts, places);
    expect(await written(() => invitations.accept(guest))).toEqual(['INVITATION_ENDED undefined', true]);
  });

  it('hashes an old password again at the cost of today', async () => {
    const cheap = '$argon2id$v=19$m=8192,t=1,p=1$';
    const { hash } = await import('@node-rs/argon2');
    const passwordHash = await hash(password, { memoryCost: 8192, timeCost: 1, parallelism: 1 });
    expect(passwordHash.startsWith(cheap)).toBe(true);
    await db.database.write({ userId }, (tx) => tx.update(UserAccount, { id: userId }, { passwordHash }));
    await tryWith(password);
    const account = await db.database.read((tx) => tx.get(UserAccount, { id: userId }));
    expect(account.passwordHash).toContain('m=19456,t=2,p=1');
    expect(await refusal(tryWith(password))).toBe('signed in');
  });

  it('has sessions that have ended and failures long forgotten removed at night, and no others', async () => {
    await tryWith(password);
    await refusal(tryWith('not the password'));
    clock.forward(25 * 60 * MINUTE);
    const { token } = await tryWith(password);
    await refusal(tryWith('not the password', 'somebody-else'));
    const night = new SessionJobs(db.database, clock);
    for (let times = 0; times < 2; times++) {
      await night.forgetSessions();
      expect(await sessions.standing(token)).not.toBeNull();
      expect(await db.count(SignInSession)).toBe(1);
      expect(await db.count(FailedTries)).toBe(2);
    }
    clock.forward(25 * 60 * MINUTE);
    await night.forgetSessions();
    expect([await db.count(SignInSession), await db.count(FailedTries)]).toEqual([0, 0]);
  });
});

describe('a storm of sign-ins', () => {
  it('is hashed a few at a time, and beyond a queue told to come again', async () => {
    const answers = await Promise.allSettled(Array.from({ length: 150 }, () => passwords.verify(null, password)));
    const told = answers.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    expect(told).toHaveLength(150 - hashedAtOnce(availableParallelism()) - 100);
    expect(told[0]?.reason).toMatchObject({ code: 'TOO_MANY', retryAfterSeconds: 2 });
    expect(await passwords.verify(null, password)).toBe(false);
  }, 60_000);
});

describe('a session', () => {
  it('7.3 ends after thirty idle minutes, and lives on while it is used', async () => {
    const { token } = await tryWith(password);
    for (let i = 0; i < 3; i++) {
      clock.forward(29 * MINUTE);
      const session = await sessions.standing(token);
      if (!session) throw new Error('ended too early');
      await sessions.seen(session);
    }
    clock.forward(30 * MINUTE);
    expect(await sessions.standing(token)).toBeNull();
  });

  it('7.3 ends twelve hours after sign-in, however much it is used', async () => {
    const { token } = await tryWith(password);
    for (let i = 0; i < 12 * 4 - 1; i++) {
      clock.forward(15 * MINUTE);
      const session = await sessions.standing(token);
      if (!session) throw new Error('ended too early');
      await sessions.seen(session);
    }
    clock.forward(15 * MINUTE);
    expect(await sessions.standing(token)).toBeNull();
  });

  it('7.3 ends by the limits of its role as soon as they are set, also when it began before', async () => {
    const { token } = await tryWith(password);
    const limits = { id: Role.COUNTY_OFFICER, idleMinutes: 5, absoluteMinutes: 60 };
    await db.database.write(SYSTEM, (tx) => tx.upsert(SessionLimitsOfRole, [limits], ['id']));
    clock.forward(4 * MINUTE);
    expect(await sessions.standing(token)).not.toBeNull();
    clock.forward(MINUTE);
    expect(await sessions.standing(token)).toBeNull();
    const later = await tryWith(password);
    expect(later.session.expiresAt.getTime() - clock.now().getTime()).toBe(60 * MINUTE);
    await db.database.write(SYSTEM, (tx) => tx.remove(SessionLimitsOfRole, { id: Role.COUNTY_OFFICER }));
  });

  it('is noted as used at most once a minute', async () => {
    const { token, session } = await tryWith(password);
    clock.forward(MINUTE - 1);
    expect(await db.statementsOf(() => sessions.seen(session))).toBe(0);
    clock.forward(1);
    await sessions.seen(session);
    const seen = await sessions.standing(token);
    expect(seen?.lastSeenAt).toEqual(clock.now());
    if (seen) expect(await db.statementsOf(() => sessions.seen(seen))).toBe(0);
  });

  it('7.4 ends at once when the account is disabled', async () => {
    const { token } = await tryWith(password);
    await db.database.write({ userId: 'spec' }, (tx) => tx.update(UserAccount, { id: userId }, { disabled: true }));
    expect(await sessions.standing(token)).toBeNull();
  });

  it('7.4 ends by sign-out, once', async () => {
    const { token, session } = await tryWith(password);
    const before = (await db.events('UserSignedOut')).length;
    await sessions.signOut(session);
    await sessions.signOut(session);
    expect(await sessions.standing(token)).toBeNull();
    expect((await db.events('UserSignedOut')).length - before).toBe(1);
  });

  it('goes on in another role under a new token; its end does not move', async () => {
    const first = await tryWith(password);
    clock.forward(20 * MINUTE);
    const [, manager] = await sessions.grantsOf(userId);
    const second = await sessions.switchRole(first.session, manager?.id ?? '');

    expect(await sessions.standing(first.token)).toMatchObject({ retired: true });
    expect(await sessions.standing(second.token)).toMatchObject({
      role: Role.INSTITUTE_MANAGER,
      instituteId: 'institute',
      trainerId: null,
      expiresAt: first.session.expiresAt,
    });
    expect(await refusal(sessions.switchRole(first.session, manager?.id ?? ''))).toBe('UNAUTHENTICATED');
  });

  it("never goes on in another person's role", async () => {
    const { token, session } = await tryWith(password);
    const other = await accounts.create({
      userName: `${userName}-admin`,
      displayName: 'مدیر',
      password,
      grants: [{ role: Role.ADMINISTRATOR }],
    });
    const [foreign] = await sessions.grantsOf(other.userId);
    expect(await refusal(sessions.switchRole(session, foreign?.id ?? ''))).toBe('NOT_FOUND');
    expect(await sessions.standing(token)).not.toBeNull();
  });
});

describe('an invitation', () => {
  const everywhere = { within: async () => true };
  const nowhere = { within: async () => false };
  const invitations = (places = everywhere) => new Invitations(db.database, clock, accounts, places);
  const guest = (token: string, name = `guest-${people}`) => ({
    token,
    userName: name,
    displayName: 'مهمان',
    password,
  });
  const county = { role: Role.COUNTY_OFFICER, provinceCode: '23', officeId: 'office' } as const;

  it('makes an account with its role and signs it in, once', async () => {
    const { token } = await invitations().invite({ ...county, userId }, { role: Role.TRAINER, trainerId: 'trainer' });
    const { token: session } = await invitations().accept(guest(token));

    expect(await sessions.standing(session)).toMatchObject({
      role: Role.TRAINER,
      trainerId: 'trainer',
      provinceCode: '23',
      officeId: null,
    });
    expect(await refusal(invitations().accept(guest(token, `second-${people}`)))).toContain('INVITATION_ENDED');
    expect(await db.count(UserAccount, { userName: `second-${people}` })).toBe(0);
    expect(await refusal(tryWith(password, `guest-${people}`))).toBe('signed in');
  });

  it('lets in one of many who open the link at once', async () => {
    const { token } = await createFirstAdministratorInvitation(db.database, clock);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => refusal(invitations().accept(guest(token, `crowd-${people}-${i}`)))),
    );
    expect(answers.filter((answer) => answer === 'signed in')).toHaveLength(1);
    expect(answers.filter((answer) => String(answer).startsWith('INVITATION_ENDED'))).toHaveLength(9);
  });

  it('of the first administrator runs out after a day', async () => {
    const { token, expiresAt } = await createFirstAdministratorInvitation(db.database, clock);
    expect(expiresAt.getTime() - clock.now().getTime()).toBe(24 * 60 * MINUTE);
    clock.forward(24 * 60 * MINUTE);
    expect(await refusal(invitations().accept(guest(token)))).toContain('INVITATION_ENDED');
  });

  it('keeps a user name that is taken for its owner, and stays open', async () => {
    const { token } = await createFirstAdministratorInvitation(db.database, clock);
    expect(await refusal(invitations().accept(guest(token, userName.toUpperCase())))).toContain('USER_NAME_TAKEN');
    expect(await refusal(invitations().accept(guest(token)))).toBe('signed in');
  });

  it('does not hash a password for a guessed link', async () => {
    const hash = jest.spyOn(passwords, 'hash');
    expect(await refusal(invitations().accept(guest('guessed')))).toContain('INVITATION_ENDED');
    expect(hash).not.toHaveBeenCalled();
  });

  it('tells all mistakes of names and password at once', async () => {
    const { token } = await createFirstAdministratorInvitation(db.database, clock);
    const answer = invitations().accept({ ...guest(token, 'آ'), displayName: ' \u202e ', password: '12345678' });
    const fields = [{ field: 'userName' }, { field: 'displayName' }, { field: 'password' }];
    await expect(answer).rejects.toMatchObject({ fields });
  });

  it('is made only for the next lower level, with the ids of its role, within reach', async () => {
    const actor = { ...county, userId };
    const made = await db.count(Invitation);
    expect(await refusal(invitations().invite(actor, { ...county }))).toBe('FORBIDDEN');
    expect(await refusal(invitations().invite(actor, { role: Role.TRAINER, instituteId: 'i' }))).toBe('BAD_USER_INPUT');
    expect(await refusal(invitations(nowhere).invite(actor, { role: Role.TRAINER, trainerId: 't' }))).toBe('NOT_FOUND');
    expect(await db.count(Invitation)).toBe(made);
  });
});
