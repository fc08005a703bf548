import { DomainEvent } from '@app/platform';

/** Two people have agreed that the people of an office are written into one file. */
export class PeopleExportAgreed extends DomainEvent {
  exportId: string;
  officeId: string;
  askedById: string;
}
