import { toAsciiDigits } from './digits.js';

const presentationForms = /[\uFB50-\uFDFF\uFE70-\uFEFC]+/g;
/** Tatweel, bidi controls, zero width space and joiner, byte order mark, soft hyphen: seen by nobody, in the way of all. */
const unseen = /[\u200D\u200B\u0640\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF\u00AD]/g;
const spaces = /\p{White_Space}+/gu;
const looseHalfSpace = /\u200C*( |^|$)\u200C*/g;
/** Codes, numbers and English: nothing of it is changed. */
const plain = /^[!-~]+(?: [!-~]+)*$/;

/**
 * The form of a text that is saved and shown: Persian yeh and kaf, no invisible marks, single spaces,
 * a half-space (ZWNJ) only between two letters. Applied twice it changes nothing more.
 */
export function storeForm(text: string): string {
  if (plain.test(text)) return text;
  return text
    .replace(presentationForms, (form) => form.normalize('NFKC'))
    .replace(unseen, '')
    .normalize('NFC')
    .replace(/[\u064A\u0649]/g, '\u06CC')
    .replace(/\u0643/g, '\u06A9')
    .replace(spaces, ' ')
    .replace(/\u200C+/g, '\u200C')
    .replace(looseHalfSpace, '$1')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** The folded key for search: no marks, no half-space, one alef, one heh, ASCII digits, lower case. Never shown. */
export function searchForm(text: string): string {
  return toAsciiDigits(storeForm(text))
    .replace(/[\u064B-\u065F\u0670\u0621\u200C]/g, '')
    .replace(/[\u0622\u0623\u0625\u0671-\u0673]/g, '\u0627')
    .replace(/\u0624/g, '\u0648')
    .replace(/\u0626/g, '\u06CC')
    .replace(/[\u0629\u06C0\u06D5]/g, '\u0647')
    .toLowerCase()
    .normalize('NFC')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** The search form without spaces: «علی‌پور», «علی پور» and «علیپور» become one key. */
export function compactForm(text: string): string {
  return searchForm(text).replaceAll(' ', '');
}
