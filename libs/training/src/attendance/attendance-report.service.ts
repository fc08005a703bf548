import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In } from 'typeorm';
import type { Actor } from '@app/access';
import { Documents, DocumentState, Drawing, PaperRefused, StoredDocument } from '@app/documents';
import { jalaliMonth, maskNationalId, sortPersian } from '@app/persian';
import { Clock, Database, NotFound, type Reads } from '@app/platform';
import { CourseRun } from '../course-run/course-run.entity.js';
import { runsFor, runsSeenBy } from '../course-run/course-run.policy.js';
import { CourseRunAction } from '../course-run/course-run.rules.js';
import { EnrolmentStatus } from '../enrolment/enrolment.entity.js';
import { SessionStatus } from '../session/session.entity.js';
import { Trainee } from '../trainee/trainee.entity.js';
import { AttendanceStatus } from './attendance.entity.js';
import { AttendanceReportRequested } from './attendance.events.js';
import {
  type AttendanceReportMark,
  type AttendanceReportModel,
  drawAttendanceReport,
} from './attendance-report.document.js';
import { writeAttendanceReportXlsx } from './attendance-report-sheet.document.js';
import { attendanceTotals } from './attendance.rules.js';

const PDF = 'ATTENDANCE_REPORT_PDF';
const XLSX = 'ATTENDANCE_REPORT_XLSX';
const PAPER = new URL('./attendance-report.document.js', import.meta.url);
const SHEET = new URL('./attendance-report-sheet.document.js', import.meta.url);
const KINDS = {
  [PDF]: { drawn: { draw: drawAttendanceReport, from: PAPER }, extension: 'pdf', mimeType: 'application/pdf' },
  [XLSX]: {
    drawn: { draw: writeAttendanceReportXlsx, from: SHEET },
    extension: 'xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
};
const WHOLE_COURSE = { first: '0000-01-01', last: '9999-12-31' };
const WATERMARK = 'نمونه، فاقد اعتبار';

interface HeadRow {
  officeName: string;
  instituteName: string;
  licenceNumber: string;
  standardTitle: string;
  standardCode: string;
  runNumber: string;
  givenName: string;
  familyName: string;
  roomName: string;
  startsOn: string;
  endsOn: string;
  demo: number | boolean;
}
interface SessionRow {
  id: string;
  ordinal: number;
  day: string;
  startMinute: number;
  endMinute: number;
  status: SessionStatus;
}
interface TraineeRow {
  id: string;
  status: EnrolmentStatus;
  traineeId: string;
  nationalId: string;
  givenName: string;
  familyName: string;
  fatherName: string | null;
}
interface MarkRow {
  enrolmentId: string;
  sessionId: string;
  status: AttendanceStatus;
  presentMinutes: number;
}

/** The attendance report of a run, as a PDF and as a workbook. */
@Injectable()
export class AttendanceReportService implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly documents: Documents,
    private readonly drawing: Drawing,
    private readonly clock: Clock,
  ) {}

  /** Whoever sees the run may open its reports. */
  onModuleInit(): void {
    for (const kind of Object.keys(KINDS))
      this.documents.allow(kind, async (tx, actor, runId) => {
        await tx.get(CourseRun, { id: runId, ...runsSeenBy(actor) });
      });
  }

  /**
   * Asks for the report of a run; a job draws both files. Asked again, they are drawn again.
   *
   * @throws NotFound the run is not the actor's to report on
   */
  request(actor: Actor, runId: string): Promise<{ pdf: StoredDocument; xlsx: StoredDocument }> {
    return this.db.write(actor, async (tx) => {
      // Locked, so that two who ask at once get the same two documents.
      const where = { id: runId, ...runsFor(actor, CourseRunAction.REQUEST_ATTENDANCE_REPORT) };
      const { number } = await tx.lock(CourseRun, where);
      const ask = (kind: keyof typeof KINDS) => {
        const { extension, mimeType } = KINDS[kind];
        const fileName = `attendance-${number}.${extension}`;
        return this.documents.request(tx, { kind, subjectId: runId, fileName, mimeType, requestedBy: actor.userId });
      };
      const [pdf, xlsx] = [await ask(PDF), await ask(XLSX)];
      tx.emit(AttendanceReportRequested, { runId });
      return { pdf, xlsx };
    });
  }

  /**
   * Draws what is asked for and not ready: run twice or late, it leaves the report as the marks are by then. A class for
   * which the paper has no room still gets its sheet.
   */
  async draw(runId: string): Promise<void> {
    const waiting = (await this.requested(runId)).filter(({ state }) => state !== DocumentState.READY);
    if (waiting.length === 0) return;
    for (const asked of waiting) await this.documents.begin(asked);
    const model = await this.db.snapshot((tx) => this.model(tx, runId));
    for (const asked of waiting) {
      try {
        const { drawn } = KINDS[asked.kind as keyof typeof KINDS];
        await this.documents.finish(asked, await this.drawing.one(drawn, model));
      } catch (error) {
        if (!(error instanceof PaperRefused)) throw error;
        await this.documents.fail(asked.id, error.message);
      }
    }
  }

  async giveUp(runId: string, reason: string): Promise<void> {
    for (const { id, state } of await this.requested(runId))
      if (state !== DocumentState.READY) await this.documents.fail(id, reason);
  }

  private requested(runId: string): Promise<StoredDocument[]> {
    return this.db.read((tx) => tx.repo(StoredDocument).findBy({ subjectId: runId, kind: In(Object.keys(KINDS)) }));
  }

  /**
   * All that the paper shows, in four statements.
   *
   * @param month a day of the Jalali month the report is about; null for the whole course
   */
  async model(tx: Reads, runId: string, month: string | null = null): Promise<AttendanceReportModel> {
    const { givenName, familyName, demo, ...head } = await this.head(tx, runId);
    const { first, last } = month ? jalaliMonth(month) : WHOLE_COURSE;
    const sessions = await tx.query<SessionRow>(
      `SELECT id, ordinal, day, startMinute, endMinute, status FROM session
       WHERE runId = ? AND day >= ? AND day <= ? ORDER BY ordinal`,
      [runId, first, last],
    );
    const minutesOf = (session: SessionRow) => session.endMinute - session.startMinute;
    const sum = (of: SessionRow[]) => of.reduce((minutes, session) => minutes + minutesOf(session), 0);
    const standing = sessions.filter(({ status }) => status !== SessionStatus.CANCELLED);
    const plannedMinutes = sum(standing);
    const heldMinutes = sum(sessions.filter(({ status }) => status === SessionStatus.HELD));

    const marks = await this.marks(tx, runId);
    const people = (await this.people(tx, runId)).filter(
      ({ id, status }) => status === EnrolmentStatus.ENROLLED || sessions.some((each) => marks.get(id)?.has(each.id)),
    );
    const trainees = sortPersian(people, (person) => `${person.familyName} ${person.givenName}`).map((person, i) => {
      const own = marks.get(person.id) ?? new Map<string, AttendanceReportMark>();
      const tallies = standing.flatMap((session) => {
        const mark = own.get(session.id);
        return mark ? [{ ...mark, status: AttendanceStatus[mark.status], sessionMinutes: minutesOf(session) }] : [];
      });
      const { presentOfPlanned, presentOfHeld, ...minutes } = attendanceTotals(tallies, plannedMinutes, heldMinutes);
      return {
        row: i + 1,
        familyName: person.familyName,
        givenName: person.givenName,
        fatherName: person.fatherName ?? '',
        nationalIdMasked: maskNationalId(person.nationalId),
        marks: sessions.map(({ id }) => own.get(id) ?? null),
        ...minutes,
        percentOfPlannedHundredths: presentOfPlanned,
        percentOfHeldHundredths: presentOfHeld ?? 0,
      };
    });
    return {
      ...head,
      month,
      trainerName: `${givenName} ${familyName}`,
      plannedMinutes,
      heldMinutes,
      sessions: sessions.map((session) => ({
        ...session,
        minutes: minutesOf(session),
        held: session.status === SessionStatus.HELD,
      })),
      trainees,
      drawnAt: this.clock.now(),
      watermark: demo ? WATERMARK : null,
    };
  }

  private async head(tx: Reads, runId: string): Promise<HeadRow> {
    const [head] = await tx.query<HeadRow>(
      `SELECT o.name AS officeName, i.name AS instituteName, i.licenceNumber, s.titleFa AS standardTitle,
              s.code AS standardCode, r.number AS runNumber, t.givenName, t.familyName, m.name AS roomName, r.startsOn,
              r.endsOn, r.demo
       FROM course_run r
       JOIN office o ON o.id = r.officeId
       JOIN institute i ON i.id = r.instituteId
       JOIN training_standard s ON s.id = r.standardId
       JOIN trainer t ON t.id = r.trainerId
       JOIN room m ON m.id = r.roomId
       WHERE r.id = ?`,
      [runId],
    );
    if (!head) throw new NotFound();
    return head;
  }

  private async people(tx: Reads, runId: string): Promise<TraineeRow[]> {
    const rows = await tx.query<TraineeRow>(
      `SELECT e.id, e.status, e.traineeId, t.nationalId, t.givenName, t.familyName, t.fatherName
       FROM enrolment e JOIN trainee t ON t.id = e.traineeId WHERE e.runId = ?`,
      [runId],
    );
    return rows.map((row) => tx.reveal(Trainee, row.traineeId, row));
  }

  private async marks(tx: Reads, runId: string): Promise<Map<string, Map<string, AttendanceReportMark>>> {
    const rows = await tx.query<MarkRow>(
      'SELECT enrolmentId, sessionId, status, presentMinutes FROM attendance_mark WHERE runId = ?',
      [runId],
    );
    const byEnrolment = new Map<string, Map<string, AttendanceReportMark>>();
    for (const { enrolmentId, sessionId, status, presentMinutes } of rows) {
      const own = byEnrolment.get(enrolmentId) ?? new Map<string, AttendanceReportMark>();
      byEnrolment.set(enrolmentId, own.set(sessionId, { status, presentMinutes }));
    }
    return byEnrolment;
  }
}
