import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { type Actor, Allow, CurrentActor, InPerson } from '@app/access';
import { orRefused } from '@app/platform';
import { officers } from '../office/office.policy.js';
import { TraineeMergeService } from './trainee-merge.service.js';
import { MergeRefused, MergeTraineesInput, MergeTraineesResult } from './trainee.graphql.js';

@Resolver()
export class TraineeResolver {
  constructor(private readonly merges: TraineeMergeService) {}

  @InPerson()
  @Allow(...officers)
  @Mutation(() => MergeTraineesResult, {
    description: 'Asks to make one of two records of one person; it is done when another agrees',
  })
  mergeTrainees(@CurrentActor() actor: Actor, @Args('input') { purpose, ...two }: MergeTraineesInput) {
    return orRefused(MergeRefused, this.merges.ask(actor, two, purpose));
  }
}
