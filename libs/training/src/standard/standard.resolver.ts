import { Args, Query, Resolver } from '@nestjs/graphql';
import { Allow, SIGNED_IN } from '@app/access';
import { StandardsArgs, TrainingStandardPage } from './standard.graphql.js';
import { StandardService } from './standard.service.js';

@Resolver()
export class StandardResolver {
  constructor(private readonly service: StandardService) {}

  @Allow(SIGNED_IN)
  @Query(() => TrainingStandardPage, { description: 'Training standards in Persian order' })
  standards(@Args() args: StandardsArgs) {
    return this.service.standards(args);
  }
}
