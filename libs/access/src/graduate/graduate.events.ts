import { DomainEvent } from '@app/platform';

/** A one-time password was asked for. Of whom is not said: it may be nobody's number. */
export class OneTimePasswordAsked extends DomainEvent {
  passwordId: string;
}

/** A wrong one was typed. */
export class OneTimePasswordFailed extends DomainEvent {
  passwordId: string;
}

/** The right one was typed; the birth date is to follow. */
export class OneTimePasswordPassed extends DomainEvent {
  passwordId: string;
}

/** A wrong birth date was typed; with the last that is allowed, the number is shut. */
export class BirthDateFailed extends DomainEvent {
  passwordId: string;
  shut: boolean;
}
