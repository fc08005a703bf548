import { Injectable } from '@nestjs/common';
import { jalaliMonth, maskNationalId, sortPersian } from '@app/persian';
import { Clock, NotFound, type Reads } from '@app/platform';
import { attendanceTotals } from '../attendance/attendance.rules.js';
import { talliesOf } from '../attendance/attendance-tally.service.js';
import type { ClassListPerson } from '../class-list/class-list.document.js';
import type { CompletedTrainee } from '../completion-notice/completion-notice.document.js';
import { CourseRun } from '../course-run/course-run.entity.js';
import { EnrolmentStatus } from '../enrolment/enrolment.entity.js';
import { openParts } from '../exam/exam-entry.rules.js';
import { ExamResult } from '../exam/exam-result.entity.js';
import { Emblems } from '../office/emblems.service.js';
import { AttendanceRules, ExamRules } from '../rules/dated-rules.entity.js';
import { SessionStatus } from '../session/session.entity.js';
import { Trainee } from '../trainee/trainee.entity.js';
import type { RunPaperModel, RunPaperSession } from './run-form.document.js';
import { hasCompleted, type PaperDetails } from './paper.rules.js';
import { PaperKind } from './paper-order.entity.js';

const WATERMARK = 'نمونه، فاقد اعتبار';

/** Of the emblem only the hash is read with the rest: its file lies elsewhere. */
type RunPaperHead = Omit<RunPaperModel, 'emblem'> & { emblem: string | null };

interface HeadRow extends Omit<RunPaperHead, 'trainerName' | 'sessions' | 'drawnAt' | 'watermark' | 'grey' | 'emblem'> {
  provinceCode: string;
  givenName: string;
  familyName: string;
  demo: number | boolean;
  capacity: number;
}
interface PersonRow {
  enrolmentId: string;
  traineeId: string;
  nationalId: string;
  givenName: string;
  familyName: string;
  fatherName: string | null;
  mobile: string | null;
}
type SessionRow = RunPaperSession & { status: SessionStatus };

/** Someone on the roll, as any of the papers may show them. */
export interface PaperPerson extends CompletedTrainee, ClassListPerson {
  enrolmentId: string;
}

/** All that the papers of a run show, read at one moment. */
export interface RunPaperFacts {
  head: RunPaperHead;
  capacity: number;
  heldMinutes: number;
  people: PaperPerson[];
}

/** Reads what the papers of a course run show. */
@Injectable()
export class PaperModelService {
  constructor(
    private readonly clock: Clock,
    private readonly emblems: Emblems,
  ) {}

  /** The run, its sessions (of a month, when the paper is about one) and the people whom the paper names. */
  async read(tx: Reads, runId: string, kind: PaperKind, details: PaperDetails): Promise<RunPaperFacts> {
    const { givenName, familyName, demo, capacity, provinceCode, ...run } = await this.head(tx, runId);
    const all = await tx.query<SessionRow>(
      'SELECT ordinal, day, startMinute, endMinute, status FROM session WHERE runId = ? AND status <> ? ORDER BY ordinal',
      [runId, SessionStatus.CANCELLED],
    );
    const month = details.month ? jalaliMonth(details.month) : null;
    const sessions = month ? all.filter(({ day }) => day >= month.first && day <= month.last) : all;
    const heldMinutes = all
      .filter(({ status }) => status === SessionStatus.HELD)
      .reduce((minutes, { startMinute, endMinute }) => minutes + endMinute - startMinute, 0);
    const head: RunPaperHead = {
      ...run,
      trainerName: `${givenName} ${familyName}`,
      sessions,
      drawnAt: this.clock.now(),
      watermark: demo ? WATERMARK : null,
      emblem: await this.emblems.inForce(tx, provinceCode),
      grey: details.grey,
    };
    const people = await this.people(tx, runId, run.plannedMinutes, heldMinutes);
    return { head, capacity, heldMinutes, people: await this.named(tx, runId, kind, details, people) };
  }

  private async head(tx: Reads, runId: string): Promise<HeadRow> {
    const [head] = await tx.query<HeadRow>(
      `SELECT p.name AS provincialOfficeName, o.name AS officeName, i.name AS instituteName, i.licenceNumber,
              s.titleFa AS standardTitle, s.code AS standardCode, r.number AS runNumber, t.givenName, t.familyName,
              m.name AS roomName, r.startsOn, r.endsOn, r.plannedMinutes, r.capacity, r.provinceCode, r.demo
       FROM course_run r
       JOIN office o ON o.id = r.officeId
       JOIN office p ON p.id = o.parentId
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

  /** All who have a seat, in the order of their Persian names, with what is written down of them. */
  private async people(tx: Reads, runId: string, planned: number, held: number): Promise<AbsentPerson[]> {
    const rows = await tx.query<PersonRow>(
      `SELECT e.id AS enrolmentId, e.traineeId, t.nationalId, t.givenName, t.familyName, t.fatherName, t.mobile
       FROM enrolment e JOIN trainee t ON t.id = e.traineeId WHERE e.runId = ? AND e.status = ?`,
      [runId, EnrolmentStatus.ENROLLED],
    );
    const tallies = await talliesOf(tx, runId);
    const people = rows.map((row) => {
      const { enrolmentId, nationalId, givenName, familyName, fatherName, mobile } = tx.reveal(
        Trainee,
        row.traineeId,
        row,
      );
      // What was never held is not missed: it is judged by what was, against what was planned.
      const { presentMinutes, excusedMinutes, unexcusedMinutes, notEnteredMinutes } = attendanceTotals(
        tallies.get(enrolmentId) ?? [],
        held,
        held,
      );
      return {
        ...{ enrolmentId, nationalId, givenName, familyName },
        ...{ fatherName: fatherName ?? '', mobile: mobile ?? '', nationalIdMasked: maskNationalId(nationalId) },
        ...{ presentMinutes, excusedMinutes, unexcusedMinutes, notEnteredMinutes, plannedMinutes: planned },
      };
    });
    return sortPersian(people, ({ familyName, givenName }) => `${familyName} ${givenName}`);
  }

  /** Whom the paper is about: all, those who completed the course, or of these those who may still try a part. */
  private async named(
    tx: Reads,
    runId: string,
    kind: PaperKind,
    { sitting }: PaperDetails,
    people: AbsentPerson[],
  ): Promise<PaperPerson[]> {
    if (kind !== PaperKind.COMPLETION_NOTICES && kind !== PaperKind.EXAM_LIST && kind !== PaperKind.EXAM_CARDS)
      return people;
    const { attendanceRulesId, examRulesId } = await tx.get(CourseRun, { id: runId });
    const limits = await tx.get(AttendanceRules, { id: attendanceRulesId });
    const completed = people.filter((person) => hasCompleted(person, limits));
    if (!sitting) return completed;
    const rules = await tx.get(ExamRules, { id: examRulesId });
    const results = await tx.repo(ExamResult).findBy({ runId });
    const triesOf = (id: string) => results.filter(({ enrolmentId }) => enrolmentId === id);
    return completed.filter(({ enrolmentId }) => openParts(triesOf(enrolmentId), rules).includes(sitting.part));
  }
}

type AbsentPerson = PaperPerson & { plannedMinutes: number; notEnteredMinutes: number };
