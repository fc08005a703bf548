import { attendanceTotals, examVerdict, type ExamPart, SessionStatus, talliesOf, Trainee } from '@app/training';
import type { Reads } from '@app/platform';
import { templateInForce } from '../template/certificate-template.service.js';
import { type CertificateShortfall, certificateShortfalls } from './certificate.rules.js';

/** What a run's certificates say of the run, and the rules it began with. */
export interface RunFacts {
  id: string;
  number: string;
  status: string;
  provinceCode: string;
  officeId: string;
  demo: boolean;
  startsOn: string;
  endsOn: string;
  plannedMinutes: number;
  standardTitleFa: string;
  standardTitleEn: string;
  standardCode: string;
  theoryMinutes: number;
  practiceMinutes: number;
  instituteName: string;
  officeName: string;
  provincialOfficeName: string;
  writtenPassHundredths: number;
  practicalPassHundredths: number;
  finalPassHundredths: number;
  writtenWeightPercent: number;
  practicalWeightPercent: number;
  unexcusedLimitPercent: number;
  totalLimitPercent: number;
  /** The form in force on the day of the order; null is ours. */
  templateId: string | null;
}

type Names = Pick<Trainee, 'givenName' | 'familyName' | 'fatherName' | 'nationalId'>;

/** One of the run's trainees, and whether a certificate can be issued. */
export interface Candidate {
  enrolmentId: string;
  /** As they are kept: to be opened with `namesOf`. */
  sealed: Names & { traineeId: string };
  writtenHundredths: number | null;
  practicalHundredths: number | null;
  finalHundredths: number | null;
  examOn: string | null;
  shortfalls: CertificateShortfall[];
}

/** The run with everything its certificates need, in one statement; undefined when there is none. */
export async function runFacts(tx: Reads, runId: string): Promise<RunFacts | undefined> {
  const [run] = await tx.query<RunFacts & { demo: number | boolean }>(
    `SELECT r.id, r.number, r.status, r.provinceCode, r.officeId, r.demo, r.startsOn, r.endsOn, r.plannedMinutes,
       st.titleFa AS standardTitleFa, st.titleEn AS standardTitleEn, st.code AS standardCode,
       v.theoryMinutes, v.practiceMinutes, i.name AS instituteName, o.name AS officeName, p.name AS provincialOfficeName,
       x.writtenPassHundredths, x.practicalPassHundredths, x.finalPassHundredths, x.writtenWeightPercent, x.practicalWeightPercent,
       a.unexcusedLimitPercent, a.totalLimitPercent, ${templateInForce('r.provinceCode')} AS templateId
     FROM course_run r
     JOIN training_standard st ON st.id = r.standardId
     JOIN training_standard_version v ON v.id = r.standardVersionId
     JOIN institute i ON i.id = r.instituteId
     JOIN office o ON o.id = r.officeId
     JOIN office p ON p.id = o.parentId
     JOIN exam_rules x ON x.id = r.examRulesId
     JOIN attendance_rules a ON a.id = r.attendanceRulesId
     WHERE r.id = ?`,
    [runId],
  );
  return run && { ...run, demo: Boolean(run.demo) };
}

/** All trainees of a run in the order of their enrolment ids, judged by the run's rules: four statements for any number. */
export async function candidates(tx: Reads, run: RunFacts): Promise<Candidate[]> {
  const enrolments = await tx.query<Candidate['sealed'] & { enrolmentId: string; status: string }>(
    `SELECT e.id AS enrolmentId, e.status, t.id AS traineeId, t.givenName, t.familyName, t.fatherName, t.nationalId
     FROM enrolment e JOIN trainee t ON t.id = e.traineeId WHERE e.runId = ? ORDER BY e.id`,
    [run.id],
  );
  const tries = grouped(
    await tx.query<{
      enrolmentId: string;
      part: ExamPart;
      tryNumber: number;
      absent: number;
      markHundredths: number | null;
      satOn: string;
    }>('SELECT enrolmentId, part, tryNumber, absent, markHundredths, satOn FROM exam_result WHERE runId = ?', [run.id]),
  );
  const tallies = await talliesOf(tx, run.id);
  const [sessions] = await tx.query<{ held: number | string | null }>(
    `SELECT SUM(endMinute - startMinute) AS held FROM session WHERE runId = ? AND status = ?`,
    [run.id, SessionStatus.HELD],
  );
  const heldMinutes = Number(sessions?.held ?? 0);
  return enrolments.map(({ enrolmentId, status, traineeId, givenName, familyName, fatherName, nationalId }) => {
    const verdict = examVerdict(
      (tries.get(enrolmentId) ?? []).map((attempt) => ({ ...attempt, absent: Boolean(attempt.absent) })),
      run,
    );
    const marks = tallies.get(enrolmentId) ?? [];
    const totals = attendanceTotals(marks, run.plannedMinutes, heldMinutes);
    return {
      enrolmentId,
      sealed: { traineeId, givenName, familyName, fatherName, nationalId },
      writtenHundredths: verdict.writtenHundredths,
      practicalHundredths: verdict.practicalHundredths,
      finalHundredths: verdict.finalHundredths,
      examOn: verdict.examOn,
      shortfalls: certificateShortfalls(
        {
          left: status !== 'ENROLLED',
          examShortfalls: verdict.shortfalls,
          plannedMinutes: run.plannedMinutes,
          excusedMinutes: totals.excusedMinutes,
          unexcusedMinutes: totals.unexcusedMinutes,
          notEnteredMinutes: heldMinutes - marks.reduce((entered, { sessionMinutes }) => entered + sessionMinutes, 0),
        },
        run,
      ),
    };
  });
}

/** The names of a candidate, opened. */
export const namesOf = (tx: Reads, { sealed }: Pick<Candidate, 'sealed'>): Names =>
  tx.reveal(Trainee, sealed.traineeId, sealed);

function grouped<R extends { enrolmentId: string }>(rows: R[]): Map<string, R[]> {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    const group = groups.get(row.enrolmentId);
    if (group) group.push(row);
    else groups.set(row.enrolmentId, [row]);
  }
  return groups;
}
