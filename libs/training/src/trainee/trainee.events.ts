import { DomainEvent } from '@app/platform';

/** Somebody stood in the register twice. What hung on the merged row hangs on the kept one. */
export class TraineesMerged extends DomainEvent {
  keptId: string;
  mergedId: string;
}

/** An office has written the birth date of a person who had none, and how it knew the person. */
export class BirthDateRecorded extends DomainEvent {
  traineeId: string;
  identityCheck: string;
}

/** The contact data of a person were erased at the end of their term. */
export class ContactErased extends DomainEvent {
  traineeId: string;
}

/** The name of a person was erased from the register, with the one on their last certificate. */
export class NameErased extends DomainEvent {
  traineeId: string;
}
