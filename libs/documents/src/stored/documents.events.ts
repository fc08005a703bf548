import { DomainEvent } from '@app/platform';

/** Someone was given a link to a document. */
export class DocumentOpened extends DomainEvent {
  documentId: string;
}

/** The file of a document was handed out by such a link. */
export class DocumentDownloaded extends DomainEvent {
  documentId: string;
}

/** The file of a document was erased at the end of its term; its hash stays. */
export class DocumentErased extends DomainEvent {
  documentId: string;
}

/** Someone no longer wants a document that is not drawn yet. */
export class DocumentCancelled extends DomainEvent {
  documentId: string;
}
