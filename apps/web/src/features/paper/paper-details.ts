import { addJalaliMonths, jalaliMonth, parseTime, toAsciiDigits } from '@app/persian';
import type { EnumOf } from '../../shared/api/graphql.js';
import { typedDay } from '../../shared/ui/jalali-field.js';

export type PaperKind = EnumOf<'PaperKind'>;

/** What is typed about a paper; which of it counts depends on the paper. */
export interface PaperEntries {
  grey: boolean;
  format: EnumOf<'PaperFormat'>;
  /** The first day of a Jalali month; empty for the whole course. */
  month: string;
  part: EnumOf<'ExamPart'>;
  examDay: string;
  examTime: string;
  place: string;
  addressee: EnumOf<'LetterAddressee'>;
  number: string;
  request: string;
  reason: string;
  sheet: keyof typeof labelSheets;
  start: string;
}

export const blankEntries: PaperEntries = {
  ...{ grey: false, format: 'PDF', month: '', part: 'WRITTEN', examDay: '', examTime: '', place: '' },
  ...{ addressee: 'INSTITUTE', number: '', request: '', reason: '', sheet: '3x8', start: '1' },
};

const size = (columns: number, rows: number, widthMm: number, heightMm: number, topMm: number, rightMm: number) => ({
  ...{ columns, rows, widthMm, heightMm, topMm, rightMm },
  ...{ columnGapMm: 2.5, rowGapMm: 0 },
});

/** Sheets of labels that are sold everywhere, in millimetres. */
export const labelSheets = {
  '3x8': size(3, 8, 63.5, 33.9, 12.9, 7.2),
  '3x7': size(3, 7, 63.5, 38.1, 15.1, 7.2),
  '2x7': size(2, 7, 99.1, 38.1, 15.1, 4.6),
};

/** The first day of each Jalali month from the first day to the last. */
export function monthsOf(startsOn: string, endsOn: string): string[] {
  const months: string[] = [];
  for (let month = jalaliMonth(startsOn).first; month <= endsOn; month = addJalaliMonths(month, 1)) months.push(month);
  return months;
}

/** What is asked about each kind. */
export const asksFor = {
  month: (kind: PaperKind) => kind === 'ATTENDANCE_SHEET' || kind === 'ATTENDANCE_REPORT',
  sitting: (kind: PaperKind) => kind === 'EXAM_LIST' || kind === 'EXAM_CARDS',
  letter: (kind: PaperKind) => kind === 'LETTER_OF_THANKS' || kind === 'LETTER_OF_REFUSAL',
  refusal: (kind: PaperKind) => kind === 'LETTER_OF_REFUSAL',
  labels: (kind: PaperKind) => kind === 'LABELS',
  format: (kind: PaperKind) => kind === 'ATTENDANCE_REPORT',
};

/** The details as the API takes them, or null while something is missing or cannot be read. */
export function detailsToSend(kind: PaperKind, entries: PaperEntries) {
  const { grey, format, month, part, examDay, examTime, place, addressee, number, request, reason, sheet, start } =
    entries;
  if (asksFor.month(kind)) return { grey, ...(asksFor.format(kind) && { format }), ...(month !== '' && { month }) };
  if (asksFor.sitting(kind)) {
    const [day, startMinute] = [typedDay(examDay), parseTime(examTime)];
    if (day === null || startMinute === null || place.trim().length < 2) return null;
    return { grey, sitting: { part, day, startMinute, place: place.trim() } };
  }
  if (asksFor.letter(kind)) {
    if (asksFor.refusal(kind) && (request.trim() === '' || reason.trim() === '')) return null;
    const said = asksFor.refusal(kind) ? { request: request.trim(), reason: reason.trim() } : {};
    return { grey, letter: { addressee, ...said, ...(number.trim() !== '' && { number: number.trim() }) } };
  }
  if (asksFor.labels(kind)) {
    const first = parseCount(start);
    return first === null ? null : { grey, labels: { ...labelSheets[sheet], start: first } };
  }
  return { grey };
}

/** A whole number from 1 up, in any digits. */
function parseCount(text: string): number | null {
  const typed = toAsciiDigits(text.trim());
  return /^[1-9]\d{0,3}$/.test(typed) ? Number(typed) : null;
}
