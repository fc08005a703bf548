import { DomainEvent } from '@app/platform';

export class AuthenticatorBegun extends DomainEvent {
  userId: string;
}

export class AuthenticatorConfirmed extends DomainEvent {
  userId: string;
}

export class CodeSheetDrawn extends DomainEvent {
  userId: string;
}

export class SecondFactorRuleSet extends DomainEvent {
  place: string;
  required: boolean;
}

/** Two people have let somebody in again: the second factor is gone, every session has ended, the days of grace begin anew. */
export class SecondFactorRecovered extends DomainEvent {
  userId: string;
}
