import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { orRefused, PageArgs } from '@app/platform';
import type { Actor } from '../actor.rules.js';
import { Allow, CurrentActor, InPerson } from '../allow.js';
import {
  AgreementRefused,
  AgreementRequestPage,
  AgreementResult,
  ColleagueType,
  DeclineRequestInput,
  DeputyResult,
  DeputyType,
  NameDeputyInput,
} from './agreement.graphql.js';
import { OF_AN_OFFICE } from './agreement.rules.js';
import { Agreements } from './agreements.service.js';
import { Deputies } from './deputies.service.js';

/** What takes two people: what waits for the caller, what the caller has asked, and who stands in for whom. */
@Resolver()
export class AgreementResolver {
  constructor(
    private readonly agreements: Agreements,
    private readonly deputies: Deputies,
  ) {}

  @InPerson()
  @Allow(...OF_AN_OFFICE)
  @Query(() => AgreementRequestPage, { description: 'What waits for the caller to agree, the oldest first' })
  requestsToAgree(@CurrentActor() actor: Actor, @Args() page: PageArgs) {
    return this.agreements.toAgree(actor, page);
  }

  @InPerson()
  @Allow(...OF_AN_OFFICE)
  @Query(() => AgreementRequestPage, { description: 'What the caller has asked of another, the latest first' })
  requestsAsked(@CurrentActor() actor: Actor, @Args() page: PageArgs) {
    return this.agreements.asked(actor, page);
  }

  @InPerson()
  @Allow(...OF_AN_OFFICE)
  @Mutation(() => AgreementResult, { description: 'Agrees to what another has asked; it is done at once' })
  agreeToRequest(@CurrentActor() actor: Actor, @Args('requestId', { type: () => ID }) requestId: string) {
    return orRefused(AgreementRefused, this.agreements.agree(actor, requestId));
  }

  @InPerson()
  @Allow(...OF_AN_OFFICE)
  @Mutation(() => AgreementResult, { description: 'Says no to what another has asked, and why' })
  declineRequest(@CurrentActor() actor: Actor, @Args('input') { requestId, answer }: DeclineRequestInput) {
    return orRefused(AgreementRefused, this.agreements.decline(actor, requestId, answer));
  }

  @InPerson()
  @Allow(...OF_AN_OFFICE)
  @Mutation(() => AgreementResult, { description: 'Takes back what the caller has asked' })
  withdrawRequest(@CurrentActor() actor: Actor, @Args('requestId', { type: () => ID }) requestId: string) {
    return orRefused(AgreementRefused, this.agreements.withdraw(actor, requestId));
  }

  @InPerson()
  @Allow(...OF_AN_OFFICE)
  @Query(() => [ColleagueType], { description: 'Those of the own office, whom the caller may name as deputy' })
  colleagues(@CurrentActor() actor: Actor) {
    return this.deputies.colleagues(actor);
  }

  @InPerson()
  @Allow(...OF_AN_OFFICE)
  @Query(() => [DeputyType], { name: 'deputies', description: 'Who stands in for the caller, today or later' })
  ownDeputies(@CurrentActor() actor: Actor) {
    return this.deputies.own(actor);
  }

  @InPerson()
  @Allow(...OF_AN_OFFICE)
  @Mutation(() => DeputyResult, { description: 'Lets a colleague answer requests in place of the caller' })
  nameDeputy(@CurrentActor() actor: Actor, @Args('input') input: NameDeputyInput) {
    const named = this.deputies.name(actor, input).then((deputies) => ({ deputies }));
    return orRefused(AgreementRefused, named);
  }

  @InPerson()
  @Allow(...OF_AN_OFFICE)
  @Mutation(() => [DeputyType], { description: 'Ends it before its last day' })
  endDeputy(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string) {
    return this.deputies.end(actor, id);
  }
}
