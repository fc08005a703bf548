import { type Actor, Role } from '@app/access';
import { Forbidden } from '@app/platform';
import { type RunBounds, runsSeenBy } from '../course-run/course-run.policy.js';

/** N2: who vouches for people: the county office of a course run of theirs. */
export const VOUCHERS: [Role, ...Role[]] = [Role.COUNTY_OFFICER];

/**
 * The course runs for whose people an actor vouches.
 *
 * @throws Forbidden the role vouches for nobody
 */
export function runsVouchedFor(actor: Actor): RunBounds {
  if (!VOUCHERS.includes(actor.role)) throw new Forbidden();
  return runsSeenBy(actor);
}
