import { DomainEvent } from '@app/platform';

/**
 * An office has given a token to someone who paid. Of which run is not told: what is settled there and was not given here
 * would be the number of those whom somebody else has sent.
 */
export class SeatTokenGiven extends DomainEvent {}

/** An office has taken a token back that was not used. */
export class SeatTokenTakenBack extends DomainEvent {}

/** A token was handed in for a seat: it is settled, alike for everyone. */
export class SeatSettled extends DomainEvent {
  runId: string;
  enrolmentId: string;
}
