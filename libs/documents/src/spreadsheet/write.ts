import { dayInTehran, formatJalali, formatTime, isDay, minutesInTehran } from '@app/persian';
import { TextDoesNotFit } from '../typeset/errors.js';

/**
 * What a column holds. Numbers are as we keep them: minutes, rials and counts whole, a percentage in hundredths of a
 * per cent. A day is `YYYY-MM-DD`, an instant a Date; both are shown in the Jalali calendar as text, with a column of
 * the Gregorian one beside it.
 */
export type CellKind = 'text' | 'count' | 'decimal' | 'minutes' | 'rials' | 'percent' | 'day' | 'instant';

export interface SheetColumn {
  title: string;
  kind: CellKind;
}

/** What a cell holds: never a formula, whatever the text looks like. Null is an empty cell. */
export type Cell = string | number | Date | null;

/** A table for a spreadsheet program, read row by row and never held whole. */
export interface Sheet {
  /** What its tab says: cut at 31 characters, without those that a tab cannot show. */
  name: string;
  /** Lines above the head: what the table is about. */
  preface: string[];
  columns: SheetColumn[];
  /** One cell for each column. */
  rows: Iterable<Cell[]> | AsyncIterable<Cell[]>;
}

/**
 * A column as it stands in a file. `of` gives its cell of a row, a text as it came; what is not of the column's kind is a
 * mistake of ours.
 */
export type FileColumn = { title: string } & (
  | { kind: 'text' | 'iso-day'; of: (row: Cell[]) => string | null }
  | { kind: 'count' | 'decimal' | 'minutes' | 'rials' | 'percent'; of: (row: Cell[]) => number | null }
  | { kind: 'iso-instant'; of: (row: Cell[]) => Tehran | null }
);

/** An instant as the clock in Tehran shows it. */
export interface Tehran {
  instant: Date;
  day: string;
  minutes: number;
}

/** The letters a cell may have: more than this, and Excel calls the file damaged. */
const LONGEST = 32_767;
/** XML has no place for these, and nobody sees them: control characters and halves of a surrogate pair. */
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ud800-\udfff\ufffe\uffff]/gu;

/** The columns of a sheet as they stand in a file: a day and an instant take two. */
export const fileColumns = (columns: SheetColumn[]): FileColumn[] => columns.flatMap(ofKind);

function ofKind({ title, kind }: SheetColumn, at: number): FileColumn[] {
  const wrong = (cell: Cell) => new TypeError(`The column "${title}" takes a ${kind}, not a ${typeof cell}.`);
  const whole = kind !== 'decimal';
  const number = (row: Cell[]) => {
    const cell = row[at] ?? null;
    if (cell === null || (whole ? Number.isSafeInteger(cell) : Number.isFinite(cell))) return cell as number | null;
    throw wrong(cell);
  };
  const day = (row: Cell[]) => {
    const cell = row[at] ?? null;
    if (cell === null || (typeof cell === 'string' && isDay(cell))) return cell;
    throw wrong(cell);
  };
  const instant = (row: Cell[]) => {
    const cell = row[at] ?? null;
    if (cell === null) return null;
    if (!(cell instanceof Date) || Number.isNaN(cell.getTime())) throw wrong(cell);
    return { instant: cell, day: dayInTehran(cell), minutes: minutesInTehran(cell) };
  };
  const text = (row: Cell[]) => {
    const cell = row[at] ?? null;
    if (cell === null) return null;
    if (typeof cell !== 'string') throw wrong(cell);
    if (cell.length > LONGEST) throw new TextDoesNotFit(title);
    return cell;
  };
  const gregorian = `${title} (میلادی)`;
  if (kind === 'text') return [{ title, kind, of: text }];
  if (kind === 'day') {
    const jalali = (row: Cell[]) => shown(day(row), (of) => formatJalali(of));
    return [
      { title, kind: 'text', of: jalali },
      { title: gregorian, kind: 'iso-day', of: day },
    ];
  }
  if (kind === 'instant') {
    const jalali = (row: Cell[]) =>
      shown(instant(row), ({ day: of, minutes }) => `${formatJalali(of)} ${formatTime(minutes)}`);
    return [
      { title, kind: 'text', of: jalali },
      { title: gregorian, kind: 'iso-instant', of: instant },
    ];
  }
  return [{ title, kind, of: number }];
}

const shown = <T>(value: T | null, as: (value: T) => string) => (value === null ? null : as(value));

/** A text as it may stand in a file: each writer cleans it as it writes. */
export const cleaned = (text: string): string => text.replace(UNSEEN, '').replace(/\r\n?/g, '\n');

/** Puts the pieces a writer gives into one array of bytes. */
export async function collected(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

/** A code or an ISO day among the Persian words of one cell: without the marks its parts change places at the hyphens. */
export const inOrder = (text: string): string => `\u200e${text}\u200e`;
