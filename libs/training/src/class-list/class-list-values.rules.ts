import {
  addDays,
  formatJalali,
  isDay,
  mobile,
  nationalId,
  parseJalali,
  personName,
  storeForm,
  toAsciiDigits,
} from '@app/persian';
import type { ClassListCell } from './class-list-columns.rules.js';
import { ClassListFault, ClassListRepair } from './class-list-texts.rules.js';

/** A value that was read, null when the cell is empty, with what was put right in it; or why it could not be read. */
export type ReadValue =
  | { value: string | null; kinds: ClassListRepair[]; /** As people write it, where that differs. */ shown?: string }
  | { fault: ClassListFault };

const NOTHING: ReadValue = { value: null, kinds: [] };

const OLDEST_YEARS = 120;
/** A year of two digits that makes someone younger than this may as well be of the century before. */
const YOUNGEST_BY_TWO_DIGITS = 10;

/** 9.1E+09: what a spreadsheet leaves of a long number in a file of text. */
const SHORTENED = /^\d+(?:[.,٫]\d+)?E\+?\d+$/i;
const TURNING_MARKS = /[\u202A-\u202E\u2066-\u2069]/;
const ARABIC_LETTERS = /[\u064A\u0649\u0643\uFB50-\uFDFF\uFE70-\uFEFC]/;
/** Tatweel, direction marks and other characters that draw nothing; the half-space is none of them. */
const UNSEEN = /[\u0640\u00AD\u061C\u200B\u200D-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/;

/**
 * L4: an ID of 8 or 9 digits has lost the zeros in front of it; its check digit shows that it is the one.
 */
export function readNationalId({ text }: ClassListCell): ReadValue {
  const typed = asTyped(text);
  const id = nationalId(typed, { pad: true });
  if (id.ok) return { value: id.value, kinds: digitRepairs(text, id.padded) };
  if (id.reason === 'MISSING') return NOTHING;
  return { fault: SHORTENED.test(typed) ? ClassListFault.DIGITS_LOST : ClassListFault[id.reason] };
}

/** L8: any written form of an Iranian mobile; another number refuses the row rather than being lost unseen. */
export function readMobile({ text }: ClassListCell): ReadValue {
  const typed = asTyped(text);
  const number = mobile(typed);
  if (number.ok) {
    const prefixed = !number.padded && typed.replace(/\D/g, '') !== number.national;
    const kinds = [...digitRepairs(text, number.padded), ...(prefixed ? [ClassListRepair.MOBILE_FORM] : [])];
    return { value: number.national, kinds };
  }
  if (number.reason === 'MISSING') return NOTHING;
  return { fault: SHORTENED.test(typed) ? ClassListFault.DIGITS_LOST : ClassListFault.BAD_MOBILE };
}

/** L6: marks that turn the order of letters refuse a name; what only draws nothing is taken out of it. */
export function readName({ text }: ClassListCell): ReadValue {
  if (TURNING_MARKS.test(text)) return { fault: ClassListFault.BIDI_MARK };
  const name = personName(text);
  if (!name.ok) return name.reason === 'MISSING' ? NOTHING : { fault: ClassListFault.BAD_NAME };

  const kinds: ClassListRepair[] = [];
  if (ARABIC_LETTERS.test(text)) kinds.push(ClassListRepair.ARABIC_LETTERS);
  if (UNSEEN.test(text)) kinds.push(ClassListRepair.INVISIBLE_MARKS);
  if (kinds.length === 0 && text !== name.value) kinds.push(ClassListRepair.SPACES);
  return { value: name.value, kinds };
}

/**
 * L7: a Jalali date in any written form, a date cell, the bare day number behind one, or a Gregorian date that
 * begins with its year. No one is born after today or more than 120 years ago.
 */
export function readBirthDay(cell: ClassListCell, today: string): ReadValue {
  const read = dayOf(cell, today);
  if (!('value' in read) || read.value === null) return read;
  const age = Number(today.slice(0, 4)) - Number(read.value.slice(0, 4));
  if (read.value > today || age > OLDEST_YEARS) return { fault: ClassListFault.IMPOSSIBLE_DATE };
  if (age < YOUNGEST_BY_TWO_DIGITS && read.kinds.includes(ClassListRepair.TWO_DIGIT_YEAR)) {
    return { fault: ClassListFault.UNREADABLE_DATE };
  }
  return { ...read, shown: formatJalali(read.value, 'short', 'en') };
}

function dayOf({ text, day }: ClassListCell, today: string): ReadValue {
  // Some programs take a Jalali date for one of the Middle Ages.
  if (day)
    return day < '1600'
      ? jalali(day, [ClassListRepair.EXCEL_DATE], today)
      : { value: day, kinds: [ClassListRepair.EXCEL_DATE] };
  const typed = asTyped(text);
  if (/^[\p{Pd}\s.]*$/u.test(typed)) return NOTHING;
  const digits = typed === text.trim() ? [] : [ClassListRepair.DIGITS];
  if (/^[1-5]\d{4}$/.test(typed))
    return { value: addDays('1899-12-30', Number(typed)), kinds: [...digits, ClassListRepair.EXCEL_DATE] };
  const gregorian = /^((?:19|20)\d\d)([-/.])(\d\d?)\2(\d\d?)$/.exec(typed);
  if (gregorian) {
    const [, year = '', , month = '', date = ''] = gregorian;
    const value = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
    return isDay(value)
      ? { value, kinds: [...digits, ClassListRepair.GREGORIAN_DATE] }
      : { fault: ClassListFault.IMPOSSIBLE_DATE };
  }
  const shortYear = /^\d{6}$/.test(typed) || !/\d{4}/.test(typed);
  return jalali(typed, shortYear ? [...digits, ClassListRepair.TWO_DIGIT_YEAR] : digits, today);
}

function jalali(text: string, kinds: ClassListRepair[], today: string): ReadValue {
  const date = parseJalali(text, { today });
  if (date.ok) return { value: date.day, kinds };
  return { fault: date.reason === 'IMPOSSIBLE' ? ClassListFault.IMPOSSIBLE_DATE : ClassListFault.UNREADABLE_DATE };
}

/** A typed number in ASCII digits, without the sign that keeps it as text and the decimals a program has added. */
function asTyped(text: string): string {
  return toAsciiDigits(storeForm(text))
    .replace(/^['’]/, '')
    .replace(/^(\d+)\.0+$/, '$1');
}

function digitRepairs(text: string, padded: boolean): ClassListRepair[] {
  const kinds: ClassListRepair[] = [];
  if (toAsciiDigits(text) !== text) kinds.push(ClassListRepair.DIGITS);
  if (padded) kinds.push(ClassListRepair.LEADING_ZERO_RESTORED);
  if (/\p{Cf}/u.test(text)) kinds.push(ClassListRepair.INVISIBLE_MARKS);
  if (/[\p{White_Space}\p{Pd}\u2212()'’]/u.test(text)) kinds.push(ClassListRepair.SPACES);
  return kinds;
}
