import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type Actor, Allow, CurrentActor } from '@app/access';
import { orRefused } from '@app/platform';
import { viewers } from '../course-run/course-run.policy.js';
import { OrderPaperInput, OrderPaperResult, OrderPaperRefused, RunPapers } from './paper.graphql.js';
import { PAPER_USERS } from './paper.policy.js';
import { PaperService } from './paper.service.js';

@Resolver()
export class PaperResolver {
  constructor(private readonly papers: PaperService) {}

  @Allow(...viewers)
  @Query(() => RunPapers, { description: 'The papers about a course run, and those that may be ordered' })
  runPapers(@CurrentActor() actor: Actor, @Args('runId', { type: () => ID }) runId: string) {
    return this.papers.list(actor, runId);
  }

  @Allow(...PAPER_USERS)
  @Mutation(() => OrderPaperResult, { description: 'Orders a paper about a course run; a job draws it' })
  orderPaper(@CurrentActor() actor: Actor, @Args('input') input: OrderPaperInput) {
    return orRefused(OrderPaperRefused, this.papers.order(actor, input));
  }
}
