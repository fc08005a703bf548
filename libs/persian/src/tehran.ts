import { utcMidnight } from './days.js';

const millisecondsPerMinute = 60_000;

/** The zone database knows the summer time of 1387 to 1401, so the offset is asked for every instant. */
const clock = new Intl.DateTimeFormat('en-US', {
  timeZone: 'Asia/Tehran',
  calendar: 'gregory',
  numberingSystem: 'latn',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

/** The day in Tehran at this instant, 'YYYY-MM-DD'. */
export function dayInTehran(instant: Date): string {
  return read(instant).day;
}

/** The time of day in Tehran at this instant, in minutes since midnight as the clock on the wall shows it. */
export function minutesInTehran(instant: Date): number {
  return read(instant).minutes;
}

/** The first instant of a day in Tehran. On 2 Farvardin 1400 the clock then showed 01:00. */
export function startOfTehranDay(day: string): Date {
  return instantInTehran(day, 0);
}

/**
 * The instant at which the clock in Tehran shows this day and these minutes since midnight (1440 is the next
 * midnight). A time that came twice is the first one; a time that was skipped moves on by the skipped hour.
 */
export function instantInTehran(day: string, minutes: number): Date {
  const wanted = utcMidnight(day) + minutes * millisecondsPerMinute;
  const offsetBefore = offsetAt(wanted - 24 * 60 * millisecondsPerMinute);
  const offsetAfter = offsetAt(wanted + 24 * 60 * millisecondsPerMinute);
  const offset =
    [offsetBefore, offsetAfter].find((candidate) => offsetAt(wanted - candidate) === candidate) ?? offsetBefore;
  return new Date(wanted - offset);
}

/** How far the clock in Tehran is ahead of UTC, in milliseconds. */
function offsetAt(instant: number): number {
  const { day, minutes } = read(new Date(instant));
  const wholeMinute = Math.floor(instant / millisecondsPerMinute) * millisecondsPerMinute;
  return utcMidnight(day) + minutes * millisecondsPerMinute - wholeMinute;
}

function read(instant: Date): { day: string; minutes: number } {
  const parts = Object.fromEntries(clock.formatToParts(instant).map(({ type, value }) => [type, value]));
  return {
    day: `${parts['year']?.padStart(4, '0')}-${parts['month']}-${parts['day']}`,
    minutes: Number(parts['hour']) * 60 + Number(parts['minute']),
  };
}
