import { Entity, type Relation } from 'typeorm';
import { BelongsTo, KeyText, Ref } from '@app/platform';
import { CourseRun } from '../course-run/course-run.entity.js';

/**
 * A token that was given and not used yet: it settles one seat in one run, whoever gave it and whatever for. It has no
 * giver, no receiver and no time, and its row is gone when it is used or taken back.
 */
@Entity('seat_token')
export class SeatToken {
  /**
   * The keyed digest of the code: no order of time, and not to be found from a code without the keys. A code is random
   * and kept nowhere, so that it keeps the index key it was given under.
   */
  @KeyText(64) id: string;
  @Ref() runId: string;
  @BelongsTo(() => CourseRun, 'runId') run: Relation<CourseRun>;
}
