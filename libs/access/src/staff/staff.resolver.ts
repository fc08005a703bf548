import { Args, Context, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { orRefused, PageArgs, Settings } from '@app/platform';
import { INVITERS } from '../access.rules.js';
import type { Actor } from '../actor.rules.js';
import { AgreementRequestType } from '../agreement/agreement.graphql.js';
import { Allow, ANYONE, CurrentActor, CurrentSession, InPerson, STAFF } from '../allow.js';
import { InvitationRefused } from '../invitation/invitation.graphql.js';
import { named } from '../invitation/invitation.resolver.js';
import type { GraphqlContext } from '../request.js';
import { SignInRefused } from '../session/session.graphql.js';
import type { StandingSession } from '../session/sessions.service.js';
import { NewPassword } from './new-password.service.js';
import {
  AskRecoveryInput,
  ChangePasswordInput,
  ChangePasswordResult,
  DisableAccountInput,
  GiveRoleInput,
  PasswordLink,
  RoleRefused,
  SetPasswordInput,
  SetPasswordResult,
  StaffMemberType,
  StaffPage,
  TakeRoleInput,
  TakeRoleResult,
} from './staff.graphql.js';
import { Staff } from './staff.service.js';

@Resolver()
export class StaffResolver {
  constructor(
    private readonly people: Staff,
    private readonly passwords: NewPassword,
    private readonly settings: Settings,
  ) {}

  @InPerson()
  @Allow(...INVITERS)
  @Query(() => StaffPage, { description: 'Accounts of the level below, within the own place, by user name' })
  staff(@CurrentActor() actor: Actor, @Args() page: PageArgs) {
    return this.people.list(actor, page);
  }

  @InPerson()
  @Allow(...INVITERS)
  @Mutation(() => StaffMemberType, { description: 'Disables an account: every session of it ends at once' })
  disableAccount(@CurrentActor() actor: Actor, @Args('input') { userId, disabled }: DisableAccountInput) {
    return this.people.disable(actor, userId, disabled);
  }

  @InPerson()
  @Allow(...INVITERS)
  @Mutation(() => StaffMemberType, { description: 'Ends every session of somebody; the account stays open' })
  endStaffSessions(@CurrentActor() actor: Actor, @Args('userId', { type: () => ID }) userId: string) {
    return this.people.endSessions(actor, userId);
  }

  @InPerson()
  @Allow(...INVITERS)
  @Mutation(() => StaffMemberType, { description: 'Gives somebody one more role of the next lower level' })
  giveRole(@CurrentActor() actor: Actor, @Args('input') { userId, role, ...bounds }: GiveRoleInput) {
    return this.people.giveRole(actor, userId, { role, ...named(bounds) });
  }

  @InPerson()
  @Allow(...INVITERS)
  @Mutation(() => TakeRoleResult, { description: 'Takes one of several roles; every session of the person ends' })
  takeRole(@CurrentActor() actor: Actor, @Args('input') { userId, grantId }: TakeRoleInput) {
    return orRefused(RoleRefused, this.people.takeRole(actor, userId, grantId));
  }

  @InPerson()
  @Allow(...INVITERS)
  @Mutation(() => PasswordLink, { description: 'Makes a single-use link for a new password; the second factor stays' })
  async resetPassword(@CurrentActor() actor: Actor, @Args('userId', { type: () => ID }) userId: string) {
    const { token, expiresAt } = await this.people.resetPassword(actor, userId);
    return { token, expiresAt, link: `${this.settings.publicUrl}/new-password#${token}` };
  }

  @InPerson()
  @Allow(...INVITERS)
  @Mutation(() => AgreementRequestType, {
    description: 'Asks to let somebody in who lost the second factor; it is gone when another agrees',
  })
  askRecovery(@CurrentActor() actor: Actor, @Args('input') { userId, purpose }: AskRecoveryInput) {
    return this.people.askRecovery(actor, userId, purpose);
  }

  @InPerson()
  @Allow(...STAFF)
  @Mutation(() => ChangePasswordResult, { description: 'Changes the own password; every other session ends' })
  changePassword(
    @CurrentSession() session: StandingSession,
    @Args('input') input: ChangePasswordInput,
    @Context() { req }: GraphqlContext,
  ) {
    return orRefused(SignInRefused, this.passwords.change(session, req.ip ?? '', input));
  }

  @InPerson()
  @Allow(ANYONE)
  @Mutation(() => SetPasswordResult, { description: 'Sets a new password by the link of an office' })
  setPassword(@Args('input') { token, password }: SetPasswordInput) {
    return orRefused(InvitationRefused, this.passwords.byLink(token, password));
  }
}
