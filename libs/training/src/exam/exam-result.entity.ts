import { Entity, Index, type Relation, Unique } from 'typeorm';
import { BelongsTo, Choice, Count, Day, Flag, Id, Instant, Ref } from '@app/platform';
import { Enrolment } from '../enrolment/enrolment.entity.js';

export enum ExamPart {
  WRITTEN = 'WRITTEN',
  PRACTICAL = 'PRACTICAL',
}

/** One try of one part of the exam. Absent counts as failed and uses the try. */
@Entity('exam_result')
@Unique('exam_result_once_per_try', ['enrolmentId', 'part', 'tryNumber'])
@Index('exam_result_by_run', ['runId'])
export class ExamResult {
  @Id() id: string;
  @Ref() runId: string;
  @Ref() enrolmentId: string;
  @Choice(ExamPart) part: ExamPart;
  @Count() tryNumber: number;
  @Flag() absent: boolean;
  /** Hundredths of a point out of 100; null when absent. */
  @Count({ nullable: true }) markHundredths: number | null;
  @Day() satOn: string;
  @Ref() enteredBy: string;
  @Instant() enteredAt: Date;
  @BelongsTo(() => Enrolment, 'enrolmentId') enrolment: Relation<Enrolment>;
}
