import { DomainEvent } from '../events/event.js';

/** The ends of all chains were signed for a day and put into the file store: `audit/heads/DAY.json`. */
export class AuditHeadsSigned extends DomainEvent {
  /** `YYYY-MM-DD`, Gregorian, in Iran. */
  day: string;
}
