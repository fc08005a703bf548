import type { FindOptionsWhere } from 'typeorm';
import { type Actor, Role } from '@app/access';
import { Forbidden } from '@app/platform';
import { type Office, OfficeKind } from './office.entity.js';

/** Who may see offices at all. */
export const officeViewers = [
  Role.NATIONAL_OFFICER,
  Role.PROVINCIAL_OFFICER,
  Role.ASSESSOR,
  Role.COUNTY_OFFICER,
] as const;

/** The offices an actor may see: the country's all, a province's with its counties, a county's own. */
export function officesSeenBy(actor: Actor): FindOptionsWhere<Office> {
  switch (actor.role) {
    case Role.NATIONAL_OFFICER:
      return {};
    case Role.PROVINCIAL_OFFICER:
    case Role.ASSESSOR:
      return { provinceCode: actor.provinceCode };
    case Role.COUNTY_OFFICER:
      return { id: actor.officeId };
    case Role.ADMINISTRATOR:
    case Role.INSTITUTE_MANAGER:
    case Role.TRAINER:
      throw new Forbidden();
  }
}

/** The one office whose settings an actor keeps: the own one. */
export function officeKeptBy(actor: Actor): FindOptionsWhere<Office> {
  switch (actor.role) {
    case Role.NATIONAL_OFFICER:
      return { kind: OfficeKind.NATIONAL };
    case Role.PROVINCIAL_OFFICER:
      return { kind: OfficeKind.PROVINCIAL, provinceCode: actor.provinceCode };
    case Role.COUNTY_OFFICER:
      return { id: actor.officeId };
    case Role.ASSESSOR:
    case Role.ADMINISTRATOR:
    case Role.INSTITUTE_MANAGER:
    case Role.TRAINER:
      throw new Forbidden();
  }
}

/** What an actor may do with an office. */
export enum OfficeAction {
  SET_CLOSED_WEEKDAYS = 'SET_CLOSED_WEEKDAYS',
}

/** The same rows as `officeKeptBy`, for one office in hand. */
export function officeActions(actor: Actor, office: Pick<Office, 'id' | 'kind' | 'provinceCode'>): OfficeAction[] {
  const own =
    (actor.role === Role.NATIONAL_OFFICER && office.kind === OfficeKind.NATIONAL) ||
    (actor.role === Role.PROVINCIAL_OFFICER &&
      office.kind === OfficeKind.PROVINCIAL &&
      office.provinceCode === actor.provinceCode) ||
    (actor.role === Role.COUNTY_OFFICER && office.id === actor.officeId);
  return own ? [OfficeAction.SET_CLOSED_WEEKDAYS] : [];
}
