import { Entity, Index, type Relation, Unique } from 'typeorm';
import { BelongsTo, Choice, Count, Day, Id, Ref } from '@app/platform';
import { CourseRun } from '../course-run/course-run.entity.js';

export enum SessionStatus {
  PLANNED = 'PLANNED',
  HELD = 'HELD', // its sheet has been marked
  CANCELLED = 'CANCELLED', // counts for nobody
}

/** One meeting of a class. Room and trainer stand here too, so that a clash is found in one index. */
@Entity('session')
@Unique('session_once_per_ordinal', ['runId', 'ordinal'])
@Index('session_by_room', ['roomId', 'day'])
@Index('session_by_trainer', ['trainerId', 'day'])
export class Session {
  @Id() id: string;
  @Ref() runId: string;
  /** 1 for the first meeting of the run. */
  @Count() ordinal: number;
  @Day() day: string;
  /** Minutes since midnight, Tehran time. */
  @Count() startMinute: number;
  @Count() endMinute: number;
  @Choice(SessionStatus) status: SessionStatus;
  @Ref() roomId: string;
  @Ref() trainerId: string;
  @BelongsTo(() => CourseRun, 'runId') run: Relation<CourseRun>;
}
