import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { Accounts } from './account/accounts.service.js';
import { OwnPassword } from './account/own-password.js';
import { Passwords } from './account/passwords.js';
import { MessagingModule } from '@app/messaging';
import { AgreementJobs } from './agreement/agreement.jobs.js';
import { AgreementResolver } from './agreement/agreement.resolver.js';
import { Agreements } from './agreement/agreements.service.js';
import { Deputies } from './agreement/deputies.service.js';
import { Denials } from './denial/denials.service.js';
import { GraduateJobs } from './graduate/graduate.jobs.js';
import { GraduateResolver } from './graduate/graduate.resolver.js';
import { GraduateSignIn } from './graduate/graduate-sign-in.service.js';
import { InvitationResolver } from './invitation/invitation.resolver.js';
import { Invitations } from './invitation/invitations.service.js';
import { Operations } from './operations.js';
import { SecondFactorResolver } from './second-factor/second-factor.resolver.js';
import { SecondFactorRules } from './second-factor/second-factor-rules.service.js';
import { SecondFactors } from './second-factor/second-factors.service.js';
import { SessionCookie } from './session/session-cookie.js';
import { SessionJobs } from './session/session.jobs.js';
import { SessionResolver } from './session/session.resolver.js';
import { Sessions } from './session/sessions.service.js';
import { SignOnController } from './session/sign-on.controller.js';
import { SessionLimitsService } from './session/session-limits.service.js';
import { SignIn } from './session/sign-in.service.js';
import { TokensResolver } from './session/tokens.resolver.js';
import { Tokens } from './session/tokens.service.js';
import { GuardedTries } from './session/tries.js';
import { NewPassword } from './staff/new-password.service.js';
import { StaffResolver } from './staff/staff.resolver.js';
import { Staff } from './staff/staff.service.js';

/** Sign-in, invitations, and the guard before every operation of the application. Needs providers of `Places`, `Graduates`, `WorkDays`, `CodePaper` and `SingleSignOn`. */
@Module({
  imports: [MessagingModule],
  controllers: [SignOnController],
  providers: [
    Accounts,
    AgreementJobs,
    AgreementResolver,
    Agreements,
    Deputies,
    Denials,
    Operations,
    Passwords,
    Sessions,
    SessionCookie,
    SignIn,
    GuardedTries,
    OwnPassword,
    NewPassword,
    SecondFactors,
    SecondFactorRules,
    SessionLimitsService,
    Staff,
    Tokens,
    Invitations,
    GraduateJobs,
    GraduateResolver,
    GraduateSignIn,
    SessionJobs,
    SessionResolver,
    InvitationResolver,
    SecondFactorResolver,
    StaffResolver,
    TokensResolver,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [Accounts, Agreements, Denials, Tokens],
})
export class AccessModule {}
