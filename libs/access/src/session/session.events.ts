import { DomainEvent } from '@app/platform';

export class UserSignedIn extends DomainEvent {
  userId: string;
  grantId: string;
}

/** A wrong password; null when nobody has the user name. */
export class SignInFailed extends DomainEvent {
  userId: string | null;
}

export class UserSignedOut extends DomainEvent {
  userId: string;
}

export class RoleSwitched extends DomainEvent {
  userId: string;
  fromGrantId: string;
  toGrantId: string;
}

/** The person ended one of their own sessions or tokens. */
export class SessionEnded extends DomainEvent {
  userId: string;
  sessionId: string;
}

/** Many sessions of a person ended at once. */
export class SessionsEnded extends DomainEvent {
  userId: string;
  ended: number;
}

/** A token for another program or a device was made. */
export class TokenCreated extends DomainEvent {
  userId: string;
  sessionId: string;
}

/** A device's old token was used after its new one: all of the device's tokens have ended. */
export class DeviceTokenCopied extends DomainEvent {
  userId: string;
  familyId: string;
}

export class SessionLimitsSet extends DomainEvent {
  role: string;
  idleMinutes: number;
  absoluteMinutes: number;
}
