import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type Actor, Allow, CurrentActor, InPerson, Role } from '@app/access';
import { Branch, RegisterBranchInput } from './branch.graphql.js';
import { BranchService } from './branch.service.js';

@Resolver()
export class BranchResolver {
  constructor(private readonly branches: BranchService) {}

  @InPerson()
  @Allow(Role.ADMINISTRATOR)
  @Query(() => [Branch], { name: 'branches', description: 'The branches of the support association' })
  list() {
    return this.branches.list();
  }

  @InPerson()
  @Allow(Role.ADMINISTRATOR)
  @Mutation(() => Branch, { description: 'Registers a branch, whose manager may then be invited' })
  registerBranch(@CurrentActor() actor: Actor, @Args('input') input: RegisterBranchInput) {
    return this.branches.register(actor, input);
  }
}
