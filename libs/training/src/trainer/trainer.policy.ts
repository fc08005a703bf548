import { type FindOptionsWhere, Raw } from 'typeorm';
import { type Actor, Role } from '@app/access';
import { conditions, Forbidden } from '@app/platform';
import { IN_TRAINING, reachOf, within } from '../tenancy/tenancy.policy.js';
import type { Trainer } from './trainer.entity.js';

/** Who may see trainers at all. */
export const trainerViewers = IN_TRAINING;

/** The trainers an actor may see. A county appoints any trainer of its province. */
export function trainersSeenBy(actor: Actor): FindOptionsWhere<Trainer> {
  const reach = reachOf(actor);
  if ('trainerId' in reach) return { id: reach.trainerId };
  if ('instituteId' in actor)
    return {
      id: Raw(
        (id) => `${id} IN (SELECT a.trainerId FROM trainer_appointment a WHERE a.instituteId = :ownInstituteId)`,
        { ownInstituteId: actor.instituteId },
      ),
    };
  return 'provinceCode' in actor ? { provinceCode: actor.provinceCode } : {};
}

/** The appointments an actor may see: a condition on `a` (the appointment) and `i` (its institute). */
export function appointmentsSeenBy(actor: Actor): { sql: string; values: unknown[] } {
  const reach = within(actor);
  return 'path' in reach ? conditions('i', reach) : conditions('a', reach);
}

/** The province whose trainers an actor registers and appoints. */
export function trainersKeptBy(actor: Actor): { provinceCode: string } {
  if (actor.role !== Role.COUNTY_OFFICER) throw new Forbidden();
  return { provinceCode: actor.provinceCode };
}
