import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Actor } from '@app/access';
import { toJalali } from '@app/persian';
import { Clock, type Columns, Database, Refused, type Tx } from '@app/platform';
import { CourseRun, CourseRunStatus } from '../course-run/course-run.entity.js';
import { CourseRunStarted } from '../course-run/course-run.events.js';
import { runsFor } from '../course-run/course-run.policy.js';
import { CourseRunAction } from '../course-run/course-run.rules.js';
import { Enrolment } from '../enrolment/enrolment.entity.js';
import { Session, SessionStatus } from '../session/session.entity.js';
import { AttendanceCorrection, AttendanceMark } from './attendance.entity.js';
import { AttendanceMarked } from './attendance.events.js';
import type { MarkAttendanceInput } from './attendance.graphql.js';
import { AttendanceRefusal, presentMinutes, refuseSheet } from './attendance.rules.js';

@Injectable()
export class AttendanceMarkService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Marks the sheet of one session, whole or in part. A mark that was given before and is now another leaves what it
   * was in a correction; the same sheet again changes nothing. The first sheet starts the run.
   *
   * @returns the session's id
   * @throws NotFound the session is not the actor's to mark
   * @throws Refused  a rule says no (an `AttendanceRefusal`), with whose mark is wrong; nothing is written
   */
  mark(actor: Actor, { sessionId, marks, reason = null }: MarkAttendanceInput): Promise<string> {
    return this.db.write(actor, async (tx) => {
      const session = await tx.get(Session, { id: sessionId });
      const { runId } = session;
      const where = { id: runId, ...runsFor(actor, CourseRunAction.MARK_ATTENDANCE) };
      // Locked, so that the run is not ended meanwhile and of two sheets for one session the second sees the first.
      const run = await tx.lock(CourseRun, where);
      const refusal = refuseSheet(run, session, this.clock.today());
      if (refusal) throw new Refused(refusal);

      const enrolmentIds = marks.map(({ enrolmentId }) => enrolmentId);
      const roll = new Set((await tx.repo(Enrolment).findBy({ runId, id: In(enrolmentIds) })).map(({ id }) => id));
      const before = await this.marksBefore(tx, { runId, sessionId, enrolmentIds });
      const given = { runId, sessionId, term: toJalali(run.startsOn).year, markedAt: this.clock.now() };
      const changed: Columns<AttendanceMark>[] = [];
      const corrections: Columns<AttendanceCorrection>[] = [];
      for (const mark of marks) {
        const { enrolmentId, status } = mark;
        if (!roll.has(enrolmentId)) throw new Refused(AttendanceRefusal.NOT_ENROLLED, { enrolmentId });
        const minutes = presentMinutes(mark, session.endMinute - session.startMinute);
        if (minutes === null) throw new Refused(AttendanceRefusal.WRONG_MINUTES, { enrolmentId });

        const known = before.get(enrolmentId);
        if (known?.status === status && known.presentMinutes === minutes) continue;
        changed.push({ ...given, enrolmentId, status, presentMinutes: minutes, markedBy: actor.userId });
        if (known)
          corrections.push({
            ...{ runId, sessionId, enrolmentId, reason },
            statusBefore: known.status,
            presentMinutesBefore: known.presentMinutes,
            correctedAt: given.markedAt,
            correctedBy: actor.userId,
          });
      }
      if (changed.length > 0) {
        await tx.upsert(AttendanceMark, changed, ['runId', 'enrolmentId', 'sessionId', 'term']);
        await tx.insertAll(AttendanceCorrection, corrections);
        tx.emit(AttendanceMarked, { runId, sessionId, corrected: corrections.length });
      }
      if (session.status === SessionStatus.PLANNED)
        await tx.update(Session, { id: sessionId }, { status: SessionStatus.HELD });
      if (run.status === CourseRunStatus.APPROVED) {
        await tx.update(CourseRun, { id: runId }, { status: CourseRunStatus.RUNNING });
        tx.emit(CourseRunStarted, { runId });
      }
      return sessionId;
    });
  }

  private async marksBefore(
    tx: Tx,
    { runId, sessionId, enrolmentIds }: { runId: string; sessionId: string; enrolmentIds: string[] },
  ): Promise<Map<string, AttendanceMark>> {
    const marks = await tx.repo(AttendanceMark).findBy({ runId, enrolmentId: In(enrolmentIds), sessionId });
    return new Map(marks.map((mark) => [mark.enrolmentId, mark]));
  }
}
