import { toAsciiDigits, toPersianDigits } from './digits.js';
import type { Language } from './language.js';
import { formatNumber } from './numbers.js';
import { storeForm } from './text.js';

/** A time of day given in minutes since midnight: «۸:۳۰». */
export function formatTime(minutes: number, language: Language = 'fa'): string {
  const text = hoursAndMinutes(minutes);
  return language === 'fa' ? toPersianDigits(text) : text;
}

/** Reads a typed time of day, 8:30, «۰۸:۳۰», 8.30 or 8, as minutes since midnight (24:00 is 1440), or null. */
export function parseTime(text: string): number | null {
  const [, hours, rest = '0'] = /^(\d{1,2})(?: ?[:.٫] ?(\d{2}))?$/.exec(toAsciiDigits(storeForm(text))) ?? [];
  if (hours === undefined || Number(rest) > 59) return null;
  const minutes = Number(hours) * 60 + Number(rest);
  return minutes <= 1440 ? minutes : null;
}

/** words «۱۲ ساعت و ۳۰ دقیقه» · compact «۱۲:۳۰» */
export type DurationStyle = 'words' | 'compact';

/** A duration in whole minutes, as hours and minutes. */
export function formatMinutesAsHours(
  minutes: number,
  style: DurationStyle = 'words',
  language: Language = 'fa',
): string {
  if (style === 'compact') return formatTime(minutes, language);
  const units =
    language === 'fa' ? { hours: 'ساعت', minutes: 'دقیقه', and: ' و ' } : { hours: 'h', minutes: 'min', and: ' ' };
  const hours = Math.floor(checked(minutes) / 60);
  const rest = minutes % 60;
  const parts: string[] = [];
  if (hours > 0) parts.push(`${formatNumber(hours, { language })} ${units.hours}`);
  if (rest > 0 || hours === 0) parts.push(`${formatNumber(rest, { language })} ${units.minutes}`);
  return parts.join(units.and);
}

function hoursAndMinutes(minutes: number): string {
  return `${Math.floor(checked(minutes) / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

function checked(minutes: number): number {
  if (!Number.isInteger(minutes) || minutes < 0) throw new RangeError(`Not whole minutes: ${minutes}`);
  return minutes;
}
