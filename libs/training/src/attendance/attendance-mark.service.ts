import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/access';
import { toJalali } from '@app/persian';
import { Clock, type Columns, Database, Refused } from '@app/platform';
import { CourseRun, CourseRunStatus } from '../course-run/course-run.entity.js';
import { CourseRunStarted } from '../course-run/course-run.events.js';
import { runsFor } from '../course-run/course-run.policy.js';
import { CourseRunAction } from '../course-run/course-run.rules.js';
import { Session, SessionStatus } from '../session/session.entity.js';
import { AttendanceCorrection, AttendanceMark } from './attendance.entity.js';
import { AttendanceMarked } from './attendance.events.js';
import type { AttendanceSheet, MarkAttendanceInput } from './attendance.graphql.js';
import { AttendanceRefusal, presentMinutes, refuseSheet } from './attendance.rules.js';
import { linesOf, shown } from './attendance-sheet.service.js';

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
   * @returns the sheet as this unit leaves it
   * @throws NotFound the session is not the actor's to mark
   * @throws Refused  a rule says no (an `AttendanceRefusal`), with whose mark is wrong; nothing is written
   */
  mark(actor: Actor, { sessionId, marks, reason = null }: MarkAttendanceInput): Promise<AttendanceSheet> {
    return this.db.write(actor, async (tx) => {
      const session = await tx.get(Session, { id: sessionId });
      const { runId, ordinal, day, startMinute, endMinute } = session;
      const where = { id: runId, ...runsFor(actor, CourseRunAction.MARK_ATTENDANCE) };
      // Locked, so that the run is not ended meanwhile and of two sheets for one session the second sees the first.
      const run = await tx.lock(CourseRun, where);
      const today = this.clock.today();
      const refusal = refuseSheet(run, session, today);
      if (refusal) throw new Refused(refusal);

      const lines = await linesOf(tx, { sessionId, runId });
      const roll = new Map(lines.map((line) => [line.enrolmentId, line]));
      const given = { runId, sessionId, term: toJalali(run.startsOn).year, markedAt: this.clock.now() };
      const changed: Columns<AttendanceMark>[] = [];
      const corrections: Columns<AttendanceCorrection>[] = [];
      for (const mark of marks) {
        const { enrolmentId, status } = mark;
        const line = roll.get(enrolmentId);
        if (!line) throw new Refused(AttendanceRefusal.NOT_ENROLLED, { enrolmentId });
        const minutes = presentMinutes(mark, endMinute - startMinute);
        if (minutes === null) throw new Refused(AttendanceRefusal.WRONG_MINUTES, { enrolmentId });

        if (line.status === status && line.presentMinutes === minutes) continue;
        changed.push({ ...given, enrolmentId, status, presentMinutes: minutes, markedBy: actor.userId });
        if (line.status !== null && line.presentMinutes !== null)
          corrections.push({
            ...{ runId, sessionId, enrolmentId, reason },
            statusBefore: line.status,
            presentMinutesBefore: line.presentMinutes,
            correctedAt: given.markedAt,
            correctedBy: actor.userId,
          });
        Object.assign(line, { status, presentMinutes: minutes, markedAt: given.markedAt });
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
      const head = { sessionId, runId, runNumber: run.number, ordinal, day, startMinute, endMinute };
      return shown(actor, { ...head, runStatus: CourseRunStatus.RUNNING, status: SessionStatus.HELD }, lines, today);
    });
  }
}
