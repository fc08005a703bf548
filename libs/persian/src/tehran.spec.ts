import { describe, expect, it } from '@jest/globals';
import vectors from '../data/vectors/jalali-dates.json' with { type: 'json' };
import { addDays } from './days.js';
import { formatJalali, toJalali } from './jalali.js';
import { dayInTehran, instantInTehran, minutesInTehran, startOfTehranDay } from './tehran.js';

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

describe('time in Tehran', () => {
  it.each(vectors.tehran_time)('$utc is $local: $note', ({ utc, local, jalali_local_date }) => {
    const instant = new Date(utc);
    const day = dayInTehran(instant);
    expect(day).toBe(local.slice(0, 10));
    expect(minutesInTehran(instant)).toBe(minutesOf(local.slice(11)));
    expect(formatJalali(day, 'short', 'en').replaceAll('/', '-')).toBe(jalali_local_date);
    expect(toJalali(day).year).toBe(Number(jalali_local_date.slice(0, 4)));
  });

  it('starts every day with its first instant', () => {
    for (let day = '2021-01-01'; day < '2023-01-01'; day = addDays(day, 1)) {
      const start = startOfTehranDay(day);
      expect([day, dayInTehran(start)]).toEqual([day, day]);
      expect([day, dayInTehran(new Date(start.getTime() - 1))]).toEqual([day, addDays(day, -1)]);
    }
  });

  it.each([
    ['2026-11-23', 510, '2026-11-23T05:00:00.000Z'],
    ['2026-11-23', 1440, '2026-11-23T20:30:00.000Z'],
    ['2022-07-01', 990, '2022-07-01T12:00:00.000Z'],
    // The clock went from 24:00 back to 23:00, so 23:30 came twice.
    ['2021-09-21', 1410, '2021-09-21T19:00:00.000Z'],
    // The clock went from 00:00 to 01:00, so 00:30 never came.
    ['2021-03-22', 30, '2021-03-21T21:00:00.000Z'],
    ['2021-03-22', 60, '2021-03-21T20:30:00.000Z'],
  ])('finds the instant of %s, minute %d', (day, minutes, utc) => {
    expect(instantInTehran(day, minutes).toISOString()).toBe(utc);
  });
});
