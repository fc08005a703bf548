import { DomainEvent } from '@app/platform';

/** Someone was given a link to a document. */
export class DocumentOpened extends DomainEvent {
  documentId: string;
}

/** The file of a document was handed out by such a link. */
export class DocumentDownloaded extends DomainEvent {
  documentId: string;
}
