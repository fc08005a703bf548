import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { Accounts } from './account/accounts.service.js';
import { Passwords } from './account/passwords.js';
import { Denials } from './denial/denials.service.js';
import { InvitationResolver } from './invitation/invitation.resolver.js';
import { Invitations } from './invitation/invitations.service.js';
import { Operations } from './operations.js';
import { SessionCookie } from './session/session-cookie.js';
import { SessionResolver } from './session/session.resolver.js';
import { Sessions } from './session/sessions.service.js';
import { SignIn } from './session/sign-in.service.js';

/** Sign-in, invitations, and the guard before every operation of the application. Needs a provider of `Places`. */
@Module({
  providers: [
    Accounts,
    Denials,
    Operations,
    Passwords,
    Sessions,
    SessionCookie,
    SignIn,
    Invitations,
    SessionResolver,
    InvitationResolver,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [Accounts, Denials],
})
export class AccessModule {}
