import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/access';
import { mobile, nationalId, personName } from '@app/persian';
import {
  BadInput,
  type By,
  Clock,
  conditions,
  Database,
  type FieldMistake,
  newId,
  NotFound,
  type Outcome,
  Refused,
  type Tx,
} from '@app/platform';
import { CourseRun, CourseRunStatus } from '../course-run/course-run.entity.js';
import { type RunBounds, runsFor } from '../course-run/course-run.policy.js';
import { CourseRunAction } from '../course-run/course-run.rules.js';
import { type Person, Trainees } from '../trainee/trainee.service.js';
import { Enrolment, EnrolmentStatus } from './enrolment.entity.js';
import { TraineeEnrolled, TraineeWithdrew } from './enrolment.events.js';
import type { EnrolTraineeInput, WithdrawEnrolmentInput } from './enrolment.graphql.js';
import { EnrolmentRefusal, refuseAgain, refuseFull, refuseRun } from './enrolment.rules.js';

@Injectable()
export class EnrolmentService {
  /** Claims on one run that come together are judged and seated together: a hot run is locked once for many. */
  private readonly claim: (by: Actor, runId: string, claim: Claim) => Promise<Enrolment>;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly trainees: Trainees,
  ) {
    this.claim = db.together((tx, asked) =>
      this.answer(
        tx,
        asked.map(({ input }) => input),
      ),
    );
  }

  /**
   * Gives one person a seat in a course run. A known person keeps the record that stands.
   *
   * @throws NotFound the run is not the actor's to enrol into
   * @throws BadInput the national ID, a name or the mobile number is none
   * @throws Refused  a rule says no (an `EnrolmentRefusal`); nothing is written
   */
  async enrol(actor: Actor, { runId, ...form }: EnrolTraineeInput): Promise<Enrolment> {
    const run = { id: runId, ...runsFor(actor, CourseRunAction.ENROL) };
    return this.claim(actor, runId, { by: actor, run, ...read(form) });
  }

  /** Judges each claim, registers who is not known yet, and seats all whom no rule refuses. */
  private async answer(tx: Tx, claims: readonly Claim[]): Promise<Outcome<Enrolment>[]> {
    const judged = await this.judge(tx, claims);
    const good = judged.filter((one): one is GoodClaim => !(one instanceof Error));
    const strangers = good.filter(({ traineeId }) => !traineeId).map(({ person }) => person);
    const added = await this.trainees.add(tx, strangers);
    const came = good.map(({ by, run, person, traineeId = added.get(person.nationalId) }) => {
      if (!traineeId) throw new NotFound();
      return { by, runId: run.id, traineeId };
    });
    const seated = this.seat(tx, came).values();
    return judged.map((one) => (one instanceof Error ? { error: one } : { value: seated.next().value as Enrolment }));
  }

  /** Each claim with the person's record, if there is one, or why it is refused. All are on one run. */
  private async judge(tx: Tx, claims: readonly Claim[]): Promise<(GoodClaim | Error)[]> {
    const facts = await this.facts(tx, claims);
    const today = this.clock.today();
    let given = 0;
    return claims.map((claim, n) => {
      const known = facts.get(n);
      if (!known) return new NotFound();
      if (claim.mistakes.length > 0) return new BadInput(...claim.mistakes);
      const refusal = refuseRun(known, today) ?? refuseAgain(known.earlier ?? undefined) ?? refuseFull(known, given);
      if (refusal) return new Refused(refusal);
      given++;
      return known.traineeId ? { ...claim, traineeId: known.traineeId } : claim;
    });
  }

  /** All that the rules ask about each claim, in one statement: the run, if the claimant may enrol into it, and the person. */
  private async facts(tx: Tx, claims: readonly Claim[]): Promise<Map<number, Facts>> {
    const asked = claims.map(({ run, person }, n) => {
      const { sql, values } = conditions('r', run);
      const known = conditions('t', { nationalIdIndex: this.trainees.indexesOf(person.nationalId) });
      const text = `SELECT ${n} AS claim, r.status, r.enrolmentClosesOn, r.capacity, r.seatsTaken, t.id AS traineeId, e.status AS earlier
         FROM course_run r
         LEFT JOIN trainee t ON ${known.sql}
         LEFT JOIN enrolment e ON e.runId = r.id AND e.traineeId = t.id
        WHERE ${sql}`;
      return { text, values: [...known.values, ...values] };
    });
    const rows = await tx.query<Facts & { claim: number }>(
      asked.map(({ text }) => text).join(' UNION ALL '),
      asked.flatMap(({ values }) => values),
    );
    return new Map(rows.map((row) => [Number(row.claim), row]));
  }

  /**
   * Gives up a seat, which is free for another at once.
   *
   * @throws NotFound the enrolment is not the actor's to change
   * @throws Refused  the run is over, or the seat was given up before
   */
  withdraw(actor: Actor, { enrolmentId }: WithdrawEnrolmentInput): Promise<Enrolment> {
    return this.db.write(actor, async (tx) => {
      // One statement for what is another's and what never was: the time of the answer tells them apart no more.
      const { sql, values } = conditions('r', runsFor(actor, CourseRunAction.ENROL));
      const [own] = await tx.query<{ id: string }>(
        `SELECT e.id FROM enrolment e JOIN course_run r ON r.id = e.runId WHERE e.id = ? AND ${sql}`,
        [enrolmentId, ...values],
      );
      if (!own) throw new NotFound();
      const enrolment = await tx.get(Enrolment, { id: enrolmentId });
      const { runId, traineeId } = enrolment;
      const run = await tx.get(CourseRun, { id: runId });
      // Leaving is possible as long as the run goes on, after its closing day too.
      if (refuseRun(run, run.enrolmentClosesOn)) throw new Refused(EnrolmentRefusal.RUN_CLOSED);
      const { ENROLLED, WITHDRAWN } = EnrolmentStatus;
      const left = await tx.update(Enrolment, { id: enrolmentId, status: ENROLLED }, { status: WITHDRAWN });
      if (left === 0) throw new Refused(EnrolmentRefusal.NOT_ENROLLED);
      await tx.execute('UPDATE course_run SET seatsTaken = seatsTaken - 1 WHERE id = ?', [runId]);
      tx.emit(TraineeWithdrew, { runId, enrolmentId, traineeId });
      return { ...enrolment, status: WITHDRAWN };
    });
  }

  /**
   * Seats people who have no enrolment in the run yet. The seats are counted in one condition, before the enrolments
   * are written: an enrolment holds its run shared, and two that then both want to count would wait for each other. From
   * then on all others wait for this unit, so that it does both at its very end. Whom another unit has enrolled
   * meanwhile, the unique key finds; the unit then runs again and sees it.
   *
   * The unit fails with Refused when fewer seats are free than people came, or the run was ended meanwhile.
   */
  seat(tx: Tx, people: readonly { runId: string; traineeId: string; by: By }[]): Enrolment[] {
    const [first] = people;
    if (!first) return [];
    const enrolledAt = this.clock.now();
    const seated = people.map(({ by, runId, traineeId }) => {
      const enrolment = { id: newId(), runId, traineeId, status: EnrolmentStatus.ENROLLED, enrolledAt, settled: false };
      tx.emit(TraineeEnrolled, { runId, enrolmentId: enrolment.id, traineeId }, by);
      return Object.assign(new Enrolment(), enrolment);
    });
    tx.lastly(async () => {
      await this.count(tx, first.runId, people.length);
      await tx.insertAll(Enrolment, seated);
    });
    return seated;
  }

  private async count(tx: Tx, runId: string, came: number): Promise<void> {
    const { APPROVED, RUNNING } = CourseRunStatus;
    const counted = await tx.execute(
      `UPDATE course_run SET seatsTaken = seatsTaken + ?
       WHERE id = ? AND seatsTaken + ? <= capacity AND status IN (?, ?)`,
      [came, runId, came, APPROVED, RUNNING],
    );
    if (counted > 0) return;
    const run = await tx.get(CourseRun, { id: runId });
    throw new Refused(refuseRun(run, run.enrolmentClosesOn) ?? EnrolmentRefusal.RUN_FULL);
  }
}

