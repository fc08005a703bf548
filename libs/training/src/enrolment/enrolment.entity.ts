import { Entity, type Relation, Unique } from 'typeorm';
import { BelongsTo, Choice, Flag, Id, Instant, Ref } from '@app/platform';
import { CourseRun } from '../course-run/course-run.entity.js';
import { Trainee } from '../trainee/trainee.entity.js';

export enum EnrolmentStatus {
  ENROLLED = 'ENROLLED',
  WITHDRAWN = 'WITHDRAWN', // left by own wish; the seat is free again
  REMOVED = 'REMOVED', // taken off for absence or discipline; the seat is free again
}

/** A trainee's seat in one course run. Never deleted. Who paid for the seat, or whether anyone did, is nowhere here. */
@Entity('enrolment')
@Unique('enrolment_once_per_run', ['runId', 'traineeId'])
export class Enrolment {
  @Id() id: string;
  @Ref() runId: string;
  @Ref() traineeId: string;
  @Choice(EnrolmentStatus) status: EnrolmentStatus;
  @Instant() enrolledAt: Date;
  /** A token was handed in for it: «تسویه‌شده», the one word for everyone. */
  @Flag() settled: boolean;
  @BelongsTo(() => CourseRun, 'runId') run: Relation<CourseRun>;
  @BelongsTo(() => Trainee, 'traineeId') trainee: Relation<Trainee>;
}
