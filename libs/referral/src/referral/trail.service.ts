import type { By, Reads } from '@app/platform';
import { AssociationBranch } from '../branch/branch.entity.js';
import type { BranchActor } from './referral.policy.js';

/**
 * Who does it, for the trail: in the branch's own chain, so that whoever reads the trail of the province does not learn
 * whom a branch looks at.
 *
 * @throws NotFound the branch is not registered
 */
export async function inOwnTrail(tx: Reads, { userId, branchId }: BranchActor): Promise<By> {
  const { trail } = await tx.get(AssociationBranch, { id: branchId });
  return { userId, provinceCode: trail };
}
