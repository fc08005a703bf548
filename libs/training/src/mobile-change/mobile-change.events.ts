import { DomainEvent } from '@app/platform';

/** An office has vouched for a new mobile number, and for how it knew the person. */
export class MobileChangeVouched extends DomainEvent {
  changeId: string;
  traineeId: string;
  identityCheck: string;
}

/** The new number has taken the place of the old one. */
export class MobileChanged extends DomainEvent {
  changeId: string;
  traineeId: string;
  sessionsEnded: number;
}

/** Whoever has the old number said no. */
export class MobileChangeObjected extends DomainEvent {
  changeId: string;
  traineeId: string;
}

/** An office lets the people of a number try their birth date again. */
export class GraduateSignInOpened extends DomainEvent {
  traineeId: string;
  identityCheck: string;
  wasShut: boolean;
}
