import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { encode } from 'uqr';
import { dayInTehran } from '@app/persian';
import { orRefused } from '@app/platform';
import type { Actor } from '../actor.rules.js';
import { Allow, CurrentActor, CurrentSession, InPerson, STAFF } from '../allow.js';
import { CodePaper } from '../code-paper.js';
import type { GraphqlContext } from '../request.js';
import { SignInRefused } from '../session/session.graphql.js';
import type { StandingSession } from '../session/sessions.service.js';
import {
  BeginAuthenticatorResult,
  ConfirmAuthenticatorInput,
  ConfirmAuthenticatorResult,
  OneTimeCodesResult,
  OwnSecondFactor,
  PasswordInput,
  SecondFactorRefused,
  SecondFactorSetting,
  SetSecondFactorInput,
  SetSecondFactorResult,
} from './second-factor.graphql.js';
import { RULE_SETTERS } from './second-factor.rules.js';
import { SecondFactorRules } from './second-factor-rules.service.js';
import { SecondFactors } from './second-factors.service.js';

@Resolver()
export class SecondFactorResolver {
  constructor(
    private readonly factors: SecondFactors,
    private readonly rules: SecondFactorRules,
    private readonly paper: CodePaper,
  ) {}

  @InPerson()
  @Allow(...STAFF)
  @Query(() => OwnSecondFactor, { description: 'What the caller has set up besides the password' })
  secondFactor(@CurrentSession() session: StandingSession) {
    return this.factors.own(session);
  }

  @InPerson()
  @Allow(...STAFF)
  @Mutation(() => BeginAuthenticatorResult, { description: 'Makes the secret of a new authenticator' })
  beginAuthenticator(
    @CurrentSession() session: StandingSession,
    @Args('input') { password }: PasswordInput,
    @Context() { req }: GraphqlContext,
  ) {
    const begun = async () => {
      const { secret, uri } = await this.factors.begin(session, req.ip ?? '', password);
      return { key: secret, uri, ...qrOf(uri) };
    };
    return orRefused(SignInRefused, begun());
  }

  @InPerson()
  @Allow(...STAFF)
  @Mutation(() => ConfirmAuthenticatorResult, {
    description: 'Takes the new authenticator into use, by its first code',
  })
  confirmAuthenticator(@CurrentSession() session: StandingSession, @Args('input') { code }: ConfirmAuthenticatorInput) {
    return orRefused(
      SignInRefused,
      this.factors.confirm(session, code).then((confirmed) => ({ confirmed })),
    );
  }

  @InPerson()
  @Allow(...STAFF)
  @Mutation(() => OneTimeCodesResult, { description: 'Makes a new sheet of codes; the sheet before ends' })
  drawCodeSheet(
    @CurrentSession() session: StandingSession,
    @Args('input') { password }: PasswordInput,
    @Context() { req }: GraphqlContext,
  ) {
    const drawn = async () => {
      const { drawnAt, ...sheet } = await this.factors.newSheet(session, req.ip ?? '', password);
      const paper = await this.paper.draw({ ...sheet, drawnOn: dayInTehran(drawnAt) });
      return { codes: sheet.codes, paper: Buffer.from(paper).toString('base64') };
    };
    return orRefused(SignInRefused, drawn());
  }

  @InPerson()
  @Allow(...RULE_SETTERS)
  @Query(() => SecondFactorSetting, { description: "What the caller's office asks of its people when they sign in" })
  secondFactorSetting(@CurrentActor() actor: Actor) {
    return this.rules.own(actor);
  }

  @InPerson()
  @Allow(...RULE_SETTERS)
  @Mutation(() => SetSecondFactorResult, { description: 'Asks to set it; it is set when another agrees' })
  setSecondFactor(@CurrentActor() actor: Actor, @Args('input') input: SetSecondFactorInput) {
    return orRefused(SecondFactorRefused, this.rules.ask(actor, input, input.purpose));
  }
}

/** The picture of a text, as one path of dark squares. */
function qrOf(text: string): { qrPath: string; qrSize: number } {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { qrPath: squares.join(''), qrSize: size };
}
