import { Role } from './actor.rules.js';

/** The ids a role is bound by: what of the country its holder reaches. */
export interface Bounds {
  provinceCode: string | null;
  officeId: string | null;
  instituteId: string | null;
  trainerId: string | null;
  /** A branch of the support association. */
  branchId: string | null;
  traineeId: string | null;
}

/** A role with its bounds: what one grant of a person says. */
export interface RoleInBounds extends Bounds {
  role: Role;
}

export const BOUNDS = ['provinceCode', 'officeId', 'instituteId', 'trainerId', 'branchId', 'traineeId'] as const;

/** A1: the ids each role must have. It has no other. */
export const boundsOf: Record<Role, (keyof Bounds)[]> = {
  [Role.ADMINISTRATOR]: [],
  [Role.NATIONAL_OFFICER]: [],
  [Role.PROVINCIAL_OFFICER]: ['provinceCode'],
  [Role.COUNTY_OFFICER]: ['provinceCode', 'officeId'],
  [Role.ASSESSOR]: ['provinceCode'],
  [Role.INSTITUTE_MANAGER]: ['provinceCode', 'officeId', 'instituteId'],
  [Role.TRAINER]: ['provinceCode', 'trainerId'],
  [Role.EXAMINER]: ['provinceCode'],
  [Role.ASSOCIATION_MANAGER]: ['provinceCode', 'branchId'],
  [Role.CASE_WORKER]: ['provinceCode', 'branchId'],
  [Role.EMPLOYER]: ['provinceCode'],
  [Role.GRADUATE]: ['traineeId'],
};

/** The place of these ids in the tree of tenancy: country, province, county, institute. `/` is the country. */
export const placePath = (...ids: (string | null)[]): string =>
  ['', ...ids.filter((id) => id !== null), ''].join('/').replace('//', '/');

/** A2: whom each role may invite: the next lower level. The first administrator comes from the command line. */
export const invitedBy: Record<Role, Role[]> = {
  [Role.ADMINISTRATOR]: [Role.NATIONAL_OFFICER, Role.PROVINCIAL_OFFICER, Role.COUNTY_OFFICER, Role.ASSOCIATION_MANAGER],
  [Role.NATIONAL_OFFICER]: [Role.PROVINCIAL_OFFICER],
  [Role.PROVINCIAL_OFFICER]: [Role.COUNTY_OFFICER, Role.ASSESSOR],
  [Role.COUNTY_OFFICER]: [Role.INSTITUTE_MANAGER, Role.TRAINER, Role.EMPLOYER],
  [Role.ASSESSOR]: [Role.EXAMINER],
  [Role.INSTITUTE_MANAGER]: [],
  [Role.TRAINER]: [],
  [Role.EXAMINER]: [],
  [Role.ASSOCIATION_MANAGER]: [Role.CASE_WORKER],
  [Role.CASE_WORKER]: [],
  [Role.EMPLOYER]: [],
  [Role.GRADUATE]: [],
};

/** What is to be said besides a role when this actor gives it: the ids that bound it and not the actor. */
export const boundsToName = (actor: object, role: Role): (keyof Bounds)[] =>
  boundsOf[role].filter((name) => !(name in actor));

/** Those who may invite anyone at all. */
export const INVITERS = Object.values(Role).filter((role) => invitedBy[role].length > 0) as [Role, ...Role[]];

/** The bounds that are missing for a role, or that it does not have. */
export const wrongBounds = (grant: RoleInBounds): (keyof Bounds)[] =>
  BOUNDS.filter((name) => boundsOf[grant.role].includes(name) !== (grant[name] !== null));

/** Why a role is not taken. */
export enum RoleRefusal {
  /** It is the only one: who should do nothing any more is disabled. */
  LAST_ROLE = 'LAST_ROLE',
}

export interface SessionLimits {
  /** A session that was not used for so long has ended. */
  idleMinutes: number;
  /** A session ends so long after sign-in, used or not. */
  absoluteMinutes: number;
}

/**
 * A3: how long a session lasts where the table of settings says nothing else of its role. Our default of 2026-11; the
 * longest idle time OWASP names for work like this.
 */
const WORKING_DAY: SessionLimits = { idleMinutes: 30, absoluteMinutes: 12 * 60 };
/** A3: of graduates, who often share the telephone or the computer they look at their papers with. */
const A_LOOK: SessionLimits = { idleMinutes: 15, absoluteMinutes: 2 * 60 };

