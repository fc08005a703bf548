import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Denials } from '@app/access';
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

/** What people of a branch are denied stands in the branch's own trail: the province does not learn what they tried. */
@Injectable()
export class DeniedInOwnTrail implements OnModuleInit {
  constructor(private readonly denials: Denials) {}

  onModuleInit(): void {
    this.denials.standElsewhere(async (tx, actor) => ('branchId' in actor ? inOwnTrail(tx, actor) : null));
  }
}
