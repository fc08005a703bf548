import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/access';
import { mobile, nationalId, personName } from '@app/persian';
import { BadInput, Clock, Database, type FieldMistake, NotFound, Refused, type Tx } from '@app/platform';
import { CourseRun, CourseRunStatus } from '../course-run/course-run.entity.js';
import { runsFor } from '../course-run/course-run.policy.js';
import { CourseRunAction } from '../course-run/course-run.rules.js';
import { type Person, Trainees } from '../trainee/trainee.service.js';
import { Enrolment, EnrolmentStatus } from './enrolment.entity.js';
import { TraineeEnrolled, TraineeWithdrew } from './enrolment.events.js';
import type { EnrolTraineeInput, WithdrawEnrolmentInput } from './enrolment.graphql.js';
import { EnrolmentRefusal, refuseAgain, refuseRun } from './enrolment.rules.js';

@Injectable()
export class EnrolmentService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly trainees: Trainees,
  ) {}

  /**
   * Gives one person a seat in a course run. A known person keeps the record that stands.
   *
   * @throws NotFound the run is not the actor's to enrol into
   * @throws BadInput the national ID, a name or the mobile number is none
   * @throws Refused  a rule says no (an `EnrolmentRefusal`); nothing is written
   */
  enrol(actor: Actor, { runId, ...form }: EnrolTraineeInput): Promise<Enrolment> {
    return this.db.write(actor, async (tx) => {
      const run = await tx.get(CourseRun, { id: runId, ...runsFor(actor, CourseRunAction.ENROL) });
      const person = personOf(form);
      const closed = refuseRun(run, this.clock.today());
      if (closed) throw new Refused(closed);

      const traineeId = (await this.trainees.register(tx, [person])).get(person.nationalId);
      if (!traineeId) throw new NotFound();
      const [earlier] = await tx.query<Pick<Enrolment, 'status'>>(
        'SELECT status FROM enrolment WHERE runId = ? AND traineeId = ?',
        [runId, traineeId],
      );
      const refusal = refuseAgain(earlier?.status);
      if (refusal) throw new Refused(refusal);

      const [enrolment] = await this.seat(tx, runId, [traineeId]);
      return enrolment as Enrolment;
    });
  }

  /**
   * Gives up a seat, which is free for another at once.
   *
   * @throws NotFound the enrolment is not the actor's to change
   * @throws Refused  the run is over, or the seat was given up before
   */
  withdraw(actor: Actor, { enrolmentId }: WithdrawEnrolmentInput): Promise<Enrolment> {
    return this.db.write(actor, async (tx) => {
      const enrolment = await tx.get(Enrolment, { id: enrolmentId });
      const { runId, traineeId } = enrolment;
      const run = await tx.get(CourseRun, { id: runId, ...runsFor(actor, CourseRunAction.ENROL) });
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
   * then on all others wait for this unit, so that it does little more. Whom another unit has enrolled meanwhile, the
   * unique key finds; the unit then runs again and sees it.
   *
   * @throws Refused fewer seats are free than people came, or the run was ended meanwhile
   */
  async seat(tx: Tx, runId: string, traineeIds: readonly string[]): Promise<Enrolment[]> {
    const { APPROVED, RUNNING } = CourseRunStatus;
    const came = traineeIds.length;
    const counted = await tx.execute(
      `UPDATE course_run SET seatsTaken = seatsTaken + ?
       WHERE id = ? AND seatsTaken + ? <= capacity AND status IN (?, ?)`,
      [came, runId, came, APPROVED, RUNNING],
    );
    if (counted === 0) {
      const run = await tx.get(CourseRun, { id: runId });
      throw new Refused(refuseRun(run, run.enrolmentClosesOn) ?? EnrolmentRefusal.RUN_FULL);
    }
    const seated = await tx.insertAll(
      Enrolment,
      traineeIds.map((traineeId) => ({
        runId,
        traineeId,
        status: EnrolmentStatus.ENROLLED,
        enrolledAt: this.clock.now(),
      })),
    );
    for (const { id, traineeId } of seated) tx.emit(TraineeEnrolled, { runId, enrolmentId: id, traineeId });
    return seated;
  }
}

/** What was typed, in the form it is stored in; every mistake is told at once. */
function personOf(form: Omit<EnrolTraineeInput, 'runId'>): Person {
  const mistakes: FieldMistake[] = [];
  const read = (field: string, reading: { ok: true; value: string } | { ok: false }, fa: string, en: string) => {
    if (reading.ok) return reading.value;
    mistakes.push({ field: `input.${field}`, messageFa: fa, messageEn: en });
    return '';
  };
  const name = (field: 'givenName' | 'familyName' | 'fatherName', fa: string, en: string) =>
    read(
      field,
      personName(form[field] ?? ''),
      `${fa} را فقط با حرف و حداکثر ۸۰ نویسه بنویسید.`,
      `Write the ${en} with letters only, at most 80.`,
    );
  const person = {
    nationalId: read(
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
  if (mistakes.length > 0) throw new BadInput(...mistakes);
  return person;
}

const WRONG_MOBILE = {
  field: 'input.mobile',
  messageFa: 'شمارهٔ همراه باید با ۰۹ آغاز شود و یازده رقم باشد.',
  messageEn: 'A mobile number begins with 09 and has eleven digits.',
};
