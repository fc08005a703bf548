import { type Actor, Role } from '@app/access';
import { Forbidden } from '@app/platform';
import { type RunBounds, runsSeenBy } from '@app/training';

/** Who orders certificates. */
export const ISSUERS: [Role, ...Role[]] = [Role.COUNTY_OFFICER, Role.PROVINCIAL_OFFICER];

/** Who sees the certificates of the course runs they see. */
export const VIEWERS: [Role, ...Role[]] = [
  Role.COUNTY_OFFICER,
  Role.PROVINCIAL_OFFICER,
  Role.NATIONAL_OFFICER,
  Role.ASSESSOR,
  Role.INSTITUTE_MANAGER,
];

/**
 * The course runs whose certificates an actor may order: the `where` of the query.
 *
 * @throws Forbidden the role never issues
 */
export function runsIssuedBy(actor: Actor): RunBounds {
  if (!ISSUERS.includes(actor.role)) throw new Forbidden();
  return runsSeenBy(actor);
}

/**
 * The enrolments whose certificates are the actor's own.
 *
 * @throws Forbidden the role has none
 */
export function enrolmentsOwnedBy(actor: Actor): { traineeId: string } {
  if (actor.role !== Role.GRADUATE) throw new Forbidden();
  return { traineeId: actor.traineeId };
}

/**
 * The course runs whose certificates an actor may see.
 *
 * @throws Forbidden the role sees none
 */
export function runsCertifiedFor(actor: Actor): RunBounds {
  if (!VIEWERS.includes(actor.role)) throw new Forbidden();
  return runsSeenBy(actor);
}
