import { Injectable } from '@nestjs/common';
import { Between } from 'typeorm';
import { WorkDays } from '@app/access';
import { addDays, daysBetween } from '@app/persian';
import type { Reads } from '@app/platform';
import { Office } from '../office/office.entity.js';
import { isClosed, weekdaysInForce } from './calendar.rules.js';
import { weekdaySettings } from './calendar.service.js';
import { Holiday } from './holiday.entity.js';

/** Tells the access lib on which days an office works: rules C1 to C3. A branch of the association rests on Fridays. */
@Injectable()
export class OfficeWorkDays extends WorkDays {
  async between(tx: Reads, place: string, after: string, before: string): Promise<number> {
    const office = await tx.repo(Office).findOneBy({ path: place });
    const settings = office ? (await weekdaySettings(tx, [office.id])).get(office.id) : undefined;
    const holidays = await tx.repo(Holiday).findBy({ day: Between(after, before) });
    const closed = { weekdays: weekdaysInForce(settings ?? []), holidays };
    const many = Math.max(0, daysBetween(after, before) - 1);
    return Array.from({ length: many }, (_, n) => addDays(after, n + 1)).filter((day) => !isClosed(day, closed)).length;
  }
}
