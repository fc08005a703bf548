import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import type { Actor } from '@app/access';
import { Clock, Database, Refused, type Tx } from '@app/platform';
import { Session, SessionStatus } from '../session/session.entity.js';
import { CourseRun, CourseRunStatus } from './course-run.entity.js';
import { CourseRunCancelled, CourseRunFinished } from './course-run.events.js';
import type { CancelCourseRunInput, CourseRunType, FinishCourseRunInput } from './course-run.graphql.js';
import { courseRunPage } from './course-run-page.service.js';
import { runsFor } from './course-run.policy.js';
import { CourseRunAction, CourseRunRefusal, mayMove } from './course-run.rules.js';

/** The later life of a course run. */
@Injectable()
export class CourseRunService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Says that the sessions of a run are over; exams may be entered from now on.
   *
   * @returns the run as this unit leaves it
   * @throws NotFound the run is not the actor's to finish
   * @throws Refused  the run is not running, or a session is still to come (`CourseRunRefusal`)
   */
  finish(actor: Actor, { runId }: FinishCourseRunInput): Promise<CourseRunType> {
    return this.db.write(actor, async (tx) => {
      await this.move(tx, actor, runId, CourseRunAction.FINISH, CourseRunStatus.FINISHED);
      const [next] = await tx.repo(Session).find({
        where: { runId, status: SessionStatus.PLANNED, day: MoreThan(this.clock.today()) },
        order: { day: 'ASC' },
        take: 1,
      });
      if (next) throw new Refused(CourseRunRefusal.SESSIONS_LEFT, { day: next.day });
      tx.emit(CourseRunFinished, { runId });
      return courseRunPage(tx, actor, runId);
    });
  }

  /**
   * Calls a run off, with the reason. Sessions that were not held are cancelled; room and trainer are free again.
   *
   * @returns the run as this unit leaves it
   * @throws NotFound the run is not the actor's to cancel
   * @throws Refused  the run is over already
   */
  cancel(actor: Actor, { runId, reason }: CancelCourseRunInput): Promise<CourseRunType> {
    return this.db.write(actor, async (tx) => {
      await this.move(tx, actor, runId, CourseRunAction.CANCEL, CourseRunStatus.CANCELLED);
      await tx.update(CourseRun, { id: runId }, { cancelReason: reason });
      await tx.update(Session, { runId, status: SessionStatus.PLANNED }, { status: SessionStatus.CANCELLED });
      tx.emit(CourseRunCancelled, { runId });
      return courseRunPage(tx, actor, runId);
    });
  }

  /** The run is locked, so that nobody enrols, marks or moves it meanwhile. */
  private async move(tx: Tx, actor: Actor, runId: string, action: CourseRunAction, to: CourseRunStatus): Promise<void> {
    const run = await tx.lock(CourseRun, { id: runId, ...runsFor(actor, action) });
    if (!mayMove(run.status, to)) throw new Refused(CourseRunRefusal.NOT_IN_THIS_STATE);
    await tx.update(CourseRun, { id: runId }, { status: to });
  }
}
