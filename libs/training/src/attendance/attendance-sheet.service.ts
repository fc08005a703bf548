import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/access';
import { sortPersian } from '@app/persian';
import { asInstant, Clock, conditions, Database, NotFound, type Reads } from '@app/platform';
import type { CourseRunStatus } from '../course-run/course-run.entity.js';
import { doers, runsSeenBy } from '../course-run/course-run.policy.js';
import type { SessionStatus } from '../session/session.entity.js';
import { Trainee } from '../trainee/trainee.entity.js';
import { masked } from '../trainee/trainee.rules.js';
import type { AttendanceSheet, AttendanceSheetLine, AttendanceSheetRow } from './attendance.graphql.js';
import { refuseSheet } from './attendance.rules.js';

/** What a sheet says of its session and its run. */
interface SheetHead {
  sessionId: string;
  runId: string;
  runNumber: string;
  runStatus: CourseRunStatus;
  ordinal: number;
  day: string;
  startMinute: number;
  endMinute: number;
  status: SessionStatus;
}

interface PersonRow {
  enrolmentId: string;
  traineeId: string;
  nationalId: string;
  givenName: string;
  familyName: string;
  fatherName: string | null;
}

@Injectable()
export class AttendanceSheetService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound no such session, or none of a run the actor may see */
  get(actor: Actor, sessionId: string): Promise<AttendanceSheet> {
    const seen = conditions('r', { ...runsSeenBy(actor) });
    return this.db.read(async (tx) => {
      const [head] = await tx.query<SheetHead>(
        `SELECT s.id AS sessionId, s.runId, r.number AS runNumber, r.status AS runStatus, s.ordinal, s.day,
                s.startMinute, s.endMinute, s.status
         FROM session s JOIN course_run r ON r.id = s.runId WHERE s.id = ? AND ${seen.sql}`,
        [sessionId, ...seen.values],
      );
      if (!head) throw new NotFound();
      return shown(actor, head, await linesOf(tx, head), this.clock.today());
    });
  }

  /** The lines of a sheet with the names of their trainees, in the Persian order. */
  rows({ runId, lines }: AttendanceSheet): Promise<AttendanceSheetRow[]> {
    return this.db.read(async (tx) => {
      const people = await tx.query<PersonRow>(
        `SELECT e.id AS enrolmentId, e.traineeId, t.nationalId, t.givenName, t.familyName, t.fatherName
         FROM enrolment e JOIN trainee t ON t.id = e.traineeId WHERE e.runId = ?`,
        [runId],
      );
      const byEnrolment = new Map(people.map((person) => [person.enrolmentId, person]));
      const rows = lines.flatMap((line) => {
        const person = byEnrolment.get(line.enrolmentId);
        if (!person) return [];
        const { nationalId, fatherName, ...names } = tx.reveal(Trainee, person.traineeId, person);
        return [{ ...line, ...names, ...masked({ nationalId, fatherName }) }];
      });
      return sortPersian(rows, ({ familyName, givenName }) => `${familyName} ${givenName}`);
    });
  }
}

/** A line for everyone who has or had a seat in the run, in one statement. */
export async function linesOf(
  tx: Reads,
  { sessionId, runId }: Pick<SheetHead, 'sessionId' | 'runId'>,
): Promise<AttendanceSheetLine[]> {
  const lines = await tx.query<AttendanceSheetLine & { markedAt: Date | string | null }>(
    `SELECT e.id AS enrolmentId, e.status AS enrolmentStatus, m.status, m.presentMinutes, m.markedAt
     FROM enrolment e
     LEFT JOIN attendance_mark m ON m.runId = e.runId AND m.enrolmentId = e.id AND m.sessionId = ?
     WHERE e.runId = ? ORDER BY e.id`,
    [sessionId, runId],
  );
  return lines.map((line) => ({ ...line, markedAt: line.markedAt === null ? null : asInstant(line.markedAt) }));
}

/** The sheet as the actor is shown it today. */
export const shown = (actor: Actor, head: SheetHead, lines: AttendanceSheetLine[], today: string): AttendanceSheet => ({
  ...head,
  lines,
  viewerCanMark:
    doers.MARK_ATTENDANCE.includes(actor.role) && refuseSheet({ status: head.runStatus }, head, today) === null,
});
