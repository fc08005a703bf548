import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import vectors from '../data/vectors/jalali-dates.json' with { type: 'json' };
import { addDays, isoWeekday } from './days.js';
import {
  addJalaliMonths,
  daysInJalaliMonth,
  formatJalali,
  fromJalali,
  isLeapJalaliYear,
  jalaliMonth,
  jalaliMonthName,
  jalaliWeek,
  jalaliYear,
  parseJalali,
  toJalali,
  weekdayName,
} from './jalali.js';

const parts = (date: string) => date.split('-').map(Number) as [number, number, number];
const joined = ({ year, month, day }: { year: number; month: number; day: number }) =>
  [year, String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');

describe('Jalali dates', () => {
  it.each(vectors.pairs)('turns $jalali into $gregorian and back: $note', ({ jalali, gregorian }) => {
    expect(fromJalali(...parts(jalali))).toBe(gregorian);
    expect(joined(toJalali(gregorian))).toBe(jalali);
  });

  it.each(vectors.impossible_dates)('knows no $jalali: $note', ({ jalali }) => {
    expect(fromJalali(...parts(jalali))).toBeNull();
    expect(parseJalali(jalali, { today: '2026-11-23' })).toEqual({ ok: false, reason: 'IMPOSSIBLE' });
  });

  it('knows the leap years 1300 to 1500', () => {
    const years = Array.from({ length: 201 }, (_, i) => 1300 + i);
    expect(years.filter(isLeapJalaliYear)).toEqual(vectors.leap_years_1300_1500);
  });

  it.each(vectors.window_1502_1503)('follows jalaali-js where the calendars part: $gregorian', (moment) => {
    expect(joined(toJalali(moment.gregorian))).toBe(moment.jalaali_js);
  });

  it('agrees with Intl on every day of 1300 to 1500', () => {
    const intl = new Intl.DateTimeFormat('en-US-u-ca-persian-nu-latn', {
      timeZone: 'UTC',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
    });
    const last = fromJalali(1500, 12, 29)!;
    for (let day = fromJalali(1300, 1, 1)!; day <= last; day = addDays(day, 1)) {
      const shown = Object.fromEntries(
        intl.formatToParts(new Date(day)).map(({ type, value }) => [type, Number(value)]),
      );
      const { year, month, day: dayOfMonth } = toJalali(day);
      if (year !== shown['year'] || month !== shown['month'] || dayOfMonth !== shown['day']) {
        throw new Error(`${day}: ${year}-${month}-${dayOfMonth}, Intl says ${JSON.stringify(shown)}`);
      }
    }
  });

  it('come back from the Gregorian calendar as they went', () => {
    const dates = fc.record({
      year: fc.integer({ min: 1300, max: 1500 }),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 31 }),
    });
    fc.assert(
      fc.property(dates, (date) => {
        const day = fromJalali(date.year, date.month, date.day);
        expect(day !== null).toBe(date.day <= daysInJalaliMonth(date.year, date.month));
        if (day !== null) expect(toJalali(day)).toEqual(date);
      }),
    );
  });

  it('takes parts of days and years out of reach for no date, and throws on what is no day', () => {
    expect(fromJalali(1405, 1.5, 1)).toBeNull();
    expect(fromJalali(0, 1, 1)).toBeNull();
    expect(() => toJalali('2026-02-30')).toThrow(RangeError);
  });
});

describe('writing Jalali dates', () => {
  it('has five styles in Persian and English', () => {
    const day = '2026-11-23';
    expect(formatJalali(day)).toBe('۱۴۰۵/۰۹/۰۲');
    expect(formatJalali(day, 'long')).toBe('۲ آذر ۱۴۰۵');
    expect(formatJalali(day, 'full')).toBe('دوشنبه ۲ آذر ۱۴۰۵');
    expect(formatJalali(day, 'dayMonth')).toBe('۲ آذر');
    expect(formatJalali(day, 'month')).toBe('آذر ۱۴۰۵');
    expect(formatJalali(day, 'full', 'en')).toBe('Monday 2 Azar 1405');
    expect(formatJalali(day, 'short', 'en')).toBe('1405/09/02');
  });

  it('names months and weekdays as Intl does', () => {
    const month = new Intl.DateTimeFormat('fa-IR', { month: 'long', timeZone: 'UTC' });
    for (let m = 1; m <= 12; m++) {
      expect(jalaliMonthName(m)).toBe(month.format(new Date(fromJalali(1405, m, 1)!)));
    }
    const weekday = new Intl.DateTimeFormat('fa-IR', { weekday: 'long', timeZone: 'UTC' });
    for (let i = 0; i < 7; i++) {
      const day = addDays('2026-11-23', i);
      expect(weekdayName(isoWeekday(day))).toBe(weekday.format(new Date(day)));
    }
    expect(() => jalaliMonthName(13)).toThrow(RangeError);
    expect(() => weekdayName(0)).toThrow(RangeError);
  });
});

