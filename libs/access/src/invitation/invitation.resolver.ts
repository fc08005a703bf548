import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Forbidden, orRefused, Settings } from '@app/platform';
import { INVITERS } from '../access.rules.js';
import type { Actor } from '../actor.rules.js';
import { Allow, ANYONE, CurrentActor, InPerson } from '../allow.js';
import type { GraphqlContext } from '../request.js';
import { SessionCookie } from '../session/session-cookie.js';
import {
  AcceptInvitationInput,
  AcceptInvitationResult,
  InvitationRefused,
  InviteUserInput,
  UserInvitation,
} from './invitation.graphql.js';
import { invitationLink, Invitations } from './invitations.service.js';

@Resolver()
export class InvitationResolver {
  constructor(
    private readonly invitations: Invitations,
    private readonly cookie: SessionCookie,
    private readonly settings: Settings,
  ) {}

  @InPerson()
  @Allow(...INVITERS)
  @Mutation(() => UserInvitation, { description: 'Makes a single-use link for a person of the next lower level' })
  async inviteUser(@CurrentActor() actor: Actor, @Args('input') { role, ...bounds }: InviteUserInput) {
    const { token, expiresAt } = await this.invitations.invite(actor, { role, ...named(bounds) });
    return { token, expiresAt, link: invitationLink(this.settings.publicUrl, token) };
  }

  @InPerson()
  @Allow(ANYONE)
  @Mutation(() => AcceptInvitationResult, {
    description: 'Makes the account, begins its first session, sets the cookie',
  })
  acceptInvitation(@Args('input') input: AcceptInvitationInput, @Context() { reply }: GraphqlContext) {
    if (!reply) throw new Forbidden();
    const accepted = async () => {
      const { token, session } = await this.invitations.accept(input);
      this.cookie.give(reply, token);
      return { viewer: session };
    };
    return orRefused(InvitationRefused, accepted());
  }
}

/** The ids that were given: a client may also send the others as null. */
export const named = (bounds: object): object => Object.fromEntries(Object.entries(bounds).filter(([, id]) => id));
