import { type Bounds, boundsOf, placePath } from '../access.rules.js';
import { type Actor, Role } from '../actor.rules.js';

/** G1: what takes two people. Each is registered once, by the lib that does it. */
export enum AgreementKind {
  SESSION_LIMITS = 'SESSION_LIMITS', // how long sessions of a role last
  SECOND_FACTOR_RULE = 'SECOND_FACTOR_RULE', // what an office asks of its people at sign-in
  SECOND_FACTOR_RECOVERY = 'SECOND_FACTOR_RECOVERY', // letting somebody in who lost theirs
  CERTIFICATE_TEMPLATE = 'CERTIFICATE_TEMPLATE', // by which form certificates are issued
  CERTIFICATE_REVOCATION = 'CERTIFICATE_REVOCATION',
  TRAINEE_MERGE = 'TRAINEE_MERGE', // one person who stands in the register twice
  PEOPLE_EXPORT = 'PEOPLE_EXPORT', // the people of an office as one file
  KEY_ROTATION = 'KEY_ROTATION', // the key that seals personal data
}

export enum AgreementState {
  WAITING = 'WAITING',
  DONE = 'DONE', // another has agreed, and it was done in the same unit
  DECLINED = 'DECLINED',
  WITHDRAWN = 'WITHDRAWN', // by who asked
  FAILED = 'FAILED', // agreed to, but by then it could no longer be done
}

/** What a request is about, one line of it. */
export enum AgreementDetailName {
  ROLE = 'ROLE',
  IDLE_MINUTES = 'IDLE_MINUTES',
  ABSOLUTE_MINUTES = 'ABSOLUTE_MINUTES',
  REQUIRED = 'REQUIRED',
  NETWORKS = 'NETWORKS',
  ACCOUNT = 'ACCOUNT',
  TITLE = 'TITLE',
  VERSION = 'VERSION',
  SCOPE = 'SCOPE',
  SERIAL = 'SERIAL',
  HOLDER = 'HOLDER',
  KEPT_PERSON = 'KEPT_PERSON',
  MERGED_PERSON = 'MERGED_PERSON',
  ENROLMENTS = 'ENROLMENTS',
  OFFICE = 'OFFICE',
  PEOPLE = 'PEOPLE',
  KEY = 'KEY',
}

/** Why a request is not asked, answered or taken back, or a deputy not named: rules G2 to G5 of the README. */
export enum AgreementRefusal {
  SAME_PERSON = 'SAME_PERSON', // G2: who asked never agrees
  NOT_WAITING = 'NOT_WAITING', // G3: it was answered or taken back before
  DEPUTY_IS_SELF = 'DEPUTY_IS_SELF', // G5
  DAYS_REVERSED = 'DAYS_REVERSED', // G5: the last day lies before the first
  DAYS_OVER = 'DAYS_OVER', // G5: the last day has passed
}

/** Where people work together: only within one may somebody be another's deputy. */
const houseOf: Partial<Record<Role, 'SYSTEM' | 'ORGANISATION' | 'ASSOCIATION'>> = {
  [Role.ADMINISTRATOR]: 'SYSTEM',
  [Role.NATIONAL_OFFICER]: 'ORGANISATION',
  [Role.PROVINCIAL_OFFICER]: 'ORGANISATION',
  [Role.COUNTY_OFFICER]: 'ORGANISATION',
  [Role.ASSESSOR]: 'ORGANISATION',
  [Role.ASSOCIATION_MANAGER]: 'ASSOCIATION',
  [Role.CASE_WORKER]: 'ASSOCIATION',
};

/** Those who belong to an office or a branch: they ask, agree, and stand in for one another. */
export const OF_AN_OFFICE = Object.keys(houseOf) as [Role, ...Role[]];

/** G4: whose office lies above each. */
const above: Partial<Record<Role, Role>> = {
  [Role.COUNTY_OFFICER]: Role.PROVINCIAL_OFFICER,
  [Role.ASSESSOR]: Role.PROVINCIAL_OFFICER,
  [Role.PROVINCIAL_OFFICER]: Role.NATIONAL_OFFICER,
  [Role.NATIONAL_OFFICER]: Role.ADMINISTRATOR,
  [Role.ASSOCIATION_MANAGER]: Role.ADMINISTRATOR,
};

/** Whose requests reach each role from one level below. */
export const rolesBelow = (role: Role): Role[] => Object.values(Role).filter((lower) => above[lower] === role);

/** A desk in the tree of tenancy: a role at a place, with whoever sits there. */
export interface Desk {
  role: Role;
  place: string;
}

export const deskOf = (holder: { role: Role } & Partial<Bounds>): Desk => ({
  role: holder.role,
  place: placePath(...placeIds(holder)),
});

/** G4: the desk one level above, or null at the top. */
export function deskAbove({ role, place }: Desk): Desk | null {
  const higher = above[role];
  if (!higher) return null;
  return { role: higher, place: placePath(...place.split('/').filter(Boolean).slice(0, boundsOf[higher].length)) };
}

/** Who may agree: a desk, and for whom it is done. */
export interface Right extends Desk {
  userId: string;
}

/**
 * G2: whether this right agrees to a request: the same desk or the one above it, and neither who asked nor, as a deputy,
 * in the name of who asked.
 */
export function mayAgree(request: Desk & { askedById: string }, { role, place, userId }: Right): boolean {
  const next = deskAbove(request);
  const isNear = [request, next].some((desk) => desk?.role === role && desk.place === place);
  return isNear && request.askedById !== userId;
}

/** Whether two work in the same office: the same house at the same place. */
export const sameOffice = (one: { role: Role } & Partial<Bounds>, other: { role: Role } & Partial<Bounds>): boolean =>
  houseOf[one.role] !== undefined &&
  houseOf[one.role] === houseOf[other.role] &&
  deskOf(one).place === deskOf(other).place;

/** The roles that work in the same office as this one. */
export const rolesOfHouse = (role: Role): Role[] => OF_AN_OFFICE.filter((one) => houseOf[one] === houseOf[role]);

/** G5: why nobody stands in for somebody else in these days. `YYYY-MM-DD`, Gregorian, in Iran. */
export function refuseDeputy(
  { userId }: Pick<Actor, 'userId'>,
  { deputyId, from, to }: { deputyId: string; from: string; to: string },
  today: string,
): AgreementRefusal | null {
  if (deputyId === userId) return AgreementRefusal.DEPUTY_IS_SELF;
  if (to < from) return AgreementRefusal.DAYS_REVERSED;
  return to < today ? AgreementRefusal.DAYS_OVER : null;
}

const placeIds = ({ provinceCode = null, officeId = null, branchId = null }: Partial<Bounds>) => [
  provinceCode,
  branchId ?? officeId,
];
