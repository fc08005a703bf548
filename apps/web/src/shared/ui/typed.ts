import { toAsciiDigits } from '@app/persian';

/** The whole number that was typed, in whichever digits, or null. */
export function typedNumber(text: string): number | null {
  const digits = toAsciiDigits(text.trim());
  return /^\d{1,10}$/.test(digits) ? Number(digits) : null;
}

/**
 * Tenths of a millimetre of what was typed as millimetres: `۱٫۵`, `-1.5`, nothing for none; null when it is no length or
 * more than so many millimetres.
 */
export function typedTenths(text: string, most = 30): number | null {
  const typed = toAsciiDigits(text.trim()).replace(/[٫/,]/, '.').replace(/^[−–]/, '-');
  if (typed === '') return 0;
  const tenths = /^-?\d{1,2}(\.\d)?$/.test(typed) ? Math.round(Number(typed) * 10) : NaN;
  return Math.abs(tenths) <= most * 10 ? tenths : null;
}
