import type { FindOptionsWhere } from 'typeorm';
import { type Actor, placePath, Role } from '@app/access';
import { Forbidden, under } from '@app/platform';
import { AT_A_PLACE, reachOf, within } from '../tenancy/tenancy.policy.js';
import type { Office } from './office.entity.js';

/** Who works in an office and keeps its settings. */
export const officers = [Role.NATIONAL_OFFICER, Role.PROVINCIAL_OFFICER, Role.COUNTY_OFFICER] as const;
/** Who may see offices at all. The administrator lets people into each of them. */
export const officeViewers = [Role.ADMINISTRATOR, ...AT_A_PLACE.filter((role) => role !== Role.INSTITUTE_MANAGER)] as [
  Role,
  ...Role[],
];

/** The offices an actor may see: the country's all, a province's with its counties, a county's own. */
export function officesSeenBy(actor: Actor): FindOptionsWhere<Office> {
  if (actor.role === Role.ADMINISTRATOR) return { path: under(placePath()) };
  const reach = within(actor);
  if (!officeViewers.includes(actor.role) || !('path' in reach)) throw new Forbidden();
  return reach;
}

/** The one office whose settings an actor keeps: the own one. */
export function officeKeptBy(actor: Actor): { path: string } {
  const reach = reachOf(actor);
  if (!isOfficer(actor) || !('path' in reach)) throw new Forbidden();
  return reach;
}

const isOfficer = ({ role }: Actor): boolean => (officers as readonly Role[]).includes(role);

/** What an actor may do with an office. */
export enum OfficeAction {
  SET_CLOSED_WEEKDAYS = 'SET_CLOSED_WEEKDAYS',
}

/** The same rows as `officeKeptBy`, for one office in hand. */
export const officeActions = (actor: Actor, { path }: Pick<Office, 'path'>): OfficeAction[] =>
  isOfficer(actor) && officeKeptBy(actor).path === path ? Object.values(OfficeAction) : [];
