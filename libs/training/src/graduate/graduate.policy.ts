import { type Actor, Role } from '@app/access';
import { Forbidden } from '@app/platform';

/**
 * The rows of a trainee or graduate that are their own: the `where` of every query about them.
 *
 * @throws Forbidden the role has no own things here
 */
export function ownOf(actor: Actor): { traineeId: string } {
  if (actor.role !== Role.GRADUATE) throw new Forbidden();
  return { traineeId: actor.traineeId };
}
