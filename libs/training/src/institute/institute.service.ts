import { Injectable } from '@nestjs/common';
import { In, Not } from 'typeorm';
import { type Actor, placePath, Role } from '@app/access';
import { searchForm, sortKey, storeForm, toAsciiDigits } from '@app/persian';
import { Clock, Database, Forbidden, newId, type Page, pageOf, type Reads, Refused, type Row } from '@app/platform';
import { weekdaysInForce } from '../calendar/calendar.rules.js';
import { weekdaySettings } from '../calendar/calendar.service.js';
import { matching, orderOf, pageInOrder, seen } from '../listing.js';
import { Office } from '../office/office.entity.js';
import { type AppointmentView, appointmentsOf } from '../trainer/trainer.service.js';
import { Institute, Room } from './institute.entity.js';
import { InstituteRegistered, LicenceRenewed, RoomAdded } from './institute.events.js';
import type { AddRoomInput, InstitutesArgs, RegisterInstituteInput, RenewLicenceInput } from './institute.graphql.js';
import { institutesKeptBy, institutesSeenBy } from './institute.policy.js';
import { InstituteRefusal, type Licence, refuseLicence, refuseRenewal, RoomRefusal } from './institute.rules.js';

/** An institute with what its page shows. */
interface InstituteView extends Row<Institute> {
  office: Office;
  closedWeekdaysInForce: number[];
  rooms: Room[];
  appointments: AppointmentView[];
}

@Injectable()
export class InstituteService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** The institutes the actor may see, in Persian order. */
  institutes(actor: Actor, { search, officeId, ...page }: InstitutesArgs): Promise<Page<InstituteView>> {
    return this.db.read(async (tx) => {
      const query = tx.repo(Institute).createQueryBuilder('institute').where(institutesSeenBy(actor));
      if (officeId) query.andWhere('institute.officeId = :officeId', { officeId });
      matching(query, 'institute.searchName', search);
      const { items, nextCursor } = pageOf(await pageInOrder(query, page).getMany(), page.first, orderOf);
      return { items: await this.views(tx, actor, items), nextCursor };
    });
  }

  /** @throws NotFound there is none, or none the actor may see */
  institute(actor: Actor, id: string): Promise<InstituteView> {
    return this.db.read(async (tx) => this.view(tx, actor, await seen(tx, Institute, institutesSeenBy(actor), id)));
  }

  /**
   * Registers an institute with its licence under the actor's county office.
   *
   * @throws Refused  an `InstituteRefusal`; nothing is written
   */
  register(actor: Actor, input: RegisterInstituteInput): Promise<InstituteView> {
    if (actor.role !== Role.COUNTY_OFFICER) throw new Forbidden();
    const { provinceCode } = actor;
    const name = storeForm(input.name);
    const licence = licenceOf(input);
    return this.db.write(actor, async (tx) => {
      if (name === '') throw new Refused(InstituteRefusal.NAME_MISSING);
      const numberTaken = await tx.repo(Institute).existsBy({ licenceNumber: licence.licenceNumber });
      const refusal = refuseLicence(licence, numberTaken);
      if (refusal) throw new Refused(refusal);

      const id = newId();
      const { officeId } = institutesKeptBy(actor);
      const institute = await tx.insert(Institute, {
        id,
        officeId,
        path: placePath(provinceCode, officeId, id),
        ...licence,
        provinceCode,
        name,
        searchName: searchForm(name),
        sortKey: sortKey(name),
        closedWeekdays: null,
      });
      tx.emit(InstituteRegistered, { instituteId: institute.id, officeId: institute.officeId });
      return this.view(tx, actor, institute);
    });
  }

  /**
   * Renews an institute's licence: the new number, type, fields and days take the place of the old.
   *
   * @throws NotFound the institute is not the actor's to keep
   * @throws Refused  an `InstituteRefusal`; nothing is written
   */
  renewLicence(actor: Actor, { instituteId, ...input }: RenewLicenceInput): Promise<InstituteView> {
    const licence = licenceOf(input);
    return this.db.write(actor, async (tx) => {
      const before = await tx.lock(Institute, { ...institutesKeptBy(actor), id: instituteId });
      const { licenceNumber } = licence;
      const numberTaken = await tx.repo(Institute).existsBy({ licenceNumber, id: Not(instituteId) });
      const refusal = refuseRenewal(before, licence, numberTaken);
      if (refusal) throw new Refused(refusal);

      await tx.update(Institute, { id: instituteId }, licence);
      tx.emit(LicenceRenewed, {
        instituteId,
        expiredOnBefore: before.licenceExpiresOn,
        expiresOn: licence.licenceExpiresOn,
      });
      return this.view(tx, actor, { ...before, ...licence });
    });
  }

  /**
   * Adds a room to an institute.
   *
   * @throws NotFound the institute is not the actor's to keep
   * @throws Refused  a `RoomRefusal`; nothing is written
   */
  addRoom(actor: Actor, { instituteId, capacity, ...input }: AddRoomInput): Promise<Room> {
    const name = storeForm(input.name);
    return this.db.write(actor, async (tx) => {
      await tx.get(Institute, { ...institutesKeptBy(actor), id: instituteId });
      if (name === '') throw new Refused(RoomRefusal.ROOM_NAME_MISSING);
      if (await tx.repo(Room).existsBy({ instituteId, name })) throw new Refused(RoomRefusal.ROOM_NAME_TAKEN);

      const room = await tx.insert(Room, { instituteId, name, capacity });
      tx.emit(RoomAdded, { instituteId, roomId: room.id });
      return room;
    });
  }

  private async view(tx: Reads, actor: Actor, institute: Row<Institute>): Promise<InstituteView> {
    const [view] = await this.views(tx, actor, [institute]);
    return view as InstituteView;
  }

  /** Four statements, however many institutes. */
  private async views(tx: Reads, actor: Actor, institutes: Row<Institute>[]): Promise<InstituteView[]> {
    if (institutes.length === 0) return [];
    const ids = institutes.map(({ id }) => id);
    const officeIds = [...new Set(institutes.map(({ officeId }) => officeId))];
    const offices = new Map((await tx.repo(Office).findBy({ id: In(officeIds) })).map((office) => [office.id, office]));
    const settings = await weekdaySettings(tx, officeIds);
    const rooms = await tx.repo(Room).find({ where: { instituteId: In(ids) }, order: { name: 'ASC' } });
    const appointments = await appointmentsOf(tx, actor, { instituteIds: ids, notOverOn: this.clock.today() });
    return institutes.map((institute) => ({
      ...institute,
      office: offices.get(institute.officeId) as Office,
      closedWeekdaysInForce: [
        ...weekdaysInForce([institute.closedWeekdays, ...(settings.get(institute.officeId) ?? [])]),
      ],
      rooms: rooms.filter(({ instituteId }) => instituteId === institute.id),
      appointments: appointments.filter(({ instituteId }) => instituteId === institute.id),
    }));
  }
}

/** A licence in the form it is stored and compared in: ASCII digits, each field once. */
const licenceOf = (input: Licence): Licence => ({
  licenceNumber: toAsciiDigits(storeForm(input.licenceNumber)),
  licenceType: input.licenceType,
  licensedFields: [...new Set(input.licensedFields)].sort(),
  licenceIssuedOn: input.licenceIssuedOn,
  licenceExpiresOn: input.licenceExpiresOn,
});
