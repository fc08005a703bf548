import { type Actor, Role } from '@app/access';
import { Forbidden } from '@app/platform';

/** Who works in a branch: the only ones to whom anything of this lib is open. */
export const BRANCH_PEOPLE = [Role.ASSOCIATION_MANAGER, Role.CASE_WORKER] as const;

/** Somebody of a branch. */
export type BranchActor = Extract<Actor, { branchId: string }>;

/**
 * The referrals an actor may see: those of the own branch.
 *
 * @throws Forbidden everyone else, whatever they may see elsewhere
 */
export function referralsOf(actor: Actor): { branchId: string } {
  if (actor.role !== Role.ASSOCIATION_MANAGER && actor.role !== Role.CASE_WORKER) throw new Forbidden();
  return { branchId: actor.branchId };
}
