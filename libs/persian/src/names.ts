import { storeForm } from './text.js';

export type PersonNameRefusal = 'MISSING' | 'HAS_DIGIT' | 'HAS_SYMBOL' | 'NO_LETTER' | 'TOO_LONG';
export type PersonNameReading = { ok: true; value: string } | { ok: false; reason: PersonNameRefusal };

/** What stands for a name that is not on record. */
const NOT_ON_RECORD = '-';
/** No name on a certificate is longer; it is counted as it is stored, where one ligature may be eighteen letters. */
const LONGEST_NAME = 80;

/** Emoji, angle brackets, equals and other signs, and characters that nobody sees, save the half-space. */
const symbols = /[\p{Sm}\p{Sc}\p{So}\p{Extended_Pictographic}\p{Emoji_Modifier}]|(?!\u200C)\p{C}/u;

/**
 * Reads a given name, a family name or a father's name. Letters of every script, marks, brackets and punctuation
 * are names; digits and signs are not. A single dash stands for a name that is not on record.
 */
export function personName(text: string): PersonNameReading {
  const value = storeForm(text);
  if (value === '') return { ok: false, reason: 'MISSING' };
  if (value.length > LONGEST_NAME) return { ok: false, reason: 'TOO_LONG' };
  if (/\p{N}/u.test(value)) return { ok: false, reason: 'HAS_DIGIT' };
  if (symbols.test(value)) return { ok: false, reason: 'HAS_SYMBOL' };
  if (value !== NOT_ON_RECORD && !/\p{L}/u.test(value)) return { ok: false, reason: 'NO_LETTER' };
  return { ok: true, value };
}

/** A person's names in a row, without those that are not on record: «بی‌بی» and not «بی‌بی -». */
export const namesInARow = (names: readonly string[], between = ' '): string =>
  names.filter((name) => name !== '' && name !== NOT_ON_RECORD).join(between);

/** The first letter of every word: «فاطمه‌زهرا علی‌پور» becomes «ف… ع…», for pages that anyone may open. */
export function maskName(text: string): string {
  return storeForm(text)
    .split(' ')
    .map((word) => /\p{L}/u.exec(word)?.[0])
    .filter((letter) => letter !== undefined)
    .map((letter) => `${letter}…`)
    .join(' ');
}
