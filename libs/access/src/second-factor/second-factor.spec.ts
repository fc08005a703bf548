import { beforeEach, describe, expect, it } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import type { Refused } from '@app/platform';
import { byTwo, testAgreements, TestClock, testDatabase } from '@app/testing';
import { Accounts } from '../account/accounts.service.js';
import { OwnPassword } from '../account/own-password.js';
import { Passwords } from '../account/passwords.js';
import type { RoleInBounds } from '../access.rules.js';
import { actorOf } from '../access.guard.js';
import { type Actor, Role } from '../actor.rules.js';
import type { Agreements } from '../agreement/agreements.service.js';
import { Sessions } from '../session/sessions.service.js';
import { SignIn } from '../session/sign-in.service.js';
import { GuardedTries } from '../session/tries.js';
import { NewPassword } from '../staff/new-password.service.js';
import { Staff } from '../staff/staff.service.js';
import { codeForm, lackingFactor, placeOf, placesUpFrom } from './second-factor.rules.js';
import { isInNetworks, refuseNetwork } from './networks.js';
import { SecondFactorRules } from './second-factor-rules.service.js';
import { SecondFactors } from './second-factors.service.js';

const clock = new TestClock();
const db = testDatabase(clock);
const password = 'چای و گل سرخ';
const DAY = 24 * 3_600_000;
const passwords = new Passwords();

/** A county of its own for each spec. */
let n = 0;
let accounts: Accounts;
let sessions: Sessions;
let officeId: string;
let userName: string;
let officer: Actor;
let address: string;
let signIns: SignIn;
let factors: SecondFactors;
let rules: SecondFactorRules;
let agreements: Agreements;
let staff: Staff;
let newPasswords: NewPassword;

const person = async (name: string, grant: Partial<RoleInBounds> & { role: Role }): Promise<Actor> => {
  const { userId } = await accounts.create({ userName: name, displayName: name, password, grants: [grant] });
  return actorOf({ userId, ...{ provinceCode: null, officeId: null, instituteId: null }, ...grant } as never);
};

beforeEach(async () => {
  clock.set('2026-11-21');
  n++;
  [officeId, userName, address] = [`office-${n}`, `officer-${n}`, `198.51.${n}.7`];
  accounts = new Accounts(db.database, clock, passwords);
  sessions = new Sessions(db.database, clock);
  const tries = new GuardedTries(db.database, clock, db.keys);
  const own = new OwnPassword(db.database, tries, passwords);
  factors = new SecondFactors(db.database, clock, db.keys, own);
  signIns = new SignIn(db.database, tries, passwords, factors, clock);
  agreements = testAgreements(db.database, clock);
  rules = new SecondFactorRules(db.database, clock, agreements);
  rules.onModuleInit();
  staff = new Staff(db.database, clock, { within: async () => true }, agreements);
  staff.onModuleInit();
  newPasswords = new NewPassword(db.database, clock, passwords, own, factors);
  officer = await person(userName, { role: Role.COUNTY_OFFICER, provinceCode: `${n}`, officeId });
});

const setRule = (actor: Actor, setting: { required: boolean; networks: string[] }) =>
  byTwo(db.database, agreements, actor, (asker) => rules.ask(asker, setting, 'سفارش حراست'));
const signIn = (code?: string, from = address) => signIns.signIn({ userName, password, ...(code && { code }) }, from);
const refusal = (answer: Promise<unknown>): Promise<string> =>
  answer.then(
    () => 'done',
    ({ reason, code, message }: Refused & { code?: string }) => reason ?? code ?? message,
  );
const codeNow = (secret: string) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clock.now().getTime() });
const enrol = async () => {
  const { secret } = await factors.begin(officer, address, password);
  await factors.confirm(officer, codeNow(secret));
  clock.forward(30_000);
  return secret;
};

