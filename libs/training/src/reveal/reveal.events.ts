import { DomainEvent } from '@app/platform';

/** Somebody has looked at what lists mask of a person. */
export class PersonRevealed extends DomainEvent {
  revealId: string;
  traineeId: string;
  enrolmentId: string;
}
