import { beforeEach, describe, expect, it } from '@jest/globals';
import { Messages, mobileIndex, OutgoingMessage } from '@app/messaging';
import { readSettings, type Reads, type Refused, SYSTEM, type TooMany } from '@app/platform';
import { TestClock, testDatabase } from '@app/testing';
import { RoleGrant, UserAccount } from '../account/user-account.entity.js';
import { Passwords } from '../account/passwords.js';
import { Role } from '../actor.rules.js';
import { Sessions } from '../session/sessions.service.js';
import { SignInSession } from '../session/sign-in-session.entity.js';
import { endGraduateSessions, openNumber } from './graduate-accounts.service.js';
import { GraduateJobs } from './graduate.jobs.js';
import {
  ASKS_A_NUMBER,
  chosen,
  GraduateSignInRefusal as Refusal,
  mayBeTyped,
  mayGoOn,
  type PersonAtNumber,
  secondsToNextAsk,
} from './graduate.rules.js';
import { GraduateSignIn } from './graduate-sign-in.service.js';
import { Graduates } from './graduates.js';
import { GraduateNumber, OneTimePassword } from './one-time-password.entity.js';

const MINUTE = 60_000;
const now = new Date('2026-11-21T05:30:00.000Z');
const before = (minutes: number) => new Date(now.getTime() - minutes * MINUTE);
const password = { tries: 0, expiresAt: before(-3), passedAt: null, endedAt: null };

describe('the rules of one-time passwords', () => {
  it.each([
    ['fresh', {}, true],
    ['at its last moment', { expiresAt: new Date(now.getTime() + 1) }, true],
    ['three minutes old', { expiresAt: now }, false],
    ['tried four times', { tries: 4 }, true],
    ['tried five times', { tries: 5 }, false],
    ['used', { passedAt: now }, false],
    ['followed by a newer one', { endedAt: now }, false],
  ])('let one be typed that is %s: %j', (_, change, expected) => {
    expect(mayBeTyped({ ...password, ...change }, now)).toBe(expected);
  });

  it('let the birth date follow for ten minutes', () => {
    expect(mayGoOn({ ...password, passedAt: before(9) }, now)).toBe(true);
    expect(mayGoOn({ ...password, passedAt: before(10) }, now)).toBe(false);
    expect(mayGoOn({ ...password, passedAt: before(1), endedAt: now }, now)).toBe(false);
    expect(mayGoOn(password, now)).toBe(false);
  });

  it.each([
    ['none was asked for', [], 0],
    ['two were in a quarter of an hour', [1, 2], 0],
    ['three were, the first ten minutes ago', [1, 5, 10], 5 * 60],
    ['three were, the first twenty minutes ago', [1, 5, 20], 0],
    ['ten were today, the first twenty hours ago', [20, 40, 60, 80, 100, 120, 140, 160, 180, 20 * 60], 4 * 3600],
  ])('wait when %s', (_, asked, seconds) => {
    expect(secondsToNextAsk(asked.map(before), ASKS_A_NUMBER, now)).toBe(seconds);
  });

  const person = (traineeId: string, birthDay: string | null, nationalIdEnd: string): PersonAtNumber => ({
    ...{ traineeId, birthDay, nationalIdEnd },
  });
  const family = [
    person('mother', '1970-05-01', '1111'),
    person('twin', '1999-02-02', '2222'),
    person('other twin', '1999-02-02', '3333'),
    person('without', null, '4444'),
  ];
  it.each([
    ['1970-05-01', null, 'mother'],
    ['1970-05-01', '9999', 'mother'],
    ['1970-05-02', null, Refusal.WRONG_BIRTH_DATE],
    ['1999-02-02', null, Refusal.NATIONAL_ID_NEEDED],
    ['1999-02-02', '3333', 'other twin'],
    ['1999-02-02', '1111', Refusal.WRONG_BIRTH_DATE],
  ])('choose among those of one number: %s %s', (birthDay, end, expected) => {
    const who = chosen(family, birthDay, end);
    expect(typeof who === 'string' ? who : who.traineeId).toBe(expected);
  });
});

