import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type Actor, Allow, CurrentActor, Role } from '@app/access';
import { Forbidden, orRefused, PageArgs } from '@app/platform';
import { LookAtMePage, RevealPersonInput, RevealRefused, RevealResult } from './reveal.graphql.js';
import { revealers } from './reveal.policy.js';
import { RevealService } from './reveal.service.js';

@Resolver()
export class RevealResolver {
  constructor(private readonly reveals: RevealService) {}

  @Allow(...revealers)
  @Mutation(() => RevealResult, { description: 'Shows what lists mask of one person; the person can see who asked' })
  revealPerson(@CurrentActor() actor: Actor, @Args('input') input: RevealPersonInput) {
    return orRefused(RevealRefused, this.reveals.reveal(actor, input));
  }

  @Allow(Role.GRADUATE)
  @Query(() => LookAtMePage, {
    description: 'Who has looked at the own data behind the mask, and why, the latest first',
  })
  looksAtMe(@CurrentActor() actor: Actor, @Args() page: PageArgs) {
    if (actor.role !== Role.GRADUATE) throw new Forbidden();
    return this.reveals.looksAt(actor, page);
  }
}
