import type { SheetCell } from './sheet.js';

const DAY_MILLISECONDS = 86_400_000;

/** Built-in number formats that show a day. 18 to 21 and 45 to 47 show a time of day only. */
const BUILT_IN_DAYS = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58]);

/** Whether a number format shows a number as a day: it names year or day outside quotes, brackets and escapes. */
export function showsDay(format: string | number): boolean {
  if (typeof format === 'number') return BUILT_IN_DAYS.has(format);
  const positive = format.split(';', 1)[0] ?? '';
  return /[yd]/i.test(positive.replace(/"[^"]*"|\[[^\]]*\]|[\\_*]./g, '').replace(/general/i, ''));
}

/**
 * The day of a spreadsheet's day number. In the 1900 system day 60 is 29 February 1900, which never was:
 * the days before it are one off. Numbers under zero are the days before 1900 that only some programs write.
 */
export function dayOfSerial(serial: number, from1904: boolean): string | undefined {
  const whole = Math.floor(serial);
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, whole > 0 && whole < 60 ? 31 : 30);
  const day = new Date(epoch + whole * DAY_MILLISECONDS);
  const inRange = whole !== 0 && day.getTime() >= Date.UTC(1000, 0, 1) && day.getTime() < Date.UTC(3000, 0, 1);
  return inRange ? day.toISOString().slice(0, 10) : undefined;
}

/** All digits of a number, never an exponent: 9.000893757E9 is 9000893757. */
function allDigits(raw: string): string {
  if (/^-?\d+$/.test(raw)) return raw;
  const number = Number(raw);
  if (!Number.isFinite(number)) return raw;
  return Number.isInteger(number) ? BigInt(number).toString() : String(number);
}

/**
 * The text of a cell. A file cannot keep the zeros in front of a number; some programs write the text
 * as the formula ="0012345679" instead, which is read as what it shows.
 */
export function textCell(text: string): SheetCell {
  const shown = /^="([^"]*)"$/.exec(text.trim())?.[1];
  return shown === undefined ? { text, kind: 'text' } : { text: shown, kind: 'formula' };
}

export function numberCell(raw: string, options: { day: boolean; from1904: boolean }): SheetCell {
  const day = options.day ? dayOfSerial(Number(raw), options.from1904) : undefined;
  return day ? { text: day, kind: 'date', day } : { text: allDigits(raw.trim()), kind: 'number' };
}

/** What a formula last showed. One that was never worked out shows itself: as text it can do nothing. */
export function formulaCell(formula: string, shown: SheetCell): SheetCell {
  return { ...shown, text: shown.text === '' ? `=${formula}` : shown.text, kind: 'formula' };
}
