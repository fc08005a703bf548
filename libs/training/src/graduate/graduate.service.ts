import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/access';
import { maskNationalId } from '@app/persian';
import { conditions, Database, type Reads } from '@app/platform';
import { attendanceTotals } from '../attendance/attendance.rules.js';
import { tallies } from '../attendance/attendance-tally.service.js';
import type { CourseRunStatus } from '../course-run/course-run.entity.js';
import type { EnrolmentStatus } from '../enrolment/enrolment.entity.js';
import type { ExamResult } from '../exam/exam-result.entity.js';
import { examVerdict } from '../exam/exam.rules.js';
import { shownChange } from '../mobile-change/mobile-change.service.js';
import { MobileChange, MobileChangeState } from '../mobile-change/mobile-change.entity.js';
import type { ExamRules } from '../rules/dated-rules.entity.js';
import { SessionStatus } from '../session/session.entity.js';
import { Trainee } from '../trainee/trainee.entity.js';
import type { Me, MyEnrolment } from './graduate.graphql.js';
import { ownOf } from './graduate.policy.js';

type Numbers = Parameters<typeof examVerdict>[1];
interface Row extends Numbers {
  id: string;
  status: EnrolmentStatus;
  settled: number | boolean;
  runId: string;
  runNumber: string;
  runStatus: CourseRunStatus;
  standardTitleFa: string;
  standardTitleEn: string;
  instituteName: string;
  startsOn: string;
  endsOn: string;
}
type Try = Pick<ExamResult, 'enrolmentId' | 'part' | 'tryNumber' | 'absent' | 'markHundredths' | 'satOn'>;

/** Numbers of the rules by which an exam is judged, as columns of a statement. */
const NUMBERS: (keyof Numbers & keyof ExamRules)[] = [
  ...(['writtenPassHundredths', 'practicalPassHundredths', 'finalPassHundredths'] as const),
  ...(['writtenWeightPercent', 'practicalWeightPercent'] as const),
];

/** What trainees and graduates see of themselves, and nothing else. As many statements for one course run as for many. */
@Injectable()
export class GraduateService {
  constructor(private readonly db: Database) {}

  /** @throws NotFound the register knows the caller no more */
  me(actor: Actor): Promise<Me> {
    const own = ownOf(actor);
    return this.db.read(async (tx) => {
      const { givenName, familyName, nationalId } = await tx.get(Trainee, { id: own.traineeId });
      const waiting = await tx.repo(MobileChange).findOneBy({ ...own, state: MobileChangeState.WAITING });
      return {
        ...{ givenName, familyName, maskedNationalId: maskNationalId(nationalId) },
        enrolments: await enrolmentsOf(tx, own),
        mobileChange: waiting && shownChange(waiting),
      };
    });
  }
}

async function enrolmentsOf(tx: Reads, own: { traineeId: string }): Promise<MyEnrolment[]> {
  const seen = conditions('e', own);
  const rows = await tx.query<Row>(
    `SELECT e.id, e.status, e.settled, e.runId, r.number AS runNumber, r.status AS runStatus, r.startsOn, r.endsOn,
            s.titleFa AS standardTitleFa, s.titleEn AS standardTitleEn, i.name AS instituteName,
            ${NUMBERS.map((name) => `x.${name}`).join(', ')}
     FROM enrolment e
     JOIN course_run r ON r.id = e.runId
     JOIN training_standard s ON s.id = r.standardId
     JOIN institute i ON i.id = r.instituteId
     JOIN exam_rules x ON x.id = r.examRulesId
     WHERE ${seen.sql} ORDER BY r.startsOn DESC, e.id DESC`,
    seen.values,
  );
  const runId = rows.map((row) => row.runId);
  const enrolmentId = rows.map(({ id }) => id);
  const minutes = await minutesOf(tx, runId);
  const marks = await tallies(tx, { runId, enrolmentId });
  const sat = conditions('t', { enrolmentId });
  const tries = await tx.query<Try>(
    `SELECT t.enrolmentId, t.part, t.tryNumber, t.absent, t.markHundredths, t.satOn FROM exam_result t WHERE ${sat.sql}`,
    sat.values,
  );
  return rows.map(({ runId: run, ...row }) => {
    const { planned = 0, held = 0 } = minutes.get(run) ?? {};
    const own = tries
      .filter((one) => one.enrolmentId === row.id)
      .map((one) => ({ ...one, absent: Boolean(one.absent) }));
    return {
      ...row,
      settled: Boolean(row.settled),
      attendance: attendanceTotals(marks.get(row.id) ?? [], planned, held),
      ...examVerdict(own, row),
    };
  });
}

/** The minutes of the sessions of some runs that are not cancelled, and of those of them that were held. */
async function minutesOf(tx: Reads, runId: string[]): Promise<Map<string, { planned: number; held: number }>> {
  const asked = conditions('s', { runId });
  const rows = await tx.query<{ runId: string; planned: number | string; held: number | string }>(
    `SELECT s.runId, SUM(s.endMinute - s.startMinute) AS planned,
            SUM(CASE WHEN s.status = ? THEN s.endMinute - s.startMinute ELSE 0 END) AS held
     FROM session s WHERE ${asked.sql} AND s.status <> ? GROUP BY s.runId`,
    [SessionStatus.HELD, ...asked.values, SessionStatus.CANCELLED],
  );
  return new Map(rows.map(({ runId: run, planned, held }) => [run, { planned: Number(planned), held: Number(held) }]));
}
