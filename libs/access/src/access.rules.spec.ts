import { describe, expect, it } from '@jest/globals';
import {
  ADDRESS_TRIES,
  afterFailure,
  boundsOf,
  callerNetwork,
  invitedBy,
  sessionStands,
  type Tries,
  USER_NAME_TRIES,
  userNameForm,
  usualLimits,
  waitSeconds,
  wrongBounds,
} from './access.rules.js';
import { actorOf } from './access.guard.js';
import { inBounds } from './account/accounts.service.js';
import { hashedAtOnce, passwordForm, refusePassword, refuseUserName } from './account/password.rules.js';
import { Role } from './actor.rules.js';

const now = new Date('2026-11-21T05:30:00.000Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);

describe('waits after failed tries', () => {
  const waits = (times: number, limits: typeof USER_NAME_TRIES) => {
    let tries: Tries | null = null;
    return Array.from({ length: times }, () => waitSeconds((tries = afterFailure(tries, limits, now)), now));
  };

  it('grow from one second to fifteen minutes and no further', () => {
    expect(waits(13, USER_NAME_TRIES)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
  });

  it('begin for an address after thirty failures', () => {
    expect(waits(33, ADDRESS_TRIES).slice(28)).toEqual([0, 0, 1, 2, 4]);
  });

  it('are forgotten a day after the last failure of a name, an hour after that of an address', () => {
    const many = { failed: 40, lastFailedAt: now, lockedUntil: null };
    expect(afterFailure(many, USER_NAME_TRIES, later(86_400)).failed).toBe(41);
    expect(afterFailure(many, USER_NAME_TRIES, later(86_401)).failed).toBe(1);
    expect(afterFailure(many, ADDRESS_TRIES, later(3_601)).failed).toBe(1);
  });

  it('end at the second they name', () => {
    const locked = { failed: 1, lastFailedAt: now, lockedUntil: later(2) };
    expect([0, 1.5, 2, 3].map((seconds) => waitSeconds(locked, later(seconds)))).toEqual([2, 1, 0, 0]);
  });
});

describe('a session', () => {
  it.each([
    ['is fresh', 0, 3600, true],
    ['was used 29 minutes and 59 seconds ago', 1799, 3600, true],
    ['was used 30 minutes ago', 1800, 3600, false],
    ['is in its last second', 0, 1, true],
    ['is at its end', 0, 0, false],
  ])('%s', (_, idle, left, expected) => {
    const session = { idles: true, lastSeenAt: later(-idle), expiresAt: later(left) };
    expect(sessionStands(session, usualLimits(Role.TRAINER), now)).toBe(expected);
  });
});

describe('roles', () => {
  it.each(Object.values(Role))('%s acts with exactly the ids that bound it', (role) => {
    const all = { provinceCode: '23', officeId: 'o', instituteId: 'i', trainerId: 't', branchId: 'b', traineeId: 'g' };
    const { role: acted, userId, ...ids } = actorOf({ role, userId: 'u', ...all });
    expect([acted, userId]).toEqual([role, 'u']);
    expect(Object.keys(ids).sort()).toEqual([...boundsOf[role]].sort());
  });

  it('never act without an id that bounds them', () => {
    expect(() => actorOf({ userId: 'u', ...inBounds({ role: Role.COUNTY_OFFICER, provinceCode: '23' }) })).toThrow(
      'has no officeId',
    );
  });

  it('invite the next lower level only', () => {
    expect(invitedBy).toEqual({
      ADMINISTRATOR: ['NATIONAL_OFFICER', 'PROVINCIAL_OFFICER', 'COUNTY_OFFICER', 'ASSOCIATION_MANAGER'],
      NATIONAL_OFFICER: ['PROVINCIAL_OFFICER'],
      PROVINCIAL_OFFICER: ['COUNTY_OFFICER', 'ASSESSOR'],
      COUNTY_OFFICER: ['INSTITUTE_MANAGER', 'TRAINER', 'EMPLOYER'],
      ASSESSOR: ['EXAMINER'],
      INSTITUTE_MANAGER: [],
      TRAINER: [],
      EXAMINER: [],
      ASSOCIATION_MANAGER: ['CASE_WORKER'],
      CASE_WORKER: [],
      EMPLOYER: [],
      GRADUATE: [],
    });
  });

  it('name the bounds that are missing or too many', () => {
    expect(wrongBounds(inBounds({ role: Role.COUNTY_OFFICER, provinceCode: '23', trainerId: 't' }))).toEqual([
      'officeId',
      'trainerId',
    ]);
    expect(wrongBounds(inBounds({ role: Role.TRAINER, provinceCode: '23', trainerId: 't' }))).toEqual([]);
  });
});

describe('the hashing of passwords', () => {
  it.each([
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 3],
    [64, 3],
  ])('leaves a core of %i for others, and a thread: %i at once', (cores, atOnce) => {
    expect(hashedAtOnce(cores)).toBe(atOnce);
  });
});

describe('a password', () => {
  it.each([
    ['seven letters', 'abcd-ef', false],
    ['eight letters', 'abcd-efg', true],
    ['eight Persian letters', 'گل‌بهاری۱۴', true],
    ['128 letters', 'کوه'.repeat(42) + 'دش', true],
    ['129 letters', 'کوه'.repeat(43), false],
    ['spaces only', '          ', false],
    ['a well-known one', 'Password123', false],
    ['"password" on a Persian keyboard', 'حشسسصخقی', false],
    ['the upper row on a Persian keyboard', 'ضصثقفغعه', false],
    ['a well-known one with Arabic letters and Persian digits', 'يامهدي۳۱۳', false],
    ['a run of digits', '۲۳۴۵۶۷۸۹', false],
    ['one letter again and again', 'آآآآآآآآآ', false],
    ['the user name and a year', 'm.karimi1404', false],
    ['a sentence with the user name in it', 'm.karimi drinks tea at five', true],
  ])('6.2 of %s', (_, password, taken) => {
    expect(refusePassword(password, 'm.karimi') === null).toBe(taken);
  });

  it('is the same on every keyboard', () => {
    expect(passwordForm('كتابي ٤٢')).toBe(passwordForm('کتابی ۴۲'));
    expect(passwordForm('Ketab')).not.toBe(passwordForm('ketab'));
  });
});

describe('a user name', () => {
  it.each([
    ['M.Karimi ', true],
    ['ab', false],
    ['.karimi', false],
    ['کریمی', false],
    ['a b c', false],
  ])('%s', (typed, taken) => {
    expect(refuseUserName(userNameForm(typed)) === null).toBe(taken);
  });

  it('is one whatever its case', () => expect(userNameForm(' M.KARIMI')).toBe('m.karimi'));
});

describe('the network of a caller', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:DB8:1:2::9', '2001:db8:1:2'],
    ['2001:0db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['', ''],
  ])('%s', (address, network) => expect(callerNetwork(address)).toBe(network));
});
