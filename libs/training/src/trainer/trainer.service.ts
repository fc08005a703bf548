import { Injectable } from '@nestjs/common';
import { In, type SelectQueryBuilder } from 'typeorm';
import type { Actor } from '@app/access';
import { nationalId, personName, searchForm, sortKey } from '@app/persian';
import { Clock, Database, Keys, type Page, pageOf, type Reads, Refused } from '@app/platform';
import { Institute } from '../institute/institute.entity.js';
import { institutesKeptBy } from '../institute/institute.policy.js';
import { marks, matching, orderOf, pageInOrder } from '../listing.js';
import { TrainingStandard } from '../standard/standard.entity.js';
import { Trainer, TrainerAppointment } from './trainer.entity.js';
import { TrainerAppointed, TrainerRegistered } from './trainer.events.js';
import type { AppointTrainerInput, RegisterTrainerInput, TrainersArgs } from './trainer.graphql.js';
import { appointmentsSeenBy, trainersKeptBy, trainersSeenBy } from './trainer.policy.js';
import { refuseAppointment, TrainerRefusal } from './trainer.rules.js';

/** What is shown of a trainer: never the national ID. */
interface TrainerView {
  id: string;
  provinceCode: string;
  givenName: string;
  familyName: string;
  cardExpiresOn: string;
  appointments: AppointmentView[];
}

/** One appointment with the names a list needs. */
export interface AppointmentView {
  id: string;
  trainerId: string;
  givenName: string;
  familyName: string;
  cardExpiresOn: string;
  instituteId: string;
  instituteName: string;
  standardId: string;
  standardTitleFa: string;
  standardTitleEn: string;
  startsOn: string;
  endsOn: string;
}

@Injectable()
export class TrainerService {
  constructor(
    private readonly db: Database,
    private readonly keys: Keys,
    private readonly clock: Clock,
  ) {}

  /** The trainers the actor may see, in Persian order of the family name. */
  trainers(actor: Actor, { search, instituteId, standardId, on, ...page }: TrainersArgs): Promise<Page<TrainerView>> {
    return this.db.read(async (tx) => {
      const query = tx
        .repo(Trainer)
        .createQueryBuilder('trainer')
        // The sealed national ID is not even read.
        .select(
          ['id', 'provinceCode', 'givenName', 'familyName', 'cardExpiresOn', 'sortKey'].map((c) => `trainer.${c}`),
        )
        .where(trainersSeenBy(actor));
      matching(query, 'trainer.searchName', search);
      if (on) query.andWhere('trainer.cardExpiresOn >= :on', { on });
      if (instituteId || standardId) onlyAppointed(query, actor, { instituteId, standardId, on });
      const { items, nextCursor } = pageOf(await pageInOrder(query, page).getMany(), page.first, orderOf);
      const appointments = await appointmentsOf(tx, actor, {
        trainerIds: items.map(({ id }) => id),
        notOverOn: this.clock.today(),
      });
      return {
        items: items.map((trainer) => ({
          ...trainer,
          appointments: appointments.filter(({ trainerId }) => trainerId === trainer.id),
        })),
        nextCursor,
      };
    });
  }

  /**
   * Registers a trainer in the actor's province.
   *
   * @throws Refused  a `TrainerRefusal`; nothing is written
   */
  register(actor: Actor, input: RegisterTrainerInput): Promise<TrainerView> {
    const { provinceCode } = trainersKeptBy(actor);
    const { cardExpiresOn } = input;
    const given = personName(input.givenName);
    const family = personName(input.familyName);
    const personId = nationalId(input.nationalId);
    return this.db.write(actor, async (tx) => {
      if (!given.ok) throw new Refused(TrainerRefusal.BAD_GIVEN_NAME);
      if (!family.ok) throw new Refused(TrainerRefusal.BAD_FAMILY_NAME);
      if (!personId.ok) throw new Refused(TrainerRefusal.BAD_NATIONAL_ID);
      if (cardExpiresOn < this.clock.today()) throw new Refused(TrainerRefusal.CARD_EXPIRED);
      const index = await tx.indexing();
      const known = { nationalIdIndex: In(this.keys.blindIndexes('nationalId', personId.value)) };
      if (await tx.repo(Trainer).existsBy(known)) throw new Refused(TrainerRefusal.ALREADY_REGISTERED);

      const { id } = await tx.insert(Trainer, {
        provinceCode,
        givenName: given.value,
        familyName: family.value,
        searchName: searchForm(`${given.value} ${family.value}`),
        sortKey: sortKey(`${family.value} ${given.value}`),
        nationalId: personId.value,
        nationalIdIndex: index('nationalId', personId.value),
        cardExpiresOn,
      });
      tx.emit(TrainerRegistered, { trainerId: id });
      return {
        id,
        provinceCode,
        givenName: given.value,
        familyName: family.value,
        cardExpiresOn,
        appointments: [],
      };
    });
  }

