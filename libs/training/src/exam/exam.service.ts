import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/access';
import { sortPersian } from '@app/persian';
import { Clock, conditions, Database, NotFound, type Reads, Refused } from '@app/platform';
import { CourseRun, type CourseRunStatus } from '../course-run/course-run.entity.js';
import { doers, runsFor, runsSeenBy } from '../course-run/course-run.policy.js';
import { allows, CourseRunAction } from '../course-run/course-run.rules.js';
import { Enrolment, EnrolmentStatus } from '../enrolment/enrolment.entity.js';
import { ExamRules } from '../rules/dated-rules.entity.js';
import { Trainee } from '../trainee/trainee.entity.js';
import { masked } from '../trainee/trainee.rules.js';
import { ExamRefusal, examStanding, openParts, refuseTry } from './exam-entry.rules.js';
import { ExamResult } from './exam-result.entity.js';
import { ExamMarksEntered } from './exam.events.js';
import type { EnterExamMarksInput, ExamSheet } from './exam.graphql.js';
import { examVerdict } from './exam.rules.js';

/** The run with the numbers it is judged by. */
interface HeadRow extends Omit<ExamRules, 'id' | 'scope' | 'effectiveFrom' | 'source'> {
  runId: string;
  runNumber: string;
  status: CourseRunStatus;
}
interface PersonRow {
  enrolmentId: string;
  traineeId: string;
  nationalId: string;
  givenName: string;
  familyName: string;
  fatherName: string | null;
}
type TryRow = Pick<ExamResult, 'enrolmentId' | 'part' | 'tryNumber' | 'absent' | 'markHundredths' | 'satOn'>;

/** Exam marks of a run, by the rules that were in force when it began. */
@Injectable()
export class ExamService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Enters the marks of one part, held on one day. Each line is the next try of its trainee.
   *
   * @returns the sheet as this unit leaves it
   * @throws NotFound the run is not the actor's to examine
   * @throws Refused  a rule says no (an `ExamRefusal`), with whose mark it is; nothing is written
   */
  enter(actor: Actor, { runId, part, satOn, marks }: EnterExamMarksInput): Promise<ExamSheet> {
    return this.db.write(actor, async (tx) => {
      // Locked, so that of two lists for one run the second counts the tries of the first.
      const run = await tx.lock(CourseRun, { id: runId, ...runsFor(actor, CourseRunAction.ENTER_EXAM_MARKS) });
      if (!allows(run.status, CourseRunAction.ENTER_EXAM_MARKS)) throw new Refused(ExamRefusal.RUN_NOT_EXAMINED);
      if (satOn < run.endsOn || satOn > this.clock.today()) throw new Refused(ExamRefusal.WRONG_DAY);
      const rules = await tx.get(ExamRules, { id: run.examRulesId });
      const roll = await tx.repo(Enrolment).findBy({ runId, status: EnrolmentStatus.ENROLLED });
      const seated = new Set(roll.map(({ id }) => id));
      const before = byEnrolment(await tx.repo(ExamResult).findBy({ runId }));

      const enteredAt = this.clock.now();
      const results = marks.map(({ enrolmentId, absent, markHundredths = null }) => {
        const isAbsent = absent ?? false;
        const own = before.get(enrolmentId) ?? [];
        const refusal = !seated.has(enrolmentId)
          ? ExamRefusal.NOT_ENROLLED
          : isAbsent === (markHundredths !== null)
            ? ExamRefusal.WRONG_MARK
            : refuseTry(own, rules, part, satOn);
        if (refusal) throw new Refused(refusal, { enrolmentId });
        const tryNumber = own.filter((attempt) => attempt.part === part).length + 1;
        const columns = { runId, enrolmentId, part, tryNumber, absent: isAbsent, markHundredths, satOn };
        return { ...columns, enteredBy: actor.userId, enteredAt };
      });
      await tx.insertAll(ExamResult, results);
      tx.emit(ExamMarksEntered, { runId, part, count: results.length });
      return this.read(tx, actor, runId);
    });
  }

  /** @throws NotFound no such run, or none the actor may see */
  sheet(actor: Actor, runId: string): Promise<ExamSheet> {
    return this.db.read((tx) => this.read(tx, actor, runId));
  }

  private async read(tx: Reads, actor: Actor, runId: string): Promise<ExamSheet> {
    const seen = conditions('r', { ...runsSeenBy(actor) });
    const [head] = await tx.query<HeadRow>(
      `SELECT r.id AS runId, r.number AS runNumber, r.status, x.writtenPassHundredths, x.practicalPassHundredths,
              x.finalPassHundredths, x.writtenWeightPercent, x.practicalWeightPercent, x.writtenTries, x.practicalTries
       FROM course_run r JOIN exam_rules x ON x.id = r.examRulesId WHERE r.id = ? AND ${seen.sql}`,
      [runId, ...seen.values],
    );
    if (!head) throw new NotFound();
    const people = await tx.query<PersonRow>(
      `SELECT e.id AS enrolmentId, e.traineeId, t.nationalId, t.givenName, t.familyName, t.fatherName
       FROM enrolment e JOIN trainee t ON t.id = e.traineeId WHERE e.runId = ? AND e.status = ?`,
      [runId, EnrolmentStatus.ENROLLED],
    );
    const results = await tx.query<TryRow>(
      `SELECT enrolmentId, part, tryNumber, absent, markHundredths, satOn FROM exam_result
       WHERE runId = ? ORDER BY satOn, tryNumber`,
      [runId],
    );
    const triesOf = byEnrolment(results.map((row) => ({ ...row, absent: Boolean(row.absent) })));
    const rows = people.map((person) => {
      const { nationalId, fatherName, ...opened } = tx.reveal(Trainee, person.traineeId, person);
      const tries = triesOf.get(person.enrolmentId) ?? [];
      return {
        ...opened,
        ...masked({ nationalId, fatherName }),
        tries,
        ...examVerdict(tries, head),
        standing: examStanding(tries, head),
        openParts: openParts(tries, head),
      };
    });
    return {
      ...head,
      rows: sortPersian(rows, ({ familyName, givenName }) => `${familyName} ${givenName}`),
      viewerCanEnter:
        doers.ENTER_EXAM_MARKS.includes(actor.role) && allows(head.status, CourseRunAction.ENTER_EXAM_MARKS),
    };
  }
}

function byEnrolment<R extends { enrolmentId: string }>(results: readonly R[]): Map<string, R[]> {
  const grouped = new Map<string, R[]>();
  for (const result of results) grouped.set(result.enrolmentId, [...(grouped.get(result.enrolmentId) ?? []), result]);
  return grouped;
}
