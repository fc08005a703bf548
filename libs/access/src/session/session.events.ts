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
