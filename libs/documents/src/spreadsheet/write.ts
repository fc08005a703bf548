/** How the cells of a column are typed and shown. A number that is a duration is in whole minutes. */
export type CellKind = 'text' | 'count' | 'minutes' | 'hundredths';

export interface SheetColumn {
  title: string;
  kind: CellKind;
  /** In characters. */
  width: number;
}

/** What a cell holds: never a formula, whatever the text looks like. Null is an empty cell. */
export type Cell = string | number | null;

/** A table for a spreadsheet program, read row by row and never held whole. */
export interface Sheet {
  /** At most 31 characters, none of `[]:*?/\`. */
  name: string;
  /** Lines above the head: what the table is about. */
  preface: string[];
  columns: SheetColumn[];
  rows: Iterable<Cell[]> | AsyncIterable<Cell[]>;
}

/** Puts the pieces a writer gives into one array of bytes. */
export async function collected(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}