describe('a graduate', () => {
  const clock = new TestClock();
  const db = testDatabase(clock);
  const people = new Map<string, PersonAtNumber[]>();
  class Register extends Graduates {
    at(tx: Reads, indexes: readonly string[]): Promise<PersonAtNumber[]> {
      return tx.query('SELECT 1').then(() => indexes.flatMap((index) => people.get(index) ?? []));
    }
  }
  let signIns: GraduateSignIn;
  let messages: Messages;
  let number: string;
  let address: string;
  let made = 0;
  const birthDay = '1990-01-01';

  const service = (more: Record<string, string> = {}) => {
    const settings = readSettings({ DATA_DIR: '/nowhere', ...more });
    messages = new Messages(clock, db.keys, settings);
    return new GraduateSignIn(db.database, clock, db.keys, settings, messages, new Register());
  };
  beforeEach(() => {
    clock.set('2026-11-21');
    made++;
    number = `0912${String(made).padStart(7, '0')}`;
    address = `192.0.2.${made}`;
    people.set(indexOf(number), [{ traineeId: `trainee-${made}`, birthDay, nationalIdEnd: '1234' }]);
    signIns = service();
  });
  const indexOf = (mobile: string) => mobileIndex(db.keys, mobile);
  const latest = () =>
    db.database.read(
      async (tx) => (await tx.repo(OutgoingMessage).find({ order: { id: 'DESC' }, take: 1 }))[0] as OutgoingMessage,
    );
  /** Asks for a password and reads it off the message. */
  const ask = async (mobile = number) => {
    const { token } = await signIns.ask({ mobile }, address);
    const { code } = JSON.parse((await latest()).parameters ?? '') as { code: string };
    return { token, code, wrong: code === '000000' ? '111111' : '000000' };
  };
  const passed = async (mobile = number) => {
    const { token, code } = await ask(mobile);
    return (await signIns.enter(token, code)).token;
  };
  const refusal = (answer: Promise<unknown>): Promise<string> =>
    answer.then(
      () => 'done',
      ({ reason, detail, code }: Refused & TooMany) =>
        reason ? `${reason} ${String(detail.triesLeft ?? '')}`.trim() : code,
    );

  it('comes in by number, password and birth date, for as long as a look takes', async () => {
    const { token } = await signIns.enterBirthDate(await passed(`+98${number.slice(1)}`), { birthDay });
    const session = await new Sessions(db.database, clock).standing(token);
    expect(session).toMatchObject({ role: Role.GRADUATE, traineeId: `trainee-${made}`, provinceCode: null });
    expect(session?.expiresAt).toEqual(new Date(clock.now().getTime() + 120 * MINUTE));
    clock.forward(15 * MINUTE);
    expect(await new Sessions(db.database, clock).standing(token)).toBeNull();
    clock.forward(20 * MINUTE);
    await signIns.enterBirthDate(await passed(), { birthDay });
    const account = await db.database.read((tx) => tx.get(UserAccount, { userName: `graduate/trainee-${made}` }));
    expect(await db.count(RoleGrant, { userId: account.id })).toBe(1);
    expect(await new Passwords().verify(account.passwordHash, '')).toBe(false);
    expect(await db.database.write(SYSTEM, (tx) => endGraduateSessions(tx, `trainee-${made}`))).toBe(2);
    expect(await db.count(SignInSession, { userId: account.id })).toBe(0);
  });

  it('types the password in any digits, once, and only in the browser that asked', async () => {
    const { token, code } = await ask();
    const persian = code.replace(/\d/g, (digit) => String.fromCharCode(0x06f0 + Number(digit)));
    expect(await refusal(signIns.enter('another browser', code))).toBe(Refusal.PASSWORD_ENDED);
    expect(await refusal(signIns.enter(null, code))).toBe(Refusal.PASSWORD_ENDED);
    const { token: next } = await signIns.enter(token, ` ${persian.slice(0, 3)} ${persian.slice(3)} `);
    expect(await refusal(signIns.enter(token, code))).toBe(Refusal.PASSWORD_ENDED);
    expect(await refusal(signIns.enter(next, code))).toBe(Refusal.PASSWORD_ENDED);
    expect(await refusal(signIns.enterBirthDate(token, { birthDay }))).toBe(Refusal.PASSWORD_ENDED);
    expect(await refusal(signIns.enterBirthDate(next, { birthDay }))).toBe('done');
    expect(await refusal(signIns.enterBirthDate(next, { birthDay }))).toBe(Refusal.PASSWORD_ENDED);
  });

  it('has five tries, and the right one comes too late after them', async () => {
    const { token, code, wrong } = await ask();
    for (const left of [4, 3, 2, 1, 0])
      expect(await refusal(signIns.enter(token, wrong))).toBe(`${Refusal.WRONG_PASSWORD} ${left}`);
    expect(await refusal(signIns.enter(token, code))).toBe(Refusal.PASSWORD_ENDED);
  });

  it('has five tries also when a hundred come at once', async () => {
    const { token, code, wrong } = await ask();
    const answers = await Promise.all(Array.from({ length: 100 }, () => refusal(signIns.enter(token, wrong))));
    expect(answers.filter((answer) => answer.startsWith(Refusal.WRONG_PASSWORD))).toHaveLength(5);
    expect(await refusal(signIns.enter(token, code))).toBe(Refusal.PASSWORD_ENDED);
  });

  it('has three minutes, and a newer password ends the older', async () => {
    const first = await ask();
    const second = await ask();
    expect(await refusal(signIns.enter(first.token, first.code))).toBe(Refusal.PASSWORD_ENDED);
    clock.forward(3 * MINUTE);
    expect(await refusal(signIns.enter(second.token, second.code))).toBe(Refusal.PASSWORD_ENDED);
  });

  it('is kept as a digest, and an event holds ids alone', async () => {
    const { code, token } = await ask();
    const [row] = await db.dataSource.query('SELECT * FROM one_time_password ORDER BY createdAt DESC, id DESC LIMIT 1');
    for (const secret of [code, token, number]) expect(JSON.stringify(row)).not.toContain(secret);
    expect((await db.events('OneTimePasswordAsked')).at(-1)).toEqual({ passwordId: expect.any(String) });
  });

  it('asks three times in a quarter of an hour and ten times a day, however many come at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => refusal(signIns.ask({ mobile: number }, address))),
    );
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(3);
    expect(answers.filter((answer) => answer === Refusal.ASKED_TOO_OFTEN)).toHaveLength(9);
    for (let day = 3; day < 10; day++) {
      clock.forward(16 * MINUTE);
      expect(await refusal(signIns.ask({ mobile: number }, address))).toBe('done');
    }
    clock.forward(16 * MINUTE);
    expect(await refusal(signIns.ask({ mobile: number }, address))).toBe(Refusal.ASKED_TOO_OFTEN);
    clock.forward(24 * 60 * MINUTE);
    expect(await refusal(signIns.ask({ mobile: number }, address))).toBe('done');
  });

  it('shares twenty an hour with everyone at the address, and the hour with everyone', async () => {
    const from = (n: number) =>
      refusal(signIns.ask({ mobile: `0935${String(made * 100 + n).padStart(7, '0')}` }, address));
    const answers: string[] = [];
    for (let n = 0; n < 22; n++) answers.push(await from(n));
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(20);
    expect(answers.slice(20)).toEqual(['TOO_MANY', 'TOO_MANY']);

    clock.forward(24 * 60 * MINUTE);
    signIns = service({ ONE_TIME_PASSWORDS_AN_HOUR: '2' });
    const all: string[] = [];
    for (let n = 0; n < 4; n++) {
      address = `198.51.100.${n}`;
      all.push(await from(n));
    }
    expect(all).toEqual(['done', 'done', 'TOO_MANY', 'TOO_MANY']);
    clock.forward(60 * MINUTE);
    expect(await from(5)).toBe('done');
  });

  it('waits when so many wrong ones come from everywhere, and then goes on', async () => {
    signIns = service({ WRONG_PASSWORDS_IN_TEN_MINUTES: '3' });
    const { token, code, wrong } = await ask();
    clock.forward(24 * 60 * MINUTE);
    const attacked = await ask(`0935${String(made).padStart(7, '0')}`);
    expect(token).not.toBe(attacked.token);
    for (let n = 0; n < 3; n++) await refusal(signIns.enter(attacked.token, attacked.wrong));
    expect(await refusal(signIns.enter(attacked.token, attacked.wrong))).toBe('TOO_MANY');
    const own = await ask();
    expect(await refusal(signIns.enter(own.token, own.code))).toBe('TOO_MANY');
    expect([code, wrong]).toHaveLength(2);
    clock.forward(10 * MINUTE);
    const later = await ask();
    expect(await refusal(signIns.enter(later.token, later.code))).toBe('done');
  });

  it('has five birth dates, then only the office opens the number, for the right one too', async () => {
    let browser = await passed();
    const wrong = { birthDay: '1991-01-01' };
    for (const left of [4, 3, 2, 1])
      expect(await refusal(signIns.enterBirthDate(browser, wrong))).toBe(`${Refusal.WRONG_BIRTH_DATE} ${left}`);
    expect(await refusal(signIns.enterBirthDate(browser, wrong))).toBe(Refusal.SHUT);
    clock.forward(24 * 60 * MINUTE);
    browser = await passed();
    expect(await refusal(signIns.enterBirthDate(browser, { birthDay }))).toBe(Refusal.SHUT);
    expect(await db.database.write(SYSTEM, (tx) => openNumber(tx, [indexOf(number)]))).toBe(true);
    expect(await refusal(signIns.enterBirthDate(browser, { birthDay }))).toBe('done');
    expect(await db.database.write(SYSTEM, (tx) => openNumber(tx, [indexOf(number)]))).toBe(false);
  });

  it('has five birth dates also when many come at once', async () => {
    const browser = await passed();
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        refusal(signIns.enterBirthDate(browser, { birthDay: `19${String(60 + n)}-03-03` })),
      ),
    );
    expect(answers.filter((answer) => answer.startsWith(Refusal.WRONG_BIRTH_DATE))).toHaveLength(4);
    expect((await db.events('BirthDateFailed')).filter(({ shut }) => shut).length).toBeGreaterThan(0);
  });

  it('is found among several people of one number, twins by the end of the national ID', async () => {
    people.set(indexOf(number), [
      { traineeId: 'mother', birthDay: '1970-05-01', nationalIdEnd: '1111' },
      { traineeId: 'twin', birthDay, nationalIdEnd: '2222' },
      { traineeId: 'other twin', birthDay, nationalIdEnd: '3333' },
    ]);
    const browser = await passed();
    expect(await refusal(signIns.enterBirthDate(browser, { birthDay }))).toBe(Refusal.NATIONAL_ID_NEEDED);
    const { session } = await signIns.enterBirthDate(browser, { birthDay, nationalIdEnd: '۳۳۳۳' });
    expect(session.traineeId).toBe('other twin');
  });

  describe('whom nobody knows', () => {
    /** What a step sends to the database: statements without their values. */
    const statementsOf = async (work: () => Promise<unknown>) => {
      const { statements } = db.statements;
      const from = statements.length;
      const answer = await refusal(work());
      return { answer, statements: statements.slice(from).map((sql) => sql.replace(/'[^']*'/g, '?')) };
    };
    const tally = () =>
      db.database.read(async (tx) => {
        const counts: Record<string, number> = {};
        for (const { tableName } of db.dataSource.entityMetadatas)
          counts[tableName] = Number((await tx.query<{ n: number }>(`SELECT COUNT(*) AS n FROM ${tableName}`))[0]?.n);
        return counts;
      });
    const effectOf = async (work: () => Promise<unknown>) => {
      const earlier = await tally();
      const told = await statementsOf(work);
      const later = await tally();
      const rows = Object.fromEntries(
        Object.entries(later)
          .map(([name, n]) => [name, n - (earlier[name] ?? 0)] as const)
          .filter(([, n]) => n !== 0),
      );
      return { ...told, rows };
    };

    it('gets the same answers by the same statements, rows, events and jobs at every step', async () => {
      const steps = async (mobile: string) => {
        const seen: object[] = [];
        let token = '';
        seen.push(await effectOf(async () => ({ token } = await signIns.ask({ mobile }, address))));
        const { code } = JSON.parse((await latest()).parameters ?? '') as { code: string };
        seen.push(await effectOf(() => signIns.enter(token, code === '000000' ? '111111' : '000000')));
        seen.push(await effectOf(async () => ({ token } = await signIns.enter(token, code))));
        for (let n = 0; n < 6; n++)
          seen.push(await effectOf(() => signIns.enterBirthDate(token, { birthDay: `1950-01-0${n + 1}` })));
        return seen;
      };
      const known = await steps(number);
      address = `203.0.113.${made}`;
      const unknown = await steps(`0999${String(made).padStart(7, '0')}`);
      expect(unknown).toEqual(known);
      expect(known[0]).toMatchObject({ answer: 'done', rows: { one_time_password: 1, outgoing_message: 1 } });
    });

    it('is asked about in no statement while a password is asked for or typed', async () => {
      const { statements } = await statementsOf(() => signIns.ask({ mobile: number }, address));
      expect(statements.join()).not.toMatch(/trainee|SELECT 1/);
    });

    it('has a message that never leaves the house', async () => {
      await signIns.ask({ mobile: '09990000000' }, address);
      const stranger = await latest();
      await signIns.ask({ mobile: number }, address);
      const wanted = [stranger, await latest()].map((message) =>
        db.database.read((tx) => messages.isWanted(tx, message)),
      );
      expect(await Promise.all(wanted)).toEqual([false, true]);
    });
  });

  it('is forgotten when the limits look back no more', async () => {
    const { token } = await ask();
    await new GraduateJobs(db.database, clock).forgetPasswords();
    expect(await refusal(signIns.enter(token, 'x'))).toContain(Refusal.WRONG_PASSWORD);
    clock.forward(49 * 60 * MINUTE);
    await new GraduateJobs(db.database, clock).forgetPasswords();
    expect(await db.count(OneTimePassword, { mobileIndex: indexOf(number) })).toBe(0);
    expect(await db.count(GraduateNumber, { id: indexOf(number) })).toBe(0);
  });
});
