import { typedDigits } from './typed-digits.js';

export type LegalEntityIdRefusal = 'MISSING' | 'NOT_DIGITS' | 'WRONG_LENGTH' | 'EMPTY_BODY' | 'BAD_CHECK_DIGIT';
export type LegalEntityIdReading = { ok: true; value: string } | { ok: false; reason: LegalEntityIdRefusal };

const weights = [29, 27, 23, 19, 17, 29, 27, 23, 19, 17];

/** Reads the 11-digit national ID of a company or institution (shenase-ye melli). */
export function legalEntityId(text: string): LegalEntityIdReading {
  const value = typedDigits(text);
  if (value === '') return { ok: false, reason: 'MISSING' };
  if (!/^\d+$/.test(value)) return { ok: false, reason: 'NOT_DIGITS' };
  if (value.length !== 11) return { ok: false, reason: 'WRONG_LENGTH' };
  if (value.slice(3, 9) === '000000') return { ok: false, reason: 'EMPTY_BODY' };
  if (Number(value[10]) !== checkDigit(value)) return { ok: false, reason: 'BAD_CHECK_DIGIT' };
  return { ok: true, value };
}

function checkDigit(value: string): number {
  const shift = Number(value[9]) + 2;
  const sum = weights.reduce((total, weight, i) => total + (Number(value[i]) + shift) * weight, 0);
  return (sum % 11) % 10;
}
