import { DomainEvent } from '@app/platform';

// Both stand in the trail of the branch. The run is not named: it is under seal.

export class SeatGiven extends DomainEvent {
  referralId: string;
  seatId: string;
}

export class SeatTakenBack extends DomainEvent {
  referralId: string;
  seatId: string;
}
