import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { type Actor, Allow, CurrentActor, InPerson, Role } from '@app/access';
import { orRefused } from '@app/platform';
import { doers } from '../course-run/course-run.policy.js';
import {
  GiveSeatTokenInput,
  GiveSeatTokenResult,
  SeatRefused,
  SeatTokenInput,
  SettleSeatInput,
  SettleSeatResult,
  TakeBackSeatTokenResult,
} from './seat.graphql.js';
import { SeatTokens } from './seat-tokens.service.js';

type Officer = Extract<Actor, { role: Role.COUNTY_OFFICER }>;

@Resolver()
export class SeatResolver {
  constructor(private readonly tokens: SeatTokens) {}

  @InPerson()
  @Allow(Role.COUNTY_OFFICER)
  @Mutation(() => GiveSeatTokenResult, { description: 'Gives a token to someone who has paid for a seat' })
  giveSeatToken(@CurrentActor() actor: Officer, @Args('input') { runId }: GiveSeatTokenInput) {
    return orRefused(SeatRefused, this.tokens.giveByOffice(actor, runId));
  }

  @InPerson()
  @Allow(Role.COUNTY_OFFICER)
  @Mutation(() => TakeBackSeatTokenResult, { description: 'Takes a token back that was not used' })
  async takeBackSeatToken(@CurrentActor() actor: Officer, @Args('input') input: SeatTokenInput) {
    const taking = this.tokens.takeBackByOffice(actor, input).then((takenBack) => ({ takenBack }));
    return orRefused(SeatRefused, taking);
  }

  @Allow(...doers.ENROL)
  @Mutation(() => SettleSeatResult, { description: 'Settles a seat with a token; the same for everyone' })
  settleSeat(@CurrentActor() actor: Actor, @Args('input') input: SettleSeatInput) {
    return orRefused(SeatRefused, this.tokens.settle(actor, input));
  }
}
