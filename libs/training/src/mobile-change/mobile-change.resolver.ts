import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { type Actor, Allow, CurrentActor, InPerson, Role } from '@app/access';
import { orRefused } from '@app/platform';
import {
  ChangeMobileInput,
  MobileChangeRefused,
  MobileChangeResult,
  OpenGraduateSignInInput,
} from './mobile-change.graphql.js';
import { VOUCHERS } from './mobile-change.policy.js';
import { MobileChangeService } from './mobile-change.service.js';

@Resolver()
export class MobileChangeResolver {
  constructor(private readonly changes: MobileChangeService) {}

  @InPerson()
  @Allow(...VOUCHERS)
  @Mutation(() => MobileChangeResult, {
    description: 'Vouches for a new mobile number, which signs in after some days',
  })
  changeMobile(@CurrentActor() actor: Actor, @Args('input') input: ChangeMobileInput) {
    return orRefused(MobileChangeRefused, this.changes.vouch(actor, input));
  }

  @InPerson()
  @Allow(...VOUCHERS)
  @Mutation(() => Boolean, {
    description: 'Lets birth dates be tried again at the number of a person; true when it was shut',
  })
  openGraduateSignIn(@CurrentActor() actor: Actor, @Args('input') input: OpenGraduateSignInInput) {
    return this.changes.open(actor, input);
  }

  @InPerson()
  @Allow(Role.GRADUATE)
  @Mutation(() => MobileChangeResult, { description: 'Says no to a new mobile number that waits' })
  objectToMobileChange(@CurrentActor() actor: Actor) {
    return orRefused(MobileChangeRefused, this.changes.object(actor));
  }
}