describe('an authenticator', () => {
  it('asks for its code once the first one was typed, and not before', async () => {
    const { secret, uri } = await factors.begin(officer, address, password);
    expect(uri).toContain(`secret=${secret}`);
    expect(await refusal(signIn())).toBe('done');

    expect(await refusal(factors.confirm(officer, '000000'))).toBe('WRONG_CODE');
    await factors.confirm(officer, codeNow(secret));
    clock.forward(30_000);

    expect(await refusal(signIn())).toBe('CODE_NEEDED');
    expect(await refusal(signIn(codeNow(secret)))).toBe('done');
  });

  it('6.5.1 6.5.5 takes a code once, in the digits of any keyboard, and none of an earlier step', async () => {
    const secret = await enrol();
    const before = codeNow(secret);
    clock.forward(30_000);
    const persian = codeNow(secret).replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'[Number(digit)] as string);

    expect(await refusal(signIn(persian))).toBe('done');
    expect(await refusal(signIn(codeNow(secret)))).toBe('WRONG_CODE');
    clock.forward(2_000);
    expect(await refusal(signIn(before))).toBe('WRONG_CODE');
  });

  it('lets in one of many who have seen the same code', async () => {
    const code = codeNow(await enrol());
    const answers = await Promise.all(Array.from({ length: 6 }, (_, i) => refusal(signIn(code, `203.0.${n}.${i}`))));
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(1);
  });

  it('6.6.3 makes a guesser of codes wait as one of passwords does; a call without a code costs nothing', async () => {
    await enrol();
    for (let i = 0; i < 3; i++) expect(await refusal(signIn())).toBe('CODE_NEEDED');
    expect(await refusal(signIn('000000'))).toBe('WRONG_CODE');
    expect(await refusal(signIn('000000'))).toBe('LOCKED');
  });

  it('keeps the one before until a code of the new one was typed', async () => {
    const secret = await enrol();
    await factors.begin(officer, address, password);
    expect(await refusal(signIn(codeNow(secret)))).toBe('done');
  });

  it('7.5.1 is set up only with the password', async () => {
    expect(await refusal(factors.begin(officer, address, 'guessed'))).toBe('WRONG_PASSWORD');
    expect(await refusal(factors.newSheet(officer, address, 'guessed'))).toBe('LOCKED');
  });

  it('is asked for when the own password is changed, and every other session ends', async () => {
    const { token, session } = await signIn();
    const { token: other } = await signIn();
    const secret = await enrol();
    const newPassword = 'قالی‌های کاشان';
    const change = (typed: string, code?: string) =>
      refusal(newPasswords.change(session, address, { password: typed, newPassword, ...(code && { code }) }));

    expect(await change(password)).toBe('CODE_NEEDED');
    expect(await change(password, '000000')).toBe('WRONG_CODE');
    clock.forward(2_000);
    expect(await change('guessed', codeNow(secret))).toBe('WRONG_PASSWORD');
    clock.forward(30_000);
    expect(await change(password, codeNow(secret))).toBe('done');

    expect(await sessions.standing(other)).toBeNull();
    expect(await sessions.standing(token)).not.toBeNull();
    expect(await refusal(signIn())).toBe('WRONG_PASSWORD');
  });

  it('lies sealed in its row', async () => {
    const secret = await enrol();
    const [row] = await db.dataSource.query<{ secret: string }[]>('SELECT secret FROM authenticator WHERE id = ?', [
      officer.userId,
    ]);
    expect(row?.secret).not.toContain(secret);
  });
});

describe('a printed sheet', () => {
  it('6.5.2 6.5.3 6.5.4 has ten codes, each for one sign-in, of which only digests are stored', async () => {
    const { codes } = await factors.newSheet(officer, address, password);
    expect(new Set(codes).size).toBe(10);
    const rows = await db.dataSource.query<object[]>('SELECT * FROM one_time_code');
    for (const code of codes) expect(JSON.stringify(rows)).not.toContain(codeForm(code));

    expect(await refusal(signIn())).toBe('CODE_NEEDED');
    expect(await refusal(signIn(codes[0]?.toLowerCase().replace('-', ' ')))).toBe('done');
    expect(await refusal(signIn(codes[0]))).toBe('WRONG_CODE');
    expect((await factors.own(officer)).codesLeft).toBe(9);
  });

  it('ends the sheet before', async () => {
    const { codes: old } = await factors.newSheet(officer, address, password);
    const { codes } = await factors.newSheet(officer, address, password);
    expect(await refusal(signIn(old[0]))).toBe('WRONG_CODE');
    clock.forward(2_000);
    expect(await refusal(signIn(codes[9]))).toBe('done');
  });
});

