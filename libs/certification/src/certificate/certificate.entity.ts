import { Entity, Index, type Relation, Unique } from 'typeorm';
import { BelongsTo, Choice, Count, Day, Id, Instant, KeyCount, KeyText, Personal, Ref, Text } from '@app/platform';
import { CourseRun, Enrolment } from '@app/training';

/** The kind of a certificate's stored document; its subject is the certificate. */
export const CERTIFICATE_DOCUMENT = 'CERTIFICATE';

export enum CertificateStatus {
  VALID = 'VALID',
  REPLACED = 'REPLACED',
  REVOKED = 'REVOKED',
  EXPIRED = 'EXPIRED',
}

/**
 * A skill certificate. One for an enrolment, never deleted; its paper is determined by this row alone and drawn once.
 * The serial is printed and counts without gaps; the code is random and is what anyone may ask about.
 */
@Entity('certificate')
@Unique('certificate_once_per_enrolment', ['enrolmentId'])
@Unique('certificate_once_per_number', ['provinceCode', 'jalaliYear', 'number'])
@Unique('certificate_once_per_code', ['code'])
@Index('certificate_by_run', ['runId'])
@Index('certificate_by_batch', ['batchId'])
export class Certificate {
  @Id() id: string;
  @Ref() enrolmentId: string;
  @Ref() runId: string;
  @Ref() batchId: string;
  @Text(2) provinceCode: string;
  @Count() jalaliYear: number;
  /** 1, 2, 3 … within province and Jalali year. */
  @Count() number: number;
  /** 80 random bits in Crockford base 32 with a check symbol, without dashes. */
  @Text(17) code: string;
  @Choice(CertificateStatus) status: CertificateStatus;
  @Day() issuedOn: string;
  @Instant() issuedAt: Date;
  @Ref() issuedBy: string;
  /** All that the paper says, as JSON: the names as they were on the day of issue. */
  @Personal(4000) printed: string;
  @BelongsTo(() => Enrolment, 'enrolmentId') enrolment: Relation<Enrolment>;
  @BelongsTo(() => CourseRun, 'runId') run: Relation<CourseRun>;
}

/** The last serial number given in a province and Jalali year. Locked while a block of certificates is issued. */
@Entity('certificate_counter')
export class CertificateCounter {
  @KeyText(2) provinceCode: string;
  @KeyCount() jalaliYear: number;
  @Count() lastNumber: number;
}

export enum CertificateBatchState {
  ISSUING = 'ISSUING',
  ISSUED = 'ISSUED', // every row stands; papers may still be drawn
  FAILED = 'FAILED',
}

/** One order to issue certificates for all of a run who qualify. */
@Entity('certificate_batch')
@Index('certificate_batch_by_run', ['runId'])
export class CertificateBatch {
  @Id() id: string;
  @Ref() runId: string;
  @Choice(CertificateBatchState) state: CertificateBatchState;
  /** How many qualified and had no certificate when the order was given. */
  @Count() total: number;
  @Text(500, { nullable: true }) reason: string | null;
  @Ref() requestedBy: string;
  @Instant() requestedAt: Date;
  @BelongsTo(() => CourseRun, 'runId') run: Relation<CourseRun>;
}
