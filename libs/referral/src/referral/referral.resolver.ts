import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor } from '@app/access';
import { orRefused, PageArgs } from '@app/platform';
import { BehindTheWall } from '../behind-the-wall.js';
import {
  ReferPersonInput,
  ReferPersonResult,
  ReferralArgs,
  ReferralDetail,
  ReferralPage,
  ReferralRefused,
} from './referral.graphql.js';
import type { BranchActor } from './referral.policy.js';
import { ReferralService } from './referral.service.js';

@Resolver()
export class ReferralResolver {
  constructor(private readonly referrals: ReferralService) {}

  @BehindTheWall()
  @Query(() => ReferralPage, { name: 'referrals', description: 'The people of the own branch; each look is on record' })
  list(@CurrentActor() actor: BranchActor, @Args() page: PageArgs) {
    return this.referrals.list(actor, page);
  }

  @BehindTheWall()
  @Query(() => ReferralDetail, { name: 'referral', description: 'All that is known of one; each look is on record' })
  get(@CurrentActor() actor: BranchActor, @Args() { id }: ReferralArgs) {
    return this.referrals.get(actor, id);
  }

  @BehindTheWall()
  @Mutation(() => ReferPersonResult, { description: 'Notes a person whom the branch sends to learn' })
  referPerson(@CurrentActor() actor: BranchActor, @Args('input') input: ReferPersonInput) {
    return orRefused(ReferralRefused, this.referrals.refer(actor, input));
  }
}