describe('stretches of days', () => {
  it('are months, years and weeks of the Jalali calendar', () => {
    expect(jalaliMonth('2026-11-23')).toEqual({
      year: 1405,
      month: 9,
      length: 30,
      first: '2026-11-22',
      last: '2026-12-21',
    });
    expect(jalaliYear('2025-03-20')).toEqual({ year: 1403, length: 366, first: '2024-03-20', last: '2025-03-20' });
    expect(jalaliWeek('2026-11-23')).toEqual({ first: '2026-11-21', last: '2026-11-27' });
    expect(jalaliWeek('2026-11-21').first).toBe('2026-11-21');
    expect(jalaliWeek('2026-11-27').first).toBe('2026-11-21');
  });

  it('step by months and stay in the month that was meant', () => {
    expect(formatJalali(addJalaliMonths(fromJalali(1405, 6, 31)!, 1))).toBe('۱۴۰۵/۰۷/۳۰');
    expect(formatJalali(addJalaliMonths(fromJalali(1405, 9, 30)!, 3))).toBe('۱۴۰۵/۱۲/۲۹');
    expect(formatJalali(addJalaliMonths(fromJalali(1405, 1, 5)!, -1))).toBe('۱۴۰۴/۱۲/۰۵');
    expect(formatJalali(addJalaliMonths(fromJalali(1403, 12, 30)!, 12))).toBe('۱۴۰۴/۱۲/۲۹');
  });
});

describe('reading Jalali dates', () => {
  const today = '2026-11-23';

  it.each([
    ['1380/5/7', '1380-05-07'],
    ['۸۰/۰۵/۰۷', '1380-05-07'],
    ['13800507', '1380-05-07'],
    ['٨٠٠٥٠٧', '1380-05-07'],
    ['1380-05-07', '1380-05-07'],
    ['1380.5.7', '1380-05-07'],
    [' ۱۳۸۰ / ۵ / ۷ ', '1380-05-07'],
    ['‏1380/05/07', '1380-05-07'],
    ['7/5/1380', '1380-05-07'],
    ['۷ مرداد ۱۳۸۰', '1380-05-07'],
    ['05-01-05', '1405-01-05'],
    ['05/12/01', '1405-12-01'],
    ['06/01/01', '1306-01-01'],
    ['99/12/30', '1399-12-30'],
    ['1406/02/03', '1406-02-03'],
  ])('reads «%s»', (text, jalali) => {
    expect(parseJalali(text, { today })).toEqual({ ok: true, day: fromJalali(...parts(jalali)) });
  });

  it.each([
    ['', 'MISSING'],
    ['  ', 'MISSING'],
    ['فردا', 'UNREADABLE'],
    ['1380/5', 'UNREADABLE'],
    ['1380/5/7/1', 'UNREADABLE'],
    ['36735', 'UNREADABLE'],
    ['380/5/7', 'UNREADABLE'],
    ['2001/07/29', 'UNREADABLE'],
    ['1380//7', 'UNREADABLE'],
    ['5/1380/7', 'UNREADABLE'],
    ['1404/12/30', 'IMPOSSIBLE'],
    ['1380/13/05', 'IMPOSSIBLE'],
    ['1380/00/05', 'IMPOSSIBLE'],
    ['13800732', 'IMPOSSIBLE'],
    ['۳۲ مرداد ۱۳۸۰', 'IMPOSSIBLE'],
  ])('says why it refuses «%s»', (text, reason) => {
    expect(parseJalali(text, { today })).toEqual({ ok: false, reason });
  });

  it('reads what it writes', () => {
    fc.assert(
      fc.property(fc.nat(73_000), fc.constantFrom('short' as const, 'long' as const), (offset, style) => {
        const day = addDays('1921-03-21', offset);
        expect(parseJalali(formatJalali(day, style), { today })).toEqual({ ok: true, day });
      }),
    );
  });
});
