import { type FindOptionsWhere, Raw } from 'typeorm';
import { type Actor, Role } from '@app/access';
import { Forbidden } from '@app/platform';
import type { Trainer } from './trainer.entity.js';

/** Who may see trainers at all. */
export const trainerViewers = [
  Role.NATIONAL_OFFICER,
  Role.PROVINCIAL_OFFICER,
  Role.ASSESSOR,
  Role.COUNTY_OFFICER,
  Role.INSTITUTE_MANAGER,
  Role.TRAINER,
] as const;

/** The trainers an actor may see. A county appoints any trainer of its province. */
export function trainersSeenBy(actor: Actor): FindOptionsWhere<Trainer> {
  switch (actor.role) {
    case Role.NATIONAL_OFFICER:
      return {};
    case Role.PROVINCIAL_OFFICER:
    case Role.ASSESSOR:
    case Role.COUNTY_OFFICER:
      return { provinceCode: actor.provinceCode };
    case Role.INSTITUTE_MANAGER:
      return {
        id: Raw(
          (id) => `${id} IN (SELECT a.trainerId FROM trainer_appointment a WHERE a.instituteId = :ownInstituteId)`,
          {
            ownInstituteId: actor.instituteId,
          },
        ),
      };
    case Role.TRAINER:
      return { id: actor.trainerId };
    case Role.ADMINISTRATOR:
      throw new Forbidden();
  }
}

/**
 * The appointments an actor may see: those with this value in a column of `a` (the appointment) or `i` (its
 * institute); null is all.
 */
export function appointmentsSeenBy(actor: Actor): { column: string; value: string } | null {
  switch (actor.role) {
    case Role.NATIONAL_OFFICER:
      return null;
    case Role.PROVINCIAL_OFFICER:
    case Role.ASSESSOR:
      return { column: 'i.provinceCode', value: actor.provinceCode };
    case Role.COUNTY_OFFICER:
      return { column: 'i.officeId', value: actor.officeId };
    case Role.INSTITUTE_MANAGER:
      return { column: 'a.instituteId', value: actor.instituteId };
    case Role.TRAINER:
      return { column: 'a.trainerId', value: actor.trainerId };
    case Role.ADMINISTRATOR:
      throw new Forbidden();
  }
}

/** The province whose trainers an actor registers and appoints. */
export function trainersKeptBy(actor: Actor): { provinceCode: string } {
  if (actor.role !== Role.COUNTY_OFFICER) throw new Forbidden();
  return { provinceCode: actor.provinceCode };
}