/** A3: what holds for a role of which the table of settings says nothing. */
export const usualLimits = (role: Role): SessionLimits => (role === Role.GRADUATE ? A_LOOK : WORKING_DAY);

/** A session's `lastSeenAt` is written at most so often. */
export const SEEN_EVERY_MINUTES = 1;

/** A4: how long an invitation may be accepted. */
export const INVITATION_HOURS = 72;
export const ADMINISTRATOR_INVITATION_HOURS = 24;
/** A4: how long the link for a new password works. */
export const PASSWORD_RESET_HOURS = 24;

export enum SignInRefusal {
  /** The user name or the password is wrong; which one is not told. */
  WRONG_PASSWORD = 'WRONG_PASSWORD',
  /** Too many wrong tries for this user name: wait. */
  LOCKED = 'LOCKED',
  /** The password is right; a code of the second factor must come with it. */
  CODE_NEEDED = 'CODE_NEEDED',
  /** The code is wrong, too old, or was used before. */
  WRONG_CODE = 'WRONG_CODE',
  /** The office asks for a second factor, the days to set one up are over: an office above lets the person in again. */
  SECOND_FACTOR_MISSING = 'SECOND_FACTOR_MISSING',
}

/** Failed tries in a row, of one user name or from one address. */
export interface Tries {
  failed: number;
  lastFailedAt: Date;
  lockedUntil: Date | null;
}

interface TryLimits {
  /** Failures without any wait. */
  free: number;
  /** Failures are forgotten after so long without another. */
  forgottenAfterMinutes: number;
}

/** A5: the first failure of a user name already costs a second; people of one office share an address. */
export const USER_NAME_TRIES: TryLimits = { free: 0, forgottenAfterMinutes: 24 * 60 };
export const ADDRESS_TRIES: TryLimits = { free: 30, forgottenAfterMinutes: 60 };

const LONGEST_WAIT_SECONDS = 15 * 60;

/** Whole seconds until the next try may be made; 0 when it may be made now. */
export const waitSeconds = (tries: Pick<Tries, 'lockedUntil'> | null, now: Date): number =>
  Math.max(0, Math.ceil(((tries?.lockedUntil?.getTime() ?? 0) - now.getTime()) / 1000));

/** A5: what one more failure leaves: a wait of 1, 2, 4 … seconds, at most 15 minutes, so that nobody is locked out for good. */
export function afterFailure(tries: Tries | null, limits: TryLimits, now: Date): Tries {
  const forgotten = !tries || now.getTime() - tries.lastFailedAt.getTime() > limits.forgottenAfterMinutes * 60_000;
  const failed = (forgotten ? 0 : tries.failed) + 1;
  const waited = failed - limits.free;
  const seconds = waited > 0 ? Math.min(2 ** Math.min(waited - 1, 20), LONGEST_WAIT_SECONDS) : 0;
  return { failed, lastFailedAt: now, lockedUntil: seconds > 0 ? new Date(now.getTime() + seconds * 1000) : null };
}

/** When a session of a browser ends whatever happens. */
export const sessionEnd = ({ absoluteMinutes }: SessionLimits, signedInAt: Date): Date =>
  new Date(signedInAt.getTime() + absoluteMinutes * 60_000);

/** A3: whether a session still stands. A token of a program or a device is not idle between its calls. */
export const sessionStands = (
  { idles, lastSeenAt, expiresAt }: { idles: boolean; lastSeenAt: Date; expiresAt: Date },
  { idleMinutes }: Pick<SessionLimits, 'idleMinutes'>,
  now: Date,
): boolean => now < expiresAt && (!idles || now.getTime() - lastSeenAt.getTime() < idleMinutes * 60_000);

/** A8: how long a token of another program may last, and how long one of a device does. */
export const PROGRAM_DAYS = 365;
export const DEVICE_DAYS = 30;

/** A8: all that a device may do: read its sheets, send their marks, and change its token for the next. */
export const DEVICE_SCOPES = ['attendanceSheet', 'markAttendance', 'rotateDeviceToken'];

/** A user name in the one form it is stored and compared in. */
export const userNameForm = (typed: string): string => typed.normalize('NFKC').trim().toLowerCase();

/** The part of an address that one caller holds: an IPv4 address whole, of an IPv6 address the network. */
export function callerNetwork(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped) return mapped[1] as string;
  if (!address.includes(':')) return address;
  const [head, tail = ''] = address.toLowerCase().split('%')[0]!.split('::') as [string, string?];
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const groups = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
