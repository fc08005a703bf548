import { Injectable } from '@nestjs/common';
import { Between } from 'typeorm';
import type { Actor } from '@app/access';
import { daysBetween } from '@app/persian';
import { BadInput, Database, NotFound, type Reads, Refused } from '@app/platform';
import { Institute } from '../institute/institute.entity.js';
import { institutesKeptBy } from '../institute/institute.policy.js';
import { marks } from '../listing.js';
import { Office } from '../office/office.entity.js';
import { officeKeptBy } from '../office/office.policy.js';
import { ClosedWeekdaysSet } from './calendar.events.js';
import type { HolidaysArgs, SetClosedWeekdaysInput } from './calendar.graphql.js';
import { refuseClosedWeekdays, weekdaysInForce } from './calendar.rules.js';
import { Holiday } from './holiday.entity.js';

const LONGEST_TIME_DAYS = 800;

@Injectable()
export class CalendarService {
  constructor(private readonly db: Database) {}

  /** The official holidays between two days, both counted. They are public: every role sees all. */
  async holidays({ from, to }: HolidaysArgs): Promise<Holiday[]> {
    if (daysBetween(from, to) > LONGEST_TIME_DAYS) throw new BadInput(TOO_LONG);
    return this.db.read((tx) =>
      tx.repo(Holiday).find({ where: { day: Between(from, to) }, order: { day: 'ASC', occasion: 'ASC' } }),
    );
  }

  /**
   * Sets the weekly closed days of an office or an institute, or gives them back to the office above.
   * Course runs that stand keep their sessions.
   *
   * @throws NotFound the office or the institute is not the actor's to keep
   * @throws Refused  a `ClosedWeekdaysRefusal`; nothing is written
   */
  setClosedWeekdays(actor: Actor, input: SetClosedWeekdaysInput) {
    const { officeId = null, instituteId = null } = input;
    if ((officeId === null) === (instituteId === null)) throw new BadInput(ONE_OF_TWO);
    const closedWeekdays = input.weekdays ? [...new Set(input.weekdays)].sort() : null;
    return this.db.write(actor, async (tx) => {
      const refusal = refuseClosedWeekdays(closedWeekdays);
      if (instituteId !== null) {
        const institute = await tx.lock(Institute, { ...institutesKeptBy(actor), id: instituteId });
        if (refusal) throw new Refused(refusal);
        await tx.update(Institute, { id: instituteId }, { closedWeekdays });
        tx.emit(ClosedWeekdaysSet, { officeId: null, instituteId });
        const settings = (await weekdaySettings(tx, [institute.officeId])).get(institute.officeId) ?? [];
        return { weekdays: closedWeekdays, inForce: [...weekdaysInForce([closedWeekdays, ...settings])] };
      }
      const office = await tx.lock(Office, officeKeptBy(actor));
      if (office.id !== officeId) throw new NotFound();
      if (refusal) throw new Refused(refusal);
      await tx.update(Office, { id: office.id }, { closedWeekdays });
      tx.emit(ClosedWeekdaysSet, { officeId: office.id, instituteId: null });
      const settings = (await weekdaySettings(tx, [office.id])).get(office.id) ?? [];
      return { weekdays: closedWeekdays, inForce: [...weekdaysInForce(settings)] };
    });
  }
}

type Setting = number[] | null;

/** What each of these offices and the offices above it have set, the nearest first. One statement. */
export async function weekdaySettings(tx: Reads, officeIds: readonly string[]): Promise<Map<string, Setting[]>> {
  const rows = await tx.query<{ id: string; own: string | null; above: string | null; top: string | null }>(
    `SELECT o.id, o.closedWeekdays AS own, a.closedWeekdays AS above, t.closedWeekdays AS top
     FROM office o LEFT JOIN office a ON a.id = o.parentId LEFT JOIN office t ON t.id = a.parentId
     WHERE o.id IN (${marks(officeIds)})`,
    [...officeIds],
  );
  const setting = (text: string | null) => (text === null ? null : (JSON.parse(text) as number[]));
  return new Map(rows.map(({ id, own, above, top }) => [id, [setting(own), setting(above), setting(top)]]));
}

const TOO_LONG = {
  field: 'to',
  messageFa: 'بازه‌ی روزها باید حداکثر ۸۰۰ روز باشد.',
  messageEn: 'Ask for at most 800 days at a time.',
};
const ONE_OF_TWO = {
  field: 'input',
  messageFa: 'یا اداره را نام ببرید یا آموزشگاه را، نه هر دو را.',
  messageEn: 'Name either an office or an institute, not both.',
};
