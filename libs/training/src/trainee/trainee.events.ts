import { DomainEvent } from '@app/platform';

/** Somebody stood in the register twice. What hung on the merged row hangs on the kept one. */
export class TraineesMerged extends DomainEvent {
  keptId: string;
  mergedId: string;
}

/** The contact data of a person were erased at the end of their term. */
export class ContactErased extends DomainEvent {
  traineeId: string;
}
