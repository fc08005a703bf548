import { type FindOptionsWhere, Raw } from 'typeorm';
import { type Actor, Role } from '@app/access';
import { Forbidden } from '@app/platform';
import { IN_TRAINING, within } from '../tenancy/tenancy.policy.js';
import type { Institute } from './institute.entity.js';

/** Who may see institutes at all. */
export const instituteViewers = IN_TRAINING;

/** The institutes an actor may see. One outside them is "not found": nobody learns that it exists. */
export function institutesSeenBy(actor: Actor): FindOptionsWhere<Institute> {
  const reach = within(actor);
  if ('path' in reach) return reach;
  return {
    id: Raw((id) => `${id} IN (SELECT a.instituteId FROM trainer_appointment a WHERE a.trainerId = :ownTrainerId)`, {
      ownTrainerId: reach.trainerId,
    }),
  };
}

/** The institutes an actor registers and keeps: a county officer those of the own county. */
export function institutesKeptBy(actor: Actor): { officeId: string } {
  if (actor.role !== Role.COUNTY_OFFICER) throw new Forbidden();
  return { officeId: actor.officeId };
}

/** What an actor may do with an institute. */
export enum InstituteAction {
  RENEW_LICENCE = 'RENEW_LICENCE',
  ADD_ROOM = 'ADD_ROOM',
  APPOINT_TRAINER = 'APPOINT_TRAINER',
  SET_CLOSED_WEEKDAYS = 'SET_CLOSED_WEEKDAYS',
}

/** The same rows as `institutesKeptBy`, for one institute in hand. */
export const instituteActions = (actor: Actor, { officeId }: Pick<Institute, 'officeId'>): InstituteAction[] =>
  actor.role === Role.COUNTY_OFFICER && actor.officeId === officeId ? Object.values(InstituteAction) : [];
