import { Entity, type Relation, Unique } from 'typeorm';
import { BelongsTo, Choice, Count, Day, Id, Instant, Ref } from '@app/platform';
import { Certificate } from '../certificate/certificate.entity.js';

/** The kind of a duplicate's cover page; its subject is the duplicate. */
export const DUPLICATE_DOCUMENT = 'CERTIFICATE_DUPLICATE';

export enum DuplicateReason {
  LOST = 'LOST',
  DAMAGED = 'DAMAGED',
  STOLEN = 'STOLEN',
}

/** A second print of a certificate: the same serial and code, a print number of its own. Never deleted. */
@Entity('certificate_duplicate')
@Unique('duplicate_once_per_print', ['certificateId', 'printNumber'])
export class CertificateDuplicate {
  @Id() id: string;
  @Ref() certificateId: string;
  /** 2 for the first duplicate: the certificate itself is the first print. */
  @Count() printNumber: number;
  @Choice(DuplicateReason) reason: DuplicateReason;
  @Day() issuedOn: string;
  @Ref() issuedBy: string;
  @Instant() issuedAt: Date;
  @BelongsTo(() => Certificate, 'certificateId') certificate: Relation<Certificate>;
}
