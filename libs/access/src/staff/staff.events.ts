import { DomainEvent } from '@app/platform';

export class AccountDisabled extends DomainEvent {
  userId: string;
  disabled: boolean;
}

/** An office has ended whatever sessions there were. */
export class StaffSessionsEnded extends DomainEvent {
  userId: string;
}

export class RoleGiven extends DomainEvent {
  userId: string;
  grantId: string;
}

export class RoleTaken extends DomainEvent {
  userId: string;
  grantId: string;
}

/** An office has made a link for a new password. */
export class PasswordResetMade extends DomainEvent {
  resetId: string;
  userId: string;
}

export class PasswordChanged extends DomainEvent {
  userId: string;
}
