import { toPersianDigits } from './digits.js';
import type { Language } from './language.js';
import { typedDigits } from './typed-digits.js';

export type MobileRefusal = 'MISSING' | 'NOT_DIGITS' | 'WRONG_LENGTH' | 'NOT_MOBILE';

/** `padded` says that the leading zero was missing and has been put back. */
export type MobileReading =
  { ok: true; national: string; e164: string; padded: boolean } | { ok: false; reason: MobileRefusal };

/** Reads an Iranian mobile number in every form people write: 09…, 9…, +98…, 0098…, 98…, in any digit script. */
export function mobile(text: string): MobileReading {
  const typed = typedDigits(text);
  if (typed === '') return { ok: false, reason: 'MISSING' };
  if (!/^\+?\d+$/.test(typed)) return { ok: false, reason: 'NOT_DIGITS' };
  const subscriber = /^(?:(?:\+98|0098|98)0?|0)?(9\d{9})$/.exec(typed)?.[1];
  if (subscriber) {
    return { ok: true, national: `0${subscriber}`, e164: `+98${subscriber}`, padded: typed === subscriber };
  }
  const withoutPrefix = typed.replace(/^(?:\+98|0098)?0?/, '');
  return { ok: false, reason: withoutPrefix.startsWith('9') ? 'WRONG_LENGTH' : 'NOT_MOBILE' };
}

/** A stored number (either form) as people read it: «۰۹۱۲ ۳۴۵ ۶۷۸۹». Show it in a left-to-right isolate. */
export function formatMobile(stored: string, language: Language = 'fa'): string {
  const national = nationalOf(stored);
  const grouped = `${national.slice(0, 4)} ${national.slice(4, 7)} ${national.slice(7)}`;
  return language === 'fa' ? toPersianDigits(grouped) : grouped;
}

/** A stored number with its middle hidden: «۰۹۱۲•••۶۷۸۹». */
export function maskMobile(stored: string, language: Language = 'fa'): string {
  const national = nationalOf(stored);
  const masked = `${national.slice(0, 4)}•••${national.slice(7)}`;
  return language === 'fa' ? toPersianDigits(masked) : masked;
}

function nationalOf(stored: string): string {
  return stored.replace(/^\+98/, '0');
}
