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

/** One of two officers has asked to let somebody in who lost the second factor. */
export class RecoveryAsked extends DomainEvent {
  recoveryId: string;
  userId: string;
}

/** The other officer has agreed: the second factor is gone, every session has ended, the days of grace begin anew. */
export class RecoveryAgreed extends DomainEvent {
  recoveryId: string;
  userId: string;
}
