import { typedDigits } from './typed-digits.js';

export type PostalCodeRefusal = 'MISSING' | 'NOT_DIGITS' | 'WRONG_LENGTH';

/** `unusual`: against the classic digit pattern. A warning to show, no reason to refuse. */
export type PostalCodeReading =
  { ok: true; value: string; unusual: boolean } | { ok: false; reason: PostalCodeRefusal };

/** No 0 and 2 in the first four, no 0, 2 and 5 in the fifth, no 2 in the rest, no four equal digits at the start. */
const classicPattern = /^(?!(\d)\1{3})[13-9]{4}[1346-9][013-9]{5}$/;

/** Reads an Iranian postal code: ten digits, in any script, with or without a dash. */
export function postalCode(text: string): PostalCodeReading {
  const value = typedDigits(text);
  if (value === '') return { ok: false, reason: 'MISSING' };
  if (!/^\d+$/.test(value)) return { ok: false, reason: 'NOT_DIGITS' };
  if (value.length !== 10) return { ok: false, reason: 'WRONG_LENGTH' };
  return { ok: true, value, unusual: !classicPattern.test(value) };
}
