import { DomainEvent } from '@app/platform';

/** The weekly closed days of an institute or of an office were set; runs that are planned already stay as they are. */
export class ClosedWeekdaysSet extends DomainEvent {
  officeId: string | null;
  instituteId: string | null;
}
