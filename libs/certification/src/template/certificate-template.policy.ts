import { In, type FindOperator } from 'typeorm';
import { type Actor, Role } from '@app/access';
import { Forbidden } from '@app/platform';
import { COUNTRY } from './certificate-template.entity.js';

/** Who gives certificates their form: a province for itself, the national office for all that have no form of their own. */
export const DESIGNERS: [Role, ...Role[]] = [Role.NATIONAL_OFFICER, Role.PROVINCIAL_OFFICER];

/** The scope an actor designs for. @throws Forbidden the role designs nothing */
export function scopeOf(actor: Actor): string {
  if (actor.role === Role.NATIONAL_OFFICER) return COUNTRY;
  if (actor.role === Role.PROVINCIAL_OFFICER) return actor.provinceCode;
  throw new Forbidden();
}

/** The templates an actor sees: the own ones and the country's. */
export const templatesSeenBy = (actor: Actor): { scope: FindOperator<string> } => ({
  scope: In([...new Set([scopeOf(actor), COUNTRY])]),
});
