import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/access';
import { maskNationalId, sortPersian } from '@app/persian';
import { asInstant, Clock, conditions, Database, NotFound } from '@app/platform';
import type { CourseRunStatus } from '../course-run/course-run.entity.js';
import { doers, runsSeenBy } from '../course-run/course-run.policy.js';
import type { EnrolmentStatus } from '../enrolment/enrolment.entity.js';
import type { SessionStatus } from '../session/session.entity.js';
import { Trainee } from '../trainee/trainee.entity.js';
import type { AttendanceStatus } from './attendance.entity.js';
import type { AttendanceSheet } from './attendance.graphql.js';
import { refuseSheet } from './attendance.rules.js';

interface HeadRow {
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

interface MarkRow {
  enrolmentId: string;
  enrolmentStatus: EnrolmentStatus;
  traineeId: string;
  nationalId: string;
  givenName: string;
  familyName: string;
  fatherName: string | null;
  status: AttendanceStatus | null;
  presentMinutes: number | null;
  markedAt: Date | string | null;
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
      const [head] = await tx.query<HeadRow>(
        `SELECT s.id AS sessionId, s.runId, r.number AS runNumber, r.status AS runStatus, s.ordinal, s.day,
                s.startMinute, s.endMinute, s.status
         FROM session s JOIN course_run r ON r.id = s.runId WHERE s.id = ? AND ${seen.sql}`,
        [sessionId, ...seen.values],
      );
      if (!head) throw new NotFound();
      const marks = await tx.query<MarkRow>(
        `SELECT e.id AS enrolmentId, e.status AS enrolmentStatus, e.traineeId, t.nationalId, t.givenName, t.familyName,
                t.fatherName, m.status, m.presentMinutes, m.markedAt
         FROM enrolment e
         JOIN trainee t ON t.id = e.traineeId
         LEFT JOIN attendance_mark m ON m.runId = e.runId AND m.enrolmentId = e.id AND m.sessionId = ?
         WHERE e.runId = ?`,
        [sessionId, head.runId],
      );
      const rows = marks.map((mark) => {
        const { nationalId, ...opened } = tx.reveal(Trainee, mark.traineeId, mark);
        const markedAt = mark.markedAt === null ? null : asInstant(mark.markedAt);
        return { ...opened, maskedNationalId: maskNationalId(nationalId), markedAt };
      });
      return {
        ...head,
        rows: sortPersian(rows, ({ familyName, givenName }) => `${familyName} ${givenName}`),
        viewerCanMark:
          doers.MARK_ATTENDANCE.includes(actor.role) &&
          refuseSheet({ status: head.runStatus }, head, this.clock.today()) === null,
      };
    });
  }
}
