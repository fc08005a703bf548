import { Entity, Index } from 'typeorm';
import { Choice, Count, Id, Instant, KeyCount, KeyRef, Ref, Text } from '@app/platform';

export enum AttendanceStatus {
  PRESENT = 'PRESENT',
  LATE = 'LATE',
  LEFT_EARLY = 'LEFT_EARLY',
  EXCUSED = 'EXCUSED',
  UNEXCUSED = 'UNEXCUSED',
}

/**
 * What was seen of one trainee in one session. No row means not entered, which is never shown as present.
 * The key is what makes it one mark; no foreign keys, so that the table can be partitioned by term.
 */
@Entity('attendance_mark')
export class AttendanceMark {
  @KeyRef() runId: string;
  @KeyRef() enrolmentId: string;
  @KeyRef() sessionId: string;
  /** The Jalali year in which the run began. */
  @KeyCount() term: number;
  @Choice(AttendanceStatus) status: AttendanceStatus;
  /** Minutes of the session the trainee was there. */
  @Count() presentMinutes: number;
  @Instant() markedAt: Date;
  @Ref() markedBy: string;
}

/** A mark that was changed after it had been given: what it was, and why it was changed. */
@Entity('attendance_correction')
@Index('correction_by_enrolment', ['runId', 'enrolmentId'])
export class AttendanceCorrection {
  @Id() id: string;
  @Ref() runId: string;
  @Ref() enrolmentId: string;
  @Ref() sessionId: string;
  @Choice(AttendanceStatus) statusBefore: AttendanceStatus;
  @Count() presentMinutesBefore: number;
  @Text(300, { nullable: true }) reason: string | null;
  @Instant() correctedAt: Date;
  @Ref() correctedBy: string;
}
