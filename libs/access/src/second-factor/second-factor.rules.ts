import { toAsciiDigits } from '@app/persian';
import { type Bounds, placePath } from '../access.rules.js';
import { type Actor, Role } from '../actor.rules.js';

/** B1: who may be asked for a second factor: offices, the association and who keeps the system. */
export const ASKED_FOR_A_FACTOR: readonly Role[] = [
  Role.ADMINISTRATOR,
  Role.NATIONAL_OFFICER,
  Role.PROVINCIAL_OFFICER,
  Role.COUNTY_OFFICER,
  Role.ASSESSOR,
  Role.ASSOCIATION_MANAGER,
  Role.CASE_WORKER,
];

/** B1: who sets it, each for the own place and what lies below. */
export const RULE_SETTERS = [
  Role.NATIONAL_OFFICER,
  Role.PROVINCIAL_OFFICER,
  Role.COUNTY_OFFICER,
  Role.ASSOCIATION_MANAGER,
] as const;

/** B2: days in which people sign in without it after it was asked for, or after they lost it and were let in again. */
export const GRACE_DAYS = 14;
export const CODES_A_SHEET = 10;

export enum SecondFactorRefusal {
  /** Not a network such as 192.0.2.0/24 or 2001:db8::/48. */
  NOT_A_NETWORK = 'NOT_A_NETWORK',
  /** So wide a network says nothing about who is in it: at least /16, with IPv6 at least /32. */
  NETWORK_TOO_WIDE = 'NETWORK_TOO_WIDE',
}

/** The place of a grant whose setting is its own. */
export function placeOf(holder: Actor | Bounds): string {
  const { provinceCode = null, officeId = null, branchId = null } = holder as Partial<Bounds>;
  return placePath(provinceCode, branchId ?? officeId);
}

/** A place and all above it, the country first. */
export function placesUpFrom(path: string): string[] {
  const parts = path.split('/').slice(1, -1);
  return ['/', ...parts.map((_, i) => placePath(...parts.slice(0, i + 1)))];
}

/** What stands of an account's second factor at sign-in. */
export interface FactorState {
  /** Since when an office asks for it; null when none does. */
  requiredSince: Date | null;
  /** Whether the caller is in a network of the own office. */
  inOwnNetwork: boolean;
  /** Whether the account has an authenticator or unused codes. */
  has: boolean;
  /** When the account began, or was let in again. */
  graceFrom: Date;
}

/** B2: the last moment to set one up; null when nothing is asked for or there is one. */
export const factorDueAt = ({ requiredSince, has, graceFrom }: Omit<FactorState, 'inOwnNetwork'>): Date | null =>
  requiredSince === null || has
    ? null
    : new Date(Math.max(requiredSince.getTime(), graceFrom.getTime()) + GRACE_DAYS * 24 * 3_600_000);

/** B1 to B3: what a right password still lacks. Who has a second factor is asked for it, whether the office does or not. */
export function lackingFactor(state: FactorState, now: Date): 'CODE' | 'FACTOR' | null {
  if (state.inOwnNetwork) return null;
  if (state.has) return 'CODE';
  const due = factorDueAt(state);
  return due !== null && now >= due ? 'FACTOR' : null;
}

/** A code as it is compared: digits of any keyboard, without spaces and dashes, and letters that are not mistaken for digits. */
export const codeForm = (typed: string): string =>
  toAsciiDigits(typed)
    .replace(/[\s\u200c-]/g, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
