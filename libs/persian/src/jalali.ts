import { isLeapJalaaliYear, isValidJalaaliDate, jalaaliMonthLength, toGregorian, toJalaali } from 'jalaali-js';
import { addDays, isoWeekday, utcMidnight } from './days.js';
import { toAsciiDigits, toPersianDigits } from './digits.js';
import type { Language } from './language.js';
import { storeForm } from './text.js';

/** A date of the Jalali calendar; months count from 1. */
export interface JalaliDate {
  year: number;
  month: number;
  day: number;
}

const monthNames: Record<Language, string[]> = {
  fa: 'فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند'.split(' '),
  en: 'Farvardin Ordibehesht Khordad Tir Mordad Shahrivar Mehr Aban Azar Dey Bahman Esfand'.split(' '),
};
const weekdayNames: Record<Language, string[]> = {
  fa: ['دوشنبه', 'سه‌شنبه', 'چهارشنبه', 'پنجشنبه', 'جمعه', 'شنبه', 'یکشنبه'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};

/** The Jalali date of a day 'YYYY-MM-DD'. Throws on what is not a day. */
export function toJalali(day: string): JalaliDate {
  utcMidnight(day);
  const { jy, jm, jd } = toJalaali(Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8)));
  return { year: jy, month: jm, day: jd };
}

/** The day 'YYYY-MM-DD' of a Jalali date, or null when there is no such date. */
export function fromJalali(year: number, month: number, day: number): string | null {
  if (![year, month, day].every(Number.isInteger) || year < 1 || year > 3000) return null;
  if (!isValidJalaaliDate(year, month, day)) return null;
  const { gy, gm, gd } = toGregorian(year, month, day);
  return `${String(gy).padStart(4, '0')}-${twoDigits(gm)}-${twoDigits(gd)}`;
}

/** Leap years come every four or five years; only the calendar itself knows. */
export function isLeapJalaliYear(year: number): boolean {
  return isLeapJalaaliYear(year);
}

/** 29, 30 or 31. */
export function daysInJalaliMonth(year: number, month: number): number {
  return jalaaliMonthLength(year, month);
}

/** «فروردین» for 1. */
export function jalaliMonthName(month: number, language: Language = 'fa'): string {
  return nameAt(monthNames[language], month);
}

/** «دوشنبه» for 1, as ISO counts weekdays. */
export function weekdayName(isoWeekday: number, language: Language = 'fa'): string {
  return nameAt(weekdayNames[language], isoWeekday);
}

/**
 * short «۱۴۰۵/۰۹/۰۲» · long «۲ آذر ۱۴۰۵» · full «دوشنبه ۲ آذر ۱۴۰۵» · dayMonth «۲ آذر» · month «آذر ۱۴۰۵»
 */
export type JalaliStyle = 'short' | 'long' | 'full' | 'dayMonth' | 'month';

/** Writes a day in the Jalali calendar. Names and order are ours: Intl puts year and weekday in a wrong order. */
export function formatJalali(day: string, style: JalaliStyle = 'short', language: Language = 'fa'): string {
  const text = styled(toJalali(day), day, style, language);
  return language === 'fa' ? toPersianDigits(text) : text;
}

function styled(date: JalaliDate, day: string, style: JalaliStyle, language: Language): string {
  const month = jalaliMonthName(date.month, language);
  switch (style) {
    case 'short':
      return `${date.year}/${twoDigits(date.month)}/${twoDigits(date.day)}`;
    case 'long':
      return `${date.day} ${month} ${date.year}`;
    case 'full':
      return `${weekdayName(isoWeekday(day), language)} ${date.day} ${month} ${date.year}`;
    case 'dayMonth':
      return `${date.day} ${month}`;
    case 'month':
      return `${month} ${date.year}`;
  }
}

/** A stretch of days, both ends included. */
export interface DayRange {
  first: string;
  last: string;
}

/** The Jalali month that holds the day. */
export function jalaliMonth(day: string): DayRange & { year: number; month: number; length: number } {
  const { year, month, day: dayOfMonth } = toJalali(day);
  const length = daysInJalaliMonth(year, month);
  const first = addDays(day, 1 - dayOfMonth);
  return { year, month, length, first, last: addDays(first, length - 1) };
}

