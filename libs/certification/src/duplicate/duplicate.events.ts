import { DomainEvent } from '@app/platform';

/** A duplicate of a certificate was given out; its cover page is to be drawn. */
export class DuplicateIssued extends DomainEvent {
  duplicateId: string;
  certificateId: string;
}
