import { Injectable } from '@nestjs/common';
import { type Actor, isNumberShut } from '@app/access';
import { maskMobile, nationalId } from '@app/persian';
import { BadInput, Clock, conditions, Database, NotFound, type Reads, Refused } from '@app/platform';
import { runsSeenBy } from '../course-run/course-run.policy.js';
import { type IdentityCheck, MobileChange, MobileChangeState } from '../mobile-change/mobile-change.entity.js';
import { personVouchedFor, shownChange } from '../mobile-change/mobile-change.service.js';
import { Trainee } from './trainee.entity.js';
import { BirthDateRecorded } from './trainee.events.js';
import type { TraineePlace, TraineeRecord } from './trainee.graphql.js';
import { birthDayIn, BirthDateRefusal, masked } from './trainee.rules.js';
import { Trainees } from './trainee.service.js';

/** A person at the desk of an office, found by the whole national ID: where they learn, and how they come in. */
@Injectable()
export class TraineeRecords {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly trainees: Trainees,
  ) {}

  /**
   * @throws BadInput it is no national ID
   * @throws NotFound nobody of that national ID has a place in the actor's reach
   */
  find(actor: Actor, typed: string): Promise<TraineeRecord> {
    const wanted = nationalId(typed);
    if (!wanted.ok) throw new BadInput(NOT_A_NATIONAL_ID);
    return this.db.read(async (tx) => {
      const id = (await this.trainees.known(tx, [wanted.value])).get(wanted.value) ?? '';
      // Asked for whether the person is known or not, so that the two take the same time.
      const places = await placesOf(tx, actor, id);
      if (places.length === 0) throw new NotFound();
      const person = await tx.get(Trainee, { id });
      const { givenName, familyName, birthDay, mobile } = person;
      const waiting = await tx.repo(MobileChange).findOneBy({ traineeId: id, state: MobileChangeState.WAITING });
      return {
        ...{ id, givenName, familyName, ...masked(person), places },
        ...{ birthDayKnown: birthDay !== null, maskedMobile: mobile && maskMobile(mobile) },
        signInShut: mobile !== null && (await isNumberShut(tx, this.trainees.mobileIndexesOf(mobile))),
        mobileChange: waiting && shownChange(waiting),
      };
    });
  }

  /**
   * N6: writes the birth date of a person who has none, so that they can come in. One that is known is never changed.
   *
   * @throws BadInput nobody is born on that day
   * @throws NotFound the enrolment is not in a course run the actor vouches in
   * @throws Refused  a `BirthDateRefusal`; nothing is written
   */
  recordBirthDate(actor: Actor, input: { enrolmentId: string; birthDay: string; identityCheck: IdentityCheck }) {
    const { enrolmentId, birthDay, identityCheck } = input;
    if (!birthDayIn(birthDay, this.clock.today())) throw new BadInput(NOT_A_BIRTH_DAY);
    return this.db.write(actor, async (tx) => {
      const { id: traineeId, birthDay: known } = await personVouchedFor(tx, actor, enrolmentId);
      if (known !== null) throw new Refused(BirthDateRefusal.KNOWN_ALREADY);
      await tx.update(Trainee, { id: traineeId }, { birthDay });
      tx.emit(BirthDateRecorded, { traineeId, identityCheck });
      return { enrolmentId };
    });
  }
}

/** The places of one person in course runs that the actor sees, the latest first. */
async function placesOf(tx: Reads, actor: Actor, traineeId: string): Promise<TraineePlace[]> {
  const seen = conditions('r', runsSeenBy(actor));
  return tx.query<TraineePlace>(
    `SELECT e.id AS enrolmentId, e.runId, e.status, r.number AS runNumber, r.startsOn, r.endsOn,
            s.titleFa AS standardTitleFa, s.titleEn AS standardTitleEn, i.name AS instituteName
       FROM enrolment e
       JOIN course_run r ON r.id = e.runId
       JOIN training_standard s ON s.id = r.standardId
       JOIN institute i ON i.id = r.instituteId
      WHERE e.traineeId = ? AND ${seen.sql} ORDER BY r.startsOn DESC, e.id DESC LIMIT 100`,
    [traineeId, ...seen.values],
  );
}

const NOT_A_NATIONAL_ID = {
  field: 'nationalId',
  messageFa: 'این شماره کد ملی نیست؛ ده رقم آن را دوباره ببینید.',
  messageEn: 'This is not a national ID; look at its ten digits again.',
};

const NOT_A_BIRTH_DAY = {
  field: 'input.birthDay',
  messageFa: 'تاریخ تولد باید پیش از امروز و در ۱۲۰ سال گذشته باشد.',
  messageEn: 'A birth date lies before today and within the last 120 years.',
};