describe('an office that asks for a second factor', () => {
  it('gives fourteen days from the moment it asks, and then none', async () => {
    clock.forward(100 * DAY);
    await setRule(officer, { required: true, networks: [] });
    expect((await factors.own(officer)).dueAt).toEqual(new Date(clock.now().getTime() + 14 * DAY));
    clock.forward(14 * DAY - 1_000);
    expect(await refusal(signIn())).toBe('done');
    clock.forward(1_000);
    expect(await refusal(signIn())).toBe('SECOND_FACTOR_MISSING');
  });

  it('asks those below it too, and no office beside it', async () => {
    const province = await person(`province-${n}`, { role: Role.PROVINCIAL_OFFICER, provinceCode: `${n}` });
    const other = await person(`other-${n}`, { role: Role.PROVINCIAL_OFFICER, provinceCode: 'zz' });
    await setRule(other, { required: true, networks: [] });
    expect((await factors.own(officer)).dueAt).toBeNull();
    await setRule(province, { required: true, networks: [] });
    expect((await factors.own(officer)).dueAt).not.toBeNull();
  });

  it('does not ask an institute or a trainer', async () => {
    await setRule(officer, { required: true, networks: [] });
    const trainer = await person(`trainer-${n}`, { role: Role.TRAINER, provinceCode: `${n}`, trainerId: 't' });
    expect((await factors.own(trainer)).dueAt).toBeNull();
  });

  it('takes its own network for the second factor, not that of the office above', async () => {
    const province = await person(`province-${n}`, { role: Role.PROVINCIAL_OFFICER, provinceCode: `${n}` });
    await setRule(province, { required: true, networks: ['203.0.113.0/24'] });
    await setRule(officer, { required: true, networks: ['192.0.2.0/24', '2001:db8:7::/48'] });
    clock.forward(20 * DAY);
    expect(await refusal(signIn(undefined, '192.0.2.9'))).toBe('done');
    expect(await refusal(signIn(undefined, '::ffff:192.0.2.9'))).toBe('done');
    expect(await refusal(signIn(undefined, '2001:db8:7:1::5'))).toBe('done');
    expect(await refusal(signIn(undefined, '203.0.113.9'))).toBe('SECOND_FACTOR_MISSING');
  });

  it('does not begin the days anew when it is set again', async () => {
    await setRule(officer, { required: true, networks: [] });
    clock.forward(10 * DAY);
    await setRule(officer, { required: true, networks: ['192.0.2.0/24'] });
    clock.forward(5 * DAY);
    expect(await refusal(signIn())).toBe('SECOND_FACTOR_MISSING');
  });

  it('tells nothing of it to who has not the password', async () => {
    await setRule(officer, { required: true, networks: [] });
    clock.forward(20 * DAY);
    const wrong = signIns.signIn({ userName, password: 'guessed' }, address);
    expect(await refusal(wrong)).toBe('WRONG_PASSWORD');
  });

  it.each([
    ['192.0.2.0/24', null],
    ['2001:db8::/48', null],
    ['192.0.2.1', 'NOT_A_NETWORK'],
    ['192.0.2.0/33', 'NOT_A_NETWORK'],
    ['office', 'NOT_A_NETWORK'],
    ['0.0.0.0/0', 'NETWORK_TOO_WIDE'],
    ['2000::/3', 'NETWORK_TOO_WIDE'],
  ])('takes %s for a network: %s', (typed, expected) => expect(refuseNetwork(typed)).toBe(expected));
});

