import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { AgreementRequestType } from '../agreement/agreement.graphql.js';
import { type Actor, Role } from '../actor.rules.js';
import { Allow, CurrentActor, CurrentSession, InPerson, SIGNED_IN, STAFF } from '../allow.js';
import { LIMIT_SETTERS, SessionLimitsService } from './session-limits.service.js';
import { Sessions, type StandingSession } from './sessions.service.js';
import {
  AccessToken,
  CreateDeviceTokenInput,
  CreateTokenInput,
  OwnSession,
  SessionLimitsType,
  SetSessionLimitsInput,
} from './tokens.graphql.js';
import { Tokens } from './tokens.service.js';

/** The own sessions and tokens, and how long those of each role last. */
@Resolver()
export class TokensResolver {
  constructor(
    private readonly own: Sessions,
    private readonly tokens: Tokens,
    private readonly limits: SessionLimitsService,
  ) {}

  @InPerson()
  @Allow(SIGNED_IN)
  @Query(() => [OwnSession], { description: 'The own sessions and tokens that stand, the last used first' })
  sessions(@CurrentSession() session: StandingSession) {
    return this.own.own(session);
  }

  @InPerson()
  @Allow(SIGNED_IN)
  @Mutation(() => Boolean, { description: 'Ends one of the own sessions, or revokes a token' })
  endSession(@CurrentSession() session: StandingSession, @Args('id', { type: () => ID }) id: string) {
    return this.own.end(session, id);
  }

  @InPerson()
  @Allow(SIGNED_IN)
  @Mutation(() => Int, { description: 'Ends all own sessions and tokens but this one, and tells how many' })
  endOtherSessions(@CurrentSession() session: StandingSession) {
    return this.own.endOthers(session);
  }

  @InPerson()
  @Allow(...STAFF)
  @Mutation(() => AccessToken, { description: 'Makes a token for another program, in the role of this session' })
  createToken(@CurrentSession() session: StandingSession, @Args('input') input: CreateTokenInput) {
    return this.tokens.create(session, input);
  }

  @InPerson()
  @Allow(Role.TRAINER, Role.INSTITUTE_MANAGER)
  @Mutation(() => AccessToken, { description: 'Makes a token for a device that takes attendance offline' })
  createDeviceToken(@CurrentSession() session: StandingSession, @Args('input') { name }: CreateDeviceTokenInput) {
    return this.tokens.createForDevice(session, name);
  }

  @Allow(Role.TRAINER, Role.INSTITUTE_MANAGER)
  @Mutation(() => AccessToken, { description: "A device's next token; the old one ends when this one is first used" })
  rotateDeviceToken(@CurrentSession() session: StandingSession) {
    return this.tokens.rotate(session);
  }

  @InPerson()
  @Allow(...LIMIT_SETTERS)
  @Query(() => [SessionLimitsType], { description: 'How long sessions of each role last' })
  sessionLimits() {
    return this.limits.all();
  }

  @InPerson()
  @Allow(...LIMIT_SETTERS)
  @Mutation(() => AgreementRequestType, {
    description: 'Asks to set how long sessions of a role last; it is set when another agrees',
  })
  setSessionLimits(@CurrentActor() actor: Actor, @Args('input') input: SetSessionLimitsInput) {
    return this.limits.ask(actor, input, input.purpose);
  }
}
