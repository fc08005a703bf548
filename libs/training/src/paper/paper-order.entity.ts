import { Entity, type Relation, Unique } from 'typeorm';
import { BelongsTo, BlindIndex, Choice, Id, Instant, Personal, Ref } from '@app/platform';
import { CourseRun } from '../course-run/course-run.entity.js';

/** The papers about a course run that people order. */
export enum PaperKind {
  ATTENDANCE_SHEET = 'ATTENDANCE_SHEET', // to fill in by hand: the whole course or one month
  ATTENDANCE_REPORT = 'ATTENDANCE_REPORT', // what was entered: the whole course or one month
  CLASS_LIST = 'CLASS_LIST',
  EXAM_LIST = 'EXAM_LIST',
  EXAM_CARDS = 'EXAM_CARDS',
  COMPLETION_NOTICES = 'COMPLETION_NOTICES',
  LETTER_OF_THANKS = 'LETTER_OF_THANKS',
  LETTER_OF_REFUSAL = 'LETTER_OF_REFUSAL',
  LABELS = 'LABELS',
}

/**
 * A paper about a course run as it was ordered: its stored document is about this row. Ordered again with the same
 * details it is drawn again, as the course run is by then; with others it is another paper.
 */
@Entity('paper_order')
@Unique('paper_order_once', ['runId', 'kind', 'detailsIndex'])
export class PaperOrder {
  @Id() id: string;
  @Ref() runId: string;
  @Choice(PaperKind) kind: PaperKind;
  /** What was said about the paper, as JSON. Sealed: the reason in a letter may speak of people. */
  @Personal(4000) details: string;
  @BlindIndex({ of: 'details', kind: 'paper' }) detailsIndex: string;
  @Ref() orderedBy: string;
  @Instant() orderedAt: Date;
  @BelongsTo(() => CourseRun, 'runId') run: Relation<CourseRun>;
}
