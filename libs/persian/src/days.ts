const millisecondsPerDay = 86_400_000;

/** True for a day that exists, written 'YYYY-MM-DD' in the Gregorian calendar. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}

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
