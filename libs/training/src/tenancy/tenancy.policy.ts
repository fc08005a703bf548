import { type Actor, placePath, Role } from '@app/access';
import { Forbidden, under } from '@app/platform';

/** A place in the tree of tenancy, country > province > county > institute, or one trainer's own things. */
type Reach = { path: string } | { trainerId: string };

/**
 * What of training an actor reaches. Every policy of this lib asks here, so a new role does not compile until this has
 * answered for it, and a role without business in training reaches nothing.
 *
 * @throws Forbidden the role has no business in training
 */
export function reachOf(actor: Actor): Reach {
  switch (actor.role) {
    case Role.NATIONAL_OFFICER:
      return { path: placePath() };
    case Role.PROVINCIAL_OFFICER:
    case Role.ASSESSOR:
      return { path: placePath(actor.provinceCode) };
    case Role.COUNTY_OFFICER:
      return { path: placePath(actor.provinceCode, actor.officeId) };
    case Role.INSTITUTE_MANAGER:
      return { path: placePath(actor.provinceCode, actor.officeId, actor.instituteId) };
    case Role.TRAINER:
      return { trainerId: actor.trainerId };
    case Role.ADMINISTRATOR: // keeps the system and sees no trainee
    case Role.EXAMINER: // has business once there are sittings to be named for
    case Role.ASSOCIATION_MANAGER: // the association's side of the wall
    case Role.CASE_WORKER:
    case Role.EMPLOYER:
    case Role.GRADUATE: // own things are not reached by a place
      throw new Forbidden();
  }
}

/** Bounds on a table with a `path` and a `trainerId`: one indexed range, or the trainer's own rows. */
export function within(actor: Actor) {
  const reach = reachOf(actor);
  return 'path' in reach ? { path: under(reach.path) } : reach;
}

/** Those who stand at a place of the tree. */
export const AT_A_PLACE = [
  Role.NATIONAL_OFFICER,
  Role.PROVINCIAL_OFFICER,
  Role.ASSESSOR,
  Role.COUNTY_OFFICER,
  Role.INSTITUTE_MANAGER,
] as const;
/** Everyone who reaches anything of training. */
export const IN_TRAINING = [...AT_A_PLACE, Role.TRAINER] as const;
