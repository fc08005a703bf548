import { DomainEvent } from '@app/platform';

/** An office has given a token to someone who paid. */
export class SeatTokenGiven extends DomainEvent {
  runId: string;
}

/** An office has taken a token back that was not used. */
export class SeatTokenTakenBack extends DomainEvent {
  runId: string;
}

/** A token was handed in for a seat: it is settled, alike for everyone. */
export class SeatSettled extends DomainEvent {
  runId: string;
  enrolmentId: string;
}
