import { DomainEvent } from '@app/platform';

/** The contact data of a person were erased at the end of their term. */
export class ContactErased extends DomainEvent {
  traineeId: string;
}
