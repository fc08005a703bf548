import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { type Actor, Allow, CurrentActor } from '@app/access';
import { orRefused } from '@app/platform';
import { doers } from '../course-run/course-run.policy.js';
import { EnrolmentRefused, EnrolmentResult, EnrolTraineeInput, WithdrawEnrolmentInput } from './enrolment.graphql.js';
import { EnrolmentService } from './enrolment.service.js';

@Resolver()
export class EnrolmentResolver {
  constructor(private readonly enrolments: EnrolmentService) {}

  @Allow(...doers.ENROL)
  @Mutation(() => EnrolmentResult, { description: 'Gives one person a seat in a course run' })
  enrolTrainee(@CurrentActor() actor: Actor, @Args('input') input: EnrolTraineeInput) {
    return orRefused(EnrolmentRefused, this.enrolments.enrol(actor, input));
  }

  @Allow(...doers.ENROL)
  @Mutation(() => EnrolmentResult, { description: 'Gives up a seat; it is free for another at once' })
  withdrawEnrolment(@CurrentActor() actor: Actor, @Args('input') input: WithdrawEnrolmentInput) {
    return orRefused(EnrolmentRefused, this.enrolments.withdraw(actor, input));
  }
}