/** One person's claim to a seat in a run, within the bounds of who makes it. */
interface Claim {
  by: Actor;
  run: RunBounds & { id: string };
  person: Person;
  mistakes: FieldMistake[];
}
/** A claim that no rule refuses; a person who is not known yet has no record. */
type GoodClaim = Claim & { traineeId?: string };

/** A run as the rules look at it, with what is known of one person there. */
type Facts = Pick<CourseRun, 'status' | 'enrolmentClosesOn' | 'capacity' | 'seatsTaken'> & {
  traineeId: string | null;
  earlier: EnrolmentStatus | null;
};

/** What was typed, in the form it is stored in, and all that is wrong with it. */
function read(form: Omit<EnrolTraineeInput, 'runId'>): { person: Person; mistakes: FieldMistake[] } {
  const mistakes: FieldMistake[] = [];
  const take = (field: string, reading: { ok: true; value: string } | { ok: false }, fa: string, en: string) => {
    if (reading.ok) return reading.value;
    mistakes.push({ field: `input.${field}`, messageFa: fa, messageEn: en });
    return '';
  };
  const name = (field: 'givenName' | 'familyName' | 'fatherName', fa: string, en: string) =>
    take(
      field,
      personName(form[field] ?? ''),
      `${fa} را فقط با حرف و حداکثر ۸۰ نویسه بنویسید.`,
      `Write the ${en} with letters only, at most 80.`,
    );
  const person = {
    nationalId: take(
      'nationalId',
      nationalId(form.nationalId),
      'این شماره کد ملی نیست؛ ده رقم آن را دوباره ببینید.',
      'This is not a national ID; look at its ten digits again.',
    ),
    givenName: name('givenName', 'نام', 'given name'),
    familyName: name('familyName', 'نام خانوادگی', 'family name'),
    fatherName: form.fatherName ? name('fatherName', 'نام پدر', "father's name") : null,
    birthDay: form.birthDay ?? null,
    mobile: null as string | null,
  };
  const number = form.mobile ? mobile(form.mobile) : null;
  if (number?.ok) person.mobile = number.national;
  else if (number) mistakes.push(WRONG_MOBILE);
  return { person, mistakes };
}

const WRONG_MOBILE = {
  field: 'input.mobile',
  messageFa: 'شمارهٔ همراه باید با ۰۹ آغاز شود و یازده رقم باشد.',
  messageEn: 'A mobile number begins with 09 and has eleven digits.',
};
