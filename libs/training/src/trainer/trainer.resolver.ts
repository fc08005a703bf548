import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type Actor, Allow, CurrentActor, Role } from '@app/access';
import { orRefused } from '@app/platform';
import {
  AppointmentRefused,
  AppointTrainerInput,
  AppointTrainerResult,
  RegisterTrainerInput,
  RegisterTrainerResult,
  TrainerPage,
  TrainerRefused,
  TrainersArgs,
} from './trainer.graphql.js';
import { trainerViewers } from './trainer.policy.js';
import { TrainerService } from './trainer.service.js';

@Resolver()
export class TrainerResolver {
  constructor(private readonly service: TrainerService) {}

  @Allow(...trainerViewers)
  @Query(() => TrainerPage, { description: 'Trainers the caller may see, in Persian order of the family name' })
  trainers(@CurrentActor() actor: Actor, @Args() args: TrainersArgs) {
    return this.service.trainers(actor, args);
  }

  @Allow(Role.COUNTY_OFFICER)
  @Mutation(() => RegisterTrainerResult, { description: 'Registers a trainer with the trainer card' })
  registerTrainer(@CurrentActor() actor: Actor, @Args('input') input: RegisterTrainerInput) {
    return orRefused(TrainerRefused, this.service.register(actor, input));
  }

  @Allow(Role.COUNTY_OFFICER)
  @Mutation(() => AppointTrainerResult, {
    description: 'Lets a trainer teach a standard in an institute of the county',
  })
  appointTrainer(@CurrentActor() actor: Actor, @Args('input') input: AppointTrainerInput) {
    return orRefused(AppointmentRefused, this.service.appoint(actor, input));
  }
}
