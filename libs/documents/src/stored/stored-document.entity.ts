import { Entity, Unique } from 'typeorm';
import { Choice, Count, Digest, Id, Instant, Ref, Text } from '@app/platform';

export enum DocumentState {
  WAITING = 'WAITING',
  DRAWING = 'DRAWING',
  READY = 'READY',
  FAILED = 'FAILED',
  CANCELLED = 'CANCELLED', // nobody wants it any more; asked for again, it is drawn
  ERASED = 'ERASED', // the file is gone by rule; the hash stays
}

/** One paper or sheet about one subject. Its file is stored under its own hash, so it cannot change unseen. */
@Entity('stored_document')
@Unique('stored_document_once_per_subject', ['kind', 'subjectId'])
export class StoredDocument {
  @Id() id: string;
  /** `ATTENDANCE_REPORT_PDF`, `CERTIFICATE` …: named by the lib that draws it. */
  @Text(40) kind: string;
  @Ref() subjectId: string;
  @Choice(DocumentState) state: DocumentState;
  /** The name a download gets. Holds numbers of papers, never a person's name. */
  @Text(200) fileName: string;
  @Text(100) mimeType: string;
  @Digest({ nullable: true }) sha256: string | null;
  @Count({ nullable: true }) bytes: number | null;
  @Text(500, { nullable: true }) reason: string | null;
  @Ref() requestedBy: string;
  @Instant() requestedAt: Date;
  @Instant({ nullable: true }) readyAt: Date | null;
}
