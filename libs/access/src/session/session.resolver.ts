import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Classed, FieldClass, Forbidden, orRefused } from '@app/platform';
import { Allow, AnswersLate, ANYONE, CurrentSession, InPerson, SIGNED_IN } from '../allow.js';
import { Operations } from '../operations.js';
import type { GraphqlContext } from '../request.js';
import { SessionCookie } from './session-cookie.js';
import { SignedIn, SignInInput, SignInRefused, SignInResult, Viewer, ViewerGrant } from './session.graphql.js';
import { Sessions, type StandingSession } from './sessions.service.js';
import { SingleSignOn } from './single-sign-on.js';
import { SignIn } from './sign-in.service.js';

@Resolver(() => Viewer)
export class SessionResolver {
  constructor(
    private readonly sessions: Sessions,
    private readonly signIns: SignIn,
    private readonly cookie: SessionCookie,
    private readonly operations: Operations,
    private readonly provider: SingleSignOn,
  ) {}

  @Allow(ANYONE)
  @Query(() => Viewer, { nullable: true, description: 'Who has signed in; null when nobody has' })
  viewer(@CurrentSession() session: StandingSession | null) {
    return session;
  }

  @Allow(ANYONE)
  @Query(() => String, { nullable: true, description: 'What the button to the own sign-in of the organisation says' })
  singleSignOn() {
    return this.provider.title;
  }

  @Classed(FieldClass.INTERNAL)
  @ResolveField(() => [String], { description: 'The operations that the role may try, by name' })
  viewerCan(@Parent() { role }: StandingSession) {
    return this.operations.openTo(role);
  }

  @Classed(FieldClass.INTERNAL)
  @ResolveField(() => [String], { description: 'Those of them that a token may be made for' })
  tokenScopes(@Parent() { role }: StandingSession) {
    return this.operations.scopesOf(role);
  }

  @ResolveField(() => [ViewerGrant])
  grants(@Parent() { userId }: StandingSession) {
    return this.sessions.grantsOf(userId);
  }

  @InPerson()
  @Allow(ANYONE)
  @Mutation(() => SignInResult, { description: 'Begins a session and sets its cookie' })
  signIn(@Args('input') input: SignInInput, @Context() { req, reply }: GraphqlContext) {
    if (!reply) throw new Forbidden();
    const signedIn = async () => {
      const { token, session } = await this.signIns.signIn(input, req.ip ?? '');
      this.cookie.give(reply, token);
      return { viewer: session };
    };
    return orRefused(SignInRefused, signedIn());
  }

  @InPerson()
  @Allow(ANYONE)
  @Mutation(() => Boolean, { description: 'Ends the session; true also when there was none' })
  async signOut(@CurrentSession() session: StandingSession | null, @Context() { reply }: GraphqlContext) {
    await this.sessions.signOut(session);
    if (reply) this.cookie.take(reply);
    return true;
  }

  @InPerson()
  @AnswersLate()
  @Allow(SIGNED_IN)
  @Mutation(() => SignedIn, { description: 'Goes on in another role of the same person, under a new cookie' })
  async switchRole(
    @CurrentSession() current: StandingSession,
    @Args('grantId', { type: () => ID }) grantId: string,
    @Context() { reply }: GraphqlContext,
  ) {
    if (!reply) throw new Forbidden();
    const { token, session } = await this.sessions.switchRole(current, grantId);
    this.cookie.give(reply, token);
    return { viewer: session };
  }
}
