import { setImmediate as breath } from 'node:timers/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In } from 'typeorm';
import type { Actor } from '@app/access';
import { Documents, Drawing, type Draws, StoredDocument } from '@app/documents';
import { jalaliMonth, maskNationalId, sortPersian } from '@app/persian';
import { Clock, conditions, Database, NotFound, type Reads } from '@app/platform';
import { CourseRun } from '../course-run/course-run.entity.js';
import { runsFor, runsSeenBy } from '../course-run/course-run.policy.js';
import { CourseRunAction } from '../course-run/course-run.rules.js';
import { EnrolmentStatus } from '../enrolment/enrolment.entity.js';
import { Emblems } from '../office/emblems.service.js';
import { PAPER_FILES, PaperFormat } from '../paper/paper-format.rules.js';
import { SessionStatus } from '../session/session.entity.js';
import { Trainee } from '../trainee/trainee.entity.js';
import { AttendanceStatus } from './attendance.entity.js';
import { AttendanceReportRequested } from './attendance.events.js';
import type { AttendanceReportModel, AttendanceReportTrainee } from './attendance-report-model.document.js';
import { drawAttendanceReport } from './attendance-report.document.js';
import { writeAttendanceReportCsv, writeAttendanceReportXlsx } from './attendance-report-sheet.document.js';
import { attendanceTotals } from './attendance.rules.js';

const PDF = 'ATTENDANCE_REPORT_PDF';
const XLSX = 'ATTENDANCE_REPORT_XLSX';
const CSV = 'ATTENDANCE_REPORT_CSV';
const PAPER = new URL('./attendance-report.document.js', import.meta.url);
const SHEET = new URL('./attendance-report-sheet.document.js', import.meta.url);
/** How each format of the report is drawn. */
export const REPORT_DRAWN: Record<PaperFormat, Draws<AttendanceReportModel>> = {
  PDF: { draw: drawAttendanceReport, from: PAPER },
  XLSX: { draw: writeAttendanceReportXlsx, from: SHEET },
  CSV: { draw: writeAttendanceReportCsv, from: SHEET },
};
const KINDS: Record<string, PaperFormat> = { [PDF]: PaperFormat.PDF, [XLSX]: PaperFormat.XLSX, [CSV]: PaperFormat.CSV };
/** The kinds of its stored documents; their subject is the course run. */
export const REPORT_KINDS = Object.keys(KINDS);
/** Read without a pause, with the names of those they are of. */
const MARKS_AT_ONCE = 1000;
/** What is chosen of a report: a day of the Jalali month it is about, or null; and whether it has no colours. */
type ReportDetails = Pick<AttendanceReportModel, 'month' | 'grey'>;
const WHOLE: ReportDetails = { month: null, grey: false };
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
  provinceCode: string;
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

