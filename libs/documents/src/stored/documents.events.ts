import { DomainEvent } from '@app/platform';

/** Someone was given a link to a document. */
export class DocumentOpened extends DomainEvent {
  documentId: string;
}