  /**
   * Appoints a trainer of the province to teach a standard in an institute of the actor's county.
   *
   * @throws NotFound the institute or the trainer is not the actor's to keep
   * @throws Refused  an `AppointmentRefusal`; nothing is written
   */
  appoint(actor: Actor, input: AppointTrainerInput): Promise<AppointmentView> {
    const { trainerId, instituteId, standardId, startsOn, endsOn } = input;
    return this.db.write(actor, async (tx) => {
      const institute = await tx.get(Institute, { ...institutesKeptBy(actor), id: instituteId });
      // Locked, so that of two appointments at once the second finds the first, whatever their days.
      const trainer = await tx.lock(Trainer, { ...trainersKeptBy(actor), id: trainerId });
      const standard = await tx.get(TrainingStandard, { id: standardId });
      const refusal = refuseAppointment({
        startsOn,
        endsOn,
        fieldLicensed: institute.licensedFields.includes(standard.field),
        licenceExpiresOn: institute.licenceExpiresOn,
        cardExpiresOn: trainer.cardExpiresOn,
        standing: await tx.repo(TrainerAppointment).findBy({ trainerId, instituteId, standardId }),
      });
      if (refusal) throw new Refused(refusal);

      const { id } = await tx.insert(TrainerAppointment, { trainerId, instituteId, standardId, startsOn, endsOn });
      tx.emit(TrainerAppointed, { appointmentId: id, trainerId, instituteId, standardId });
      return {
        id,
        trainerId,
        givenName: trainer.givenName,
        familyName: trainer.familyName,
        cardExpiresOn: trainer.cardExpiresOn,
        instituteId,
        instituteName: institute.name,
        standardId,
        standardTitleFa: standard.titleFa,
        standardTitleEn: standard.titleEn,
        startsOn,
        endsOn,
      };
    });
  }
}

/** Keeps the trainers with such an appointment, if the actor may see it. */
function onlyAppointed(
  query: SelectQueryBuilder<Trainer>,
  actor: Actor,
  { instituteId, standardId, on }: Pick<TrainersArgs, 'instituteId' | 'standardId' | 'on'>,
): void {
  const seen = appointmentsSeenBy(actor);
  // A query builder takes names, not marks.
  const names = seen.values.map((_, i) => `:seen${i}`);
  const wanted = [
    names.reduce((sql, name) => sql.replace('?', name), seen.sql),
    instituteId && 'a.instituteId = :instituteId',
    standardId && 'a.standardId = :standardId',
    on && 'a.startsOn <= :on AND a.endsOn >= :on',
  ].filter(Boolean);
  query.andWhere(
    `trainer.id IN (SELECT a.trainerId FROM trainer_appointment a JOIN institute i ON i.id = a.instituteId
                    WHERE ${wanted.join(' AND ')})`,
    { ...Object.fromEntries(seen.values.map((value, i) => [`seen${i}`, value])), instituteId, standardId, on },
  );
}

/** The appointments of these institutes or trainers that are not over on a day, as far as the actor may see them. */
export async function appointmentsOf(
  tx: Reads,
  actor: Actor,
  of: { instituteIds: string[]; notOverOn: string } | { trainerIds: string[]; notOverOn: string },
): Promise<AppointmentView[]> {
  const [column, ids] = 'instituteIds' in of ? ['a.instituteId', of.instituteIds] : ['a.trainerId', of.trainerIds];
  if (ids.length === 0) return [];
  const seen = appointmentsSeenBy(actor);
  return tx.query<AppointmentView>(
    `SELECT a.id, a.trainerId, t.givenName, t.familyName, t.cardExpiresOn, a.instituteId, i.name AS instituteName,
            a.standardId, s.titleFa AS standardTitleFa, s.titleEn AS standardTitleEn, a.startsOn, a.endsOn
     FROM trainer_appointment a
     JOIN trainer t ON t.id = a.trainerId
     JOIN institute i ON i.id = a.instituteId
     JOIN training_standard s ON s.id = a.standardId
     WHERE ${column} IN (${marks(ids)}) AND a.endsOn >= ? AND ${seen.sql}
     ORDER BY t.sortKey, s.sortKey, a.startsOn, a.id`,
    [...ids, of.notOverOn, ...seen.values],
  );
}
