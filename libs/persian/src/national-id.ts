import { toPersianDigits } from './digits.js';
import type { Language } from './language.js';
import { typedDigits } from './typed-digits.js';

export type NationalIdRefusal = 'MISSING' | 'NOT_DIGITS' | 'WRONG_LENGTH' | 'SAME_DIGITS' | 'BAD_CHECK_DIGIT';

/** `padded` says that leading zeros were put back: ask the user to confirm. */
export type NationalIdReading = { ok: true; value: string; padded: boolean } | { ok: false; reason: NationalIdRefusal };

/**
 * Reads an Iranian national ID in any digit script, with spaces, dashes or direction marks.
 * With `pad`, for imports, 8 or 9 digits are taken as an ID whose leading zeros a spreadsheet has eaten.
 */
export function nationalId(text: string, { pad = false } = {}): NationalIdReading {
  const typed = typedDigits(text);
  if (typed === '') return { ok: false, reason: 'MISSING' };
  if (!/^\d+$/.test(typed)) return { ok: false, reason: 'NOT_DIGITS' };
  const padded = pad && (typed.length === 8 || typed.length === 9);
  const value = padded ? typed.padStart(10, '0') : typed;
  if (value.length !== 10) return { ok: false, reason: 'WRONG_LENGTH' };
  if (/^(\d)\1{9}$/.test(value)) return { ok: false, reason: 'SAME_DIGITS' };
  if (Number(value[9]) !== checkDigit(value)) return { ok: false, reason: 'BAD_CHECK_DIGIT' };
  return { ok: true, value, padded };
}

function checkDigit(value: string): number {
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += Number(value[i]) * (10 - i);
  const remainder = sum % 11;
  return remainder < 2 ? remainder : 11 - remainder;
}

/** A stored national ID grouped 3-6-1: «۰۷۹-۰۴۱۹۹۰-۴». Show it in a left-to-right isolate. */
export function formatNationalId(value: string, language: Language = 'fa'): string {
  const grouped = `${value.slice(0, 3)}-${value.slice(3, 9)}-${value.slice(9)}`;
  return language === 'fa' ? toPersianDigits(grouped) : grouped;
}

/** Only the last three digits of a stored national ID: enough to tell two trainees apart, too little to misuse. */
export function maskNationalId(value: string, language: Language = 'fa'): string {
  const masked = '•'.repeat(Math.max(value.length - 3, 0)) + value.slice(-3);
  return language === 'fa' ? toPersianDigits(masked) : masked;
}
