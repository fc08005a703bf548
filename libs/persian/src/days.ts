const millisecondsPerDay = 86_400_000;

/** True for a day that exists, written 'YYYY-MM-DD' in the Gregorian calendar. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))];
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const length = month === 2 && isLeap ? 29 : (MONTH_LENGTHS[month - 1] ?? 0);
  return day >= 1 && day <= length;
}

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The day so many days later (earlier when negative). */
export function addDays(day: string, count: number): string {
  return new Date(utcMidnight(day) + count * millisecondsPerDay).toISOString().slice(0, 10);
}

/** How many days from the first day to the second: 0 on the same day. */
export function daysBetween(from: string, to: string): number {
  return (utcMidnight(to) - utcMidnight(from)) / millisecondsPerDay;
}

/** 1 Monday to 7 Sunday. */
export function isoWeekday(day: string): number {
  return new Date(utcMidnight(day)).getUTCDay() || 7;
}

/** Midnight of the day in UTC, in milliseconds: for arithmetic with days only. Throws on what is not a day. */
export function utcMidnight(day: string): number {
  if (!isDay(day)) throw new RangeError(`Not a day: ${day}`);
  return Date.parse(`${day}T00:00:00Z`);
}
