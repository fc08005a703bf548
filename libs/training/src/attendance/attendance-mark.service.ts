import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/access';
import { toJalali } from '@app/persian';
import { Clock, type Columns, conditions, Database, Refused, type Tx } from '@app/platform';
import { CourseRun, CourseRunStatus } from '../course-run/course-run.entity.js';
import { CourseRunStarted } from '../course-run/course-run.events.js';
import { runsFor } from '../course-run/course-run.policy.js';
import { CourseRunAction } from '../course-run/course-run.rules.js';
import { Session, SessionStatus } from '../session/session.entity.js';
import { AttendanceCorrection, AttendanceMark, type AttendanceStatus } from './attendance.entity.js';
import { AttendanceMarked } from './attendance.events.js';
import type { MarkAttendanceInput } from './attendance.graphql.js';
import { AttendanceRefusal, type MarkInput, presentMinutes, refuseSheet } from './attendance.rules.js';

/** What is written down of someone already: nothing, or a mark. */
interface KnownMark {
  status: AttendanceStatus | null;
  presentMinutes: number | null;
}

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

      const roll = await this.roll(tx, session, marks);
      const given = { runId, sessionId, term: toJalali(run.startsOn).year, markedAt: this.clock.now() };
      const changed: Columns<AttendanceMark>[] = [];
      const corrections: Columns<AttendanceCorrection>[] = [];
      for (const mark of marks) {
        const { enrolmentId, status } = mark;
        const known = roll.get(enrolmentId);
        if (!known) throw new Refused(AttendanceRefusal.NOT_ENROLLED, { enrolmentId });
        const minutes = presentMinutes(mark, session.endMinute - session.startMinute);
        if (minutes === null) throw new Refused(AttendanceRefusal.WRONG_MINUTES, { enrolmentId });

        if (known.status === status && known.presentMinutes === minutes) continue;
        changed.push({ ...given, enrolmentId, status, presentMinutes: minutes, markedBy: actor.userId });
        if (known.status !== null && known.presentMinutes !== null)
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

  /** Those of the sheet who are enrolled in the run, with the marks they have, in one statement. */
  private async roll(tx: Tx, { id, runId }: Session, marks: readonly MarkInput[]): Promise<Map<string, KnownMark>> {
    const asked = conditions('e', { runId, id: marks.map(({ enrolmentId }) => enrolmentId) });
    const rows = await tx.query<KnownMark & { enrolmentId: string }>(
      `SELECT e.id AS enrolmentId, m.status, m.presentMinutes
       FROM enrolment e
       LEFT JOIN attendance_mark m ON m.runId = e.runId AND m.enrolmentId = e.id AND m.sessionId = ?
       WHERE ${asked.sql}`,
      [id, ...asked.values],
    );
    return new Map(rows.map((row) => [row.enrolmentId, row]));
  }
}
