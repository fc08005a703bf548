import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { PASSWORD_MINUTES } from '@app/messaging';
import { Forbidden, orRefused } from '@app/platform';
import { Allow, ANYONE, InPerson } from '../allow.js';
import type { GraphqlContext } from '../request.js';
import { SessionCookie } from '../session/session-cookie.js';
import {
  AskOneTimePasswordInput,
  AskOneTimePasswordResult,
  EnterBirthDateInput,
  EnterBirthDateResult,
  EnterOneTimePasswordInput,
  EnterOneTimePasswordResult,
  GraduateSignInRefused,
} from './graduate.graphql.js';
import { BIRTH_DATE_MINUTES } from './graduate.rules.js';
import { GraduateSignIn } from './graduate-sign-in.service.js';

/** What ties the steps to one browser. */
const COOKIE = 'code';
const KEPT_SECONDS = (PASSWORD_MINUTES + BIRTH_DATE_MINUTES) * 60;

/** Sign-in of trainees and graduates, in three steps of one browser. */
@Resolver()
export class GraduateResolver {
  constructor(
    private readonly signIn: GraduateSignIn,
    private readonly cookie: SessionCookie,
  ) {}

  @InPerson()
  @Allow(ANYONE)
  @Mutation(() => AskOneTimePasswordResult, { description: 'Sends a one-time password; a newer one ends the older' })
  askOneTimePassword(@Args('input') input: AskOneTimePasswordInput, @Context() { req, reply }: GraphqlContext) {
    if (!reply) throw new Forbidden();
    const sent = async () => {
      const { token } = await this.signIn.ask(input, req.ip ?? '');
      this.cookie.keep(reply, COOKIE, token, KEPT_SECONDS);
      return { lastsSeconds: PASSWORD_MINUTES * 60 };
    };
    return orRefused(GraduateSignInRefused, sent());
  }

  @InPerson()
  @Allow(ANYONE)
  @Mutation(() => EnterOneTimePasswordResult, { description: 'Only in the browser that asked for it' })
  enterOneTimePassword(
    @Args('input') { password }: EnterOneTimePasswordInput,
    @Context() { req, reply }: GraphqlContext,
  ) {
    if (!reply) throw new Forbidden();
    const accepted = async () => {
      const { token } = await this.signIn.enter(this.cookie.token(req.headers, COOKIE), password);
      this.cookie.keep(reply, COOKIE, token, BIRTH_DATE_MINUTES * 60);
      return { lastsSeconds: BIRTH_DATE_MINUTES * 60 };
    };
    return orRefused(GraduateSignInRefused, accepted());
  }

  @InPerson()
  @Allow(ANYONE)
  @Mutation(() => EnterBirthDateResult, { description: 'After the one-time password: begins the session' })
  enterBirthDate(@Args('input') input: EnterBirthDateInput, @Context() { req, reply }: GraphqlContext) {
    if (!reply) throw new Forbidden();
    const signedIn = async () => {
      const { token, session } = await this.signIn.enterBirthDate(this.cookie.token(req.headers, COOKIE), input);
      this.cookie.keep(reply, COOKIE, '', 0);
      this.cookie.give(reply, token);
      return { viewer: session };
    };
    return orRefused(GraduateSignInRefused, signedIn());
  }
}
