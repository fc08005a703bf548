import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/access';
import { Clock, Database } from '@app/platform';
import { AssociationBranch } from './branch.entity.js';
import { BranchRegistered } from './branch.events.js';
import type { RegisterBranchInput } from './branch.graphql.js';
import { trailAfter } from './branch.rules.js';

/** The branches of the support association: registered by who keeps the system, and led from then on by their own people. */
@Injectable()
export class BranchService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  register(administrator: Actor, { name, provinceCode }: RegisterBranchInput): Promise<AssociationBranch> {
    return this.db.write(administrator, async (tx) => {
      const trail = trailAfter(await tx.repo(AssociationBranch).count());
      if (!trail) throw new Error('There are as many branches as there are names of trails');
      const branch = await tx.insert(AssociationBranch, { name, provinceCode, trail, createdAt: this.clock.now() });
      tx.emit(BranchRegistered, { branchId: branch.id });
      return branch;
    });
  }

  list(): Promise<AssociationBranch[]> {
    return this.db.read((tx) => tx.repo(AssociationBranch).find({ order: { provinceCode: 'ASC', id: 'ASC' } }));
  }
}
