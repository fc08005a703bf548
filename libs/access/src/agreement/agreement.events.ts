import { DomainEvent } from '@app/platform';

/** One person has asked for what takes two. */
export class AgreementAsked extends DomainEvent {
  requestId: string;
  kind: string;
}

/** Another has agreed, and it was done. */
export class AgreementGiven extends DomainEvent {
  requestId: string;
  kind: string;
  askedById: string;
  /** In whose name, when a deputy has agreed. */
  forId: string | null;
}

/** Another has agreed, and by then it could not be done any more: nothing was changed. */
export class AgreementFailed extends DomainEvent {
  requestId: string;
  kind: string;
  askedById: string;
  outcome: string;
}

export class AgreementDeclined extends DomainEvent {
  requestId: string;
  kind: string;
  askedById: string;
  forId: string | null;
}

export class AgreementWithdrawn extends DomainEvent {
  requestId: string;
  kind: string;
}

/** A request has waited too long and lies before the office above now. */
export class AgreementWentUp extends DomainEvent {
  requestId: string;
  role: string;
  place: string;
}

export class DeputyNamed extends DomainEvent {
  deputyshipId: string;
  userId: string;
  deputyId: string;
}

export class DeputyEnded extends DomainEvent {
  deputyshipId: string;
}
