import { DomainEvent } from '@app/platform';

/** A class list is to be read, as a dry run. */
export class ClassListHandedIn extends DomainEvent {
  runId: string;
  importId: string;
}

/** The people of a class list that was read are to be enrolled. */
export class ClassListAccepted extends DomainEvent {
  runId: string;
  importId: string;
}

/** The real run of a class list is over. */
export class ClassListEnrolled extends DomainEvent {
  runId: string;
  importId: string;
  enrolled: number;
}