describe('who lost the second factor', () => {
  let above: Actor;
  let another: Actor;
  beforeEach(async () => {
    const grant = { role: Role.PROVINCIAL_OFFICER, provinceCode: `${n}` };
    above = await person(`above-${n}`, grant);
    another = await person(`another-${n}`, grant);
  });

  it('is let in again by two people of an office above; every session ends, the days begin anew', async () => {
    const secret = await enrol();
    await setRule(officer, { required: true, networks: [] });
    clock.forward(30 * DAY);
    const { token } = await signIn(codeNow(secret));

    const { id, details } = await staff.askRecovery(above, officer.userId, 'گوشی‌اش گم شده');
    expect(details).toEqual([{ name: 'ACCOUNT', value: `${userName} (${userName})` }]);
    expect(await refusal(agreements.agree(above, id))).toBe('SAME_PERSON');
    expect(await sessions.standing(token)).not.toBeNull();
    expect(await refusal(signIn())).toBe('CODE_NEEDED');

    await agreements.agree(another, id);
    expect(await sessions.standing(token)).toBeNull();
    expect(await refusal(signIn())).toBe('done');
    clock.forward(14 * DAY);
    expect(await refusal(signIn())).toBe('SECOND_FACTOR_MISSING');
  });

  it('6.4.3 gets a new password by a link that works once, and still needs the code', async () => {
    const secret = await enrol();
    const { token: session } = await signIn(codeNow(secret));
    const first = await staff.resetPassword(above, officer.userId);
    const { token } = await staff.resetPassword(above, officer.userId);
    const chosen = 'قالی‌های کاشان';

    expect(await refusal(newPasswords.byLink(first.token, chosen))).toBe('INVITATION_ENDED');
    expect(await refusal(newPasswords.byLink(token, '12345678'))).toBe('BAD_USER_INPUT');
    expect(await refusal(newPasswords.byLink(token, chosen))).toBe('done');
    expect(await refusal(newPasswords.byLink(token, chosen))).toBe('INVITATION_ENDED');

    expect(await sessions.standing(session)).toBeNull();
    const withNew = (code?: string) => signIns.signIn({ userName, password: chosen, ...(code && { code }) }, address);
    expect(await refusal(withNew())).toBe('CODE_NEEDED');
    clock.forward(30_000);
    expect(await refusal(withNew(codeNow(secret)))).toBe('done');
  });

  it('is nobody to an office that does not let in each of the roles', async () => {
    const sister = await person(`sister-${n}`, { role: Role.COUNTY_OFFICER, provinceCode: `${n}`, officeId: 'x' });
    for (const act of [
      () => staff.disable(sister, officer.userId, true),
      () => staff.resetPassword(sister, officer.userId),
      () => staff.endSessions(sister, officer.userId),
      () => staff.giveRole(sister, officer.userId, { role: Role.EMPLOYER }),
      () => staff.takeRole(sister, officer.userId, 'x'),
      () => staff.askRecovery(sister, officer.userId, 'گوشی‌اش گم شده'),
      () => staff.disable(above, 'nobody', true),
    ])
      expect(await refusal(act())).toBe('NOT_FOUND');
  });

  it('is given one more role once, and one is taken while another stays; a session ends with it', async () => {
    const more = { role: Role.ASSESSOR, provinceCode: `${n}` };
    const { token } = await signIn();
    await staff.giveRole(above, officer.userId, more);
    const { grants, roles } = await staff.giveRole(above, officer.userId, more);
    expect(roles).toEqual([Role.COUNTY_OFFICER, Role.ASSESSOR]);
    expect(await sessions.standing(token)).not.toBeNull();

    expect(await staff.takeRole(above, officer.userId, grants[1]!.id)).toMatchObject({ roles: [Role.COUNTY_OFFICER] });
    expect(await sessions.standing(token)).toBeNull();
    expect(await refusal(staff.takeRole(above, officer.userId, grants[0]!.id))).toBe('LAST_ROLE');
    expect(await refusal(staff.takeRole(above, officer.userId, grants[1]!.id))).toBe('NOT_FOUND');
    expect(await refusal(staff.giveRole(above, officer.userId, { role: Role.TRAINER }))).toBe('FORBIDDEN');
    expect(await refusal(staff.giveRole(above, officer.userId, { role: Role.COUNTY_OFFICER }))).toBe('BAD_USER_INPUT');
  });

  it('has every session ended by the office, and comes in again', async () => {
    const { token } = await signIn();
    await staff.endSessions(above, officer.userId);
    expect(await sessions.standing(token)).toBeNull();
    expect(await refusal(signIn())).toBe('done');
  });

  it('and is disabled: every session ends at once, and no password opens the account', async () => {
    const { token } = await signIn();
    await staff.disable(above, officer.userId, true);
    expect(await sessions.standing(token)).toBeNull();
    expect(await refusal(signIn())).toBe('WRONG_PASSWORD');
    clock.forward(2_000);
    await staff.disable(above, officer.userId, false);
    expect(await refusal(signIn())).toBe('done');
  });
});

describe('the rules of a second factor', () => {
  const now = new Date('2026-11-21T00:00:00Z');
  const days = (many: number) => new Date(now.getTime() + many * DAY);
  it.each([
    ['nobody asks, nothing there', null, false, false, null],
    ['nobody asks, but there is one', null, false, true, 'CODE'],
    ['asked thirteen days ago', days(-13), false, false, null],
    ['asked fourteen days ago', days(-14), false, false, 'FACTOR'],
    ['asked, and there is one', days(-99), false, true, 'CODE'],
    ['asked, in the own network', days(-99), true, true, null],
  ])('%s', (_, requiredSince, inOwnNetwork, has, expected) => {
    expect(lackingFactor({ requiredSince, inOwnNetwork, has, graceFrom: days(-99) }, now)).toBe(expected);
  });

  it('places stand below their offices', () => {
    expect(placesUpFrom('/15/o/')).toEqual(['/', '/15/', '/15/o/']);
    expect(placesUpFrom('/')).toEqual(['/']);
    expect(placeOf({ role: Role.CASE_WORKER, userId: 'u', provinceCode: '15', branchId: 'b' })).toBe('/15/b/');
  });

  it('an address that is none lies in no network', () => expect(isInNetworks('', ['192.0.2.0/24'])).toBe(false));
});
