import { type Actor, Role } from '@app/access';
import { Forbidden } from '@app/platform';

/** The office that keeps the forms. */
export const STOCK_KEEPERS: [Role, ...Role[]] = [Role.COUNTY_OFFICER];

/**
 * The forms and printers of the actor's office.
 *
 * @throws Forbidden the role keeps no forms
 */
export function stockOf(actor: Actor): { officeId: string } {
  if (actor.role !== Role.COUNTY_OFFICER) throw new Forbidden();
  return { officeId: actor.officeId };
}
