import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor } from '@app/access';
import { orRefused } from '@app/platform';
import { BehindTheWall } from '../behind-the-wall.js';
import type { BranchActor } from '../referral/referral.policy.js';
import { OpenSeatsService } from './open-seats.service.js';
import {
  GiveSeatInput,
  GiveSeatResult,
  OpenSeats,
  OpenSeatsArgs,
  SponsorshipRefused,
  TakeBackSeatInput,
  TakeBackSeatResult,
} from './sponsorship.graphql.js';
import { SponsorshipService } from './sponsorship.service.js';

@Resolver()
export class SponsorshipResolver {
  constructor(
    private readonly sponsorships: SponsorshipService,
    private readonly seats: OpenSeatsService,
  ) {}

  @BehindTheWall()
  @Query(() => [OpenSeats], {
    name: 'openSeats',
    description: 'Runs of the province with free seats, the nearest first',
  })
  open(@CurrentActor() actor: BranchActor, @Args() args: OpenSeatsArgs) {
    return this.seats.list(actor, args);
  }

  @BehindTheWall()
  @Mutation(() => GiveSeatResult, { description: 'Gives a person the token of a seat' })
  giveSeat(@CurrentActor() actor: BranchActor, @Args('input') input: GiveSeatInput) {
    return orRefused(SponsorshipRefused, this.sponsorships.give(actor, input));
  }

  @BehindTheWall()
  @Mutation(() => TakeBackSeatResult, { description: 'Takes a token back that was not handed in' })
  takeBackSeat(@CurrentActor() actor: BranchActor, @Args('input') { seatId }: TakeBackSeatInput) {
    return orRefused(SponsorshipRefused, this.sponsorships.takeBack(actor, seatId));
  }
}