/** The attendance report of a run, as a PDF, a workbook and a CSV file. */
@Injectable()
export class AttendanceReportService implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly documents: Documents,
    private readonly drawing: Drawing,
    private readonly clock: Clock,
    private readonly emblems: Emblems,
  ) {}

  /** Whoever sees the run may open its reports. */
  onModuleInit(): void {
    for (const kind of Object.keys(KINDS))
      this.documents.allow(
        kind,
        async (tx, actor, runId) => void (await tx.get(CourseRun, { id: runId, ...runsSeenBy(actor) })),
        { cancellable: true },
      );
  }

  /**
   * Asks for the report of a run; a job draws all files. Asked again, they are drawn again.
   *
   * @throws NotFound the run is not the actor's to report on
   */
  request(actor: Actor, runId: string): Promise<Record<'pdf' | 'xlsx' | 'csv', StoredDocument>> {
    return this.db.write(actor, async (tx) => {
      // Locked, so that two who ask at once get the same two documents.
      const where = { id: runId, ...runsFor(actor, CourseRunAction.REQUEST_ATTENDANCE_REPORT) };
      const { number } = await tx.lock(CourseRun, where);
      const ask = (kind: string) => {
        const { extension, mimeType } = PAPER_FILES[KINDS[kind]!];
        const fileName = `attendance-${number}.${extension}`;
        return this.documents.request(tx, { kind, subjectId: runId, fileName, mimeType, requestedBy: actor.userId });
      };
      const files = { pdf: await ask(PDF), xlsx: await ask(XLSX), csv: await ask(CSV) };
      tx.emit(AttendanceReportRequested, { runId });
      return files;
    });
  }

  /**
   * Draws what is asked for and not ready: run twice or late, it leaves the report as the marks are by then. A class for
   * which the paper has no room still gets its sheet.
   */
  async draw(runId: string): Promise<void> {
    let model: Promise<AttendanceReportModel> | undefined;
    await this.documents.draw(await this.requested(runId), async ({ kind }, signal) => {
      // Read once for all files. Given up with the one it was read for, it is read again for the next.
      model ??= this.read(runId, WHOLE, signal);
      model.catch(() => (model = undefined));
      return this.drawing.one(REPORT_DRAWN[KINDS[kind]!], await model, signal);
    });
  }

  async giveUp(runId: string, reason: string): Promise<void> {
    for (const { id } of await this.requested(runId)) await this.documents.fail(id, reason);
  }

  private requested(runId: string): Promise<StoredDocument[]> {
    return this.db.read((tx) => tx.repo(StoredDocument).findBy({ subjectId: runId, kind: In(Object.keys(KINDS)) }));
  }

  /** All that the paper shows, with the picture that lies elsewhere. @throws UnusablePicture it is gone */
  async read(runId: string, details: ReportDetails, signal: AbortSignal): Promise<AttendanceReportModel> {
    const { emblem, ...model } = await this.db.snapshot((tx) => this.model(tx, runId, details, signal));
    return { ...model, emblem: await this.emblems.picture(emblem) };
  }

  /**
   * What the paper shows, of the emblem the hash: three statements, and one for each thousand marks. Between these the
   * process answers others, for a large class has tens of thousands of marks.
   *
   * @param details the whole course, in colours, when left out
   */
  async model(
    tx: Reads,
    runId: string,
    { month, grey }: ReportDetails = WHOLE,
    signal?: AbortSignal,
  ): Promise<Omit<AttendanceReportModel, 'emblem'> & { emblem: string | null }> {
    const { givenName, familyName, provinceCode, demo, ...head } = await this.head(tx, runId);
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

    const rows = await this.people(tx, runId);
    const trainees: Omit<AttendanceReportTrainee, 'row'>[] = [];
    const atOnce = Math.ceil(MARKS_AT_ONCE / (sessions.length + 1));
    for (let at = 0; at < rows.length; at += atOnce) {
      const some = rows.slice(at, at + atOnce);
      const marks = await this.marks(tx, runId, some);
      for (const row of some) {
        const own = marks.get(row.id) ?? new Map<string, MarkRow>();
        if (row.status !== EnrolmentStatus.ENROLLED && !sessions.some(({ id }) => own.has(id))) continue;
        const person = tx.reveal(Trainee, row.traineeId, row);
        const tallies = standing.flatMap((session) => {
          const mark = own.get(session.id);
          return mark ? [{ ...mark, sessionMinutes: minutesOf(session) }] : [];
        });
        const { presentOfPlanned, presentOfHeld, ...minutes } = attendanceTotals(tallies, plannedMinutes, heldMinutes);
        trainees.push({
          familyName: person.familyName,
          givenName: person.givenName,
          fatherName: person.fatherName ?? '',
          nationalIdMasked: maskNationalId(person.nationalId),
          marks: sessions.map(({ id }) => own.get(id)?.status ?? null),
          ...minutes,
          percentOfPlannedHundredths: presentOfPlanned,
          percentOfHeldHundredths: presentOfHeld ?? 0,
        });
      }
      await breath();
      signal?.throwIfAborted();
    }
    const sorted = sortPersian(trainees, ({ familyName, givenName }) => `${familyName} ${givenName}`);
    return {
      ...head,
      month,
      grey,
      trainerName: `${givenName} ${familyName}`,
      plannedMinutes,
      heldMinutes,
      sessions: sessions.map((session) => ({
        ...session,
        minutes: minutesOf(session),
        held: session.status === SessionStatus.HELD,
      })),
      trainees: sorted.map((trainee, at) => ({ ...trainee, row: at + 1 })),
      drawnAt: this.clock.now(),
      watermark: demo ? WATERMARK : null,
      emblem: await this.emblems.inForce(tx, provinceCode),
    };
  }

  private async head(tx: Reads, runId: string): Promise<HeadRow> {
    const [head] = await tx.query<HeadRow>(
      `SELECT o.name AS officeName, i.name AS instituteName, i.licenceNumber, s.titleFa AS standardTitle,
              s.code AS standardCode, r.number AS runNumber, t.givenName, t.familyName, m.name AS roomName, r.startsOn,
              r.endsOn, r.provinceCode, r.demo
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

  /** Who has or had a seat; their names are still sealed. */
  private people(tx: Reads, runId: string): Promise<TraineeRow[]> {
    return tx.query<TraineeRow>(
      `SELECT e.id, e.status, e.traineeId, t.nationalId, t.givenName, t.familyName, t.fatherName
       FROM enrolment e JOIN trainee t ON t.id = e.traineeId WHERE e.runId = ?`,
      [runId],
    );
  }

  /** The marks of these people, by enrolment and session. */
  private async marks(tx: Reads, runId: string, people: { id: string }[]): Promise<Map<string, Map<string, MarkRow>>> {
    const asked = conditions('m', { runId, enrolmentId: people.map(({ id }) => id) });
    const rows = await tx.query<MarkRow>(
      `SELECT m.enrolmentId, m.sessionId, m.status, m.presentMinutes FROM attendance_mark m WHERE ${asked.sql}`,
      asked.values,
    );
    const byEnrolment = new Map<string, Map<string, MarkRow>>();
    for (const mark of rows) {
      const own = byEnrolment.get(mark.enrolmentId) ?? new Map<string, MarkRow>();
      byEnrolment.set(mark.enrolmentId, own.set(mark.sessionId, mark));
    }
    return byEnrolment;
  }
}