/** The Jalali year that holds the day; the fiscal year is the same. */
export function jalaliYear(day: string): DayRange & { year: number; length: number } {
  const { year } = toJalali(day);
  const length = isLeapJalaliYear(year) ? 366 : 365;
  const first = fromJalali(year, 1, 1)!;
  return { year, length, first, last: addDays(first, length - 1) };
}

/** The week that holds the day: Saturday to Friday. */
export function jalaliWeek(day: string): DayRange {
  const first = addDays(day, -((isoWeekday(day) + 1) % 7));
  return { first, last: addDays(first, 6) };
}

/** The same day so many Jalali months later; the last day of the month where that day does not exist. */
export function addJalaliMonths(day: string, count: number): string {
  const date = toJalali(day);
  const months = date.year * 12 + (date.month - 1) + count;
  const year = Math.floor(months / 12);
  const month = months - year * 12 + 1;
  return fromJalali(year, month, Math.min(date.day, daysInJalaliMonth(year, month)))!;
}

/** The Jalali years that somebody means who writes a date. */
const YEARS = { first: 1200, last: 1599 };
/** The days of those years, Gregorian: 1821-03-21 to 2221-03-20. */
export const DAYS_MEANT: DayRange = {
  first: fromJalali(YEARS.first, 1, 1)!,
  last: addDays(fromJalali(YEARS.last + 1, 1, 1)!, -1),
};

export type JalaliRefusal = 'MISSING' | 'UNREADABLE' | 'IMPOSSIBLE';
export type JalaliReading = { ok: true; day: string } | { ok: false; reason: JalaliRefusal };

const monthOfName = new Map(monthNames.fa.map((name, i) => [name, i + 1]));
const monthNamePattern = new RegExp(`^(\\d{1,2}) ?(${monthNames.fa.join('|')}) ?(\\d+)$`);

/**
 * Reads a typed Jalali date in any digit script: 1380/5/7, 7/5/1380, 80-05-07, 13800507, 800507, «۷ مرداد ۱۳۸۰».
 * A year of two digits is the last one that is not after the year of `today`. UNREADABLE: no date can be seen in it;
 * IMPOSSIBLE: it is a date, but the calendar has no such day.
 */
export function parseJalali(text: string, { today }: { today: string }): JalaliReading {
  const typed = toAsciiDigits(storeForm(text));
  if (typed === '') return { ok: false, reason: 'MISSING' };
  const parts = datePartsOf(typed);
  if (!parts) return { ok: false, reason: 'UNREADABLE' };
  const year = parts.year.length === 2 ? latestYear(Number(parts.year), toJalali(today).year) : Number(parts.year);
  if (year < YEARS.first || year > YEARS.last) return { ok: false, reason: 'UNREADABLE' };
  const day = fromJalali(year, Number(parts.month), Number(parts.day));
  return day === null ? { ok: false, reason: 'IMPOSSIBLE' } : { ok: true, day };
}

function datePartsOf(typed: string): { year: string; month: string; day: string } | null {
  const [, namedDay, name, namedYear] = monthNamePattern.exec(typed) ?? [];
  const parts = name
    ? [namedYear!, String(monthOfName.get(name)), namedDay!]
    : (/^(\d{4}|\d{2})(\d{2})(\d{2})$/.exec(typed)?.slice(1) ?? typed.split(/ ?[/\\.,،٫\-\u2010-\u2015\u2212 ] ?/));
  const [a, b, c] = parts;
  if (parts.length !== 3 || !parts.every((part) => /^\d{1,4}$/.test(part)) || !a || !b || !c) return null;
  const [year, day] = c.length === 4 ? [c, a] : [a, c];
  const readable = (year.length === 4 || year.length === 2) && b.length <= 2 && day.length <= 2;
  return readable ? { year, month: b, day } : null;
}

function latestYear(twoDigitYear: number, thisYear: number): number {
  return thisYear - ((((thisYear - twoDigitYear) % 100) + 100) % 100);
}

function nameAt(names: string[], position: number): string {
  const name = names[position - 1];
  if (name === undefined) throw new RangeError(`No name for ${position}`);
  return name;
}

function twoDigits(n: number): string {
  return String(n).padStart(2, '0');
}
