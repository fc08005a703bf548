import type { Cell, CellKind, Sheet } from './write.js';

/** A spreadsheet program takes a text that starts like this for a formula; an apostrophe in front makes it text again. */
const FORMULA = /^[=+\-@\t\r]/;

/** A text file has no number formats, so the head says the unit. */
const UNIT: Record<CellKind, string> = { text: '', count: '', minutes: ' (دقیقه)', hundredths: ' (درصد)' };

/** The sheet as comma-separated UTF-8 with a byte order mark, which is how Excel knows it is not Windows-1256. */
export async function* writeCsv({ columns, rows }: Sheet): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`\ufeff${lineOf(columns.map(({ title, kind }) => title + UNIT[kind]))}`);
  for await (const row of rows) {
    yield Buffer.from(lineOf(row.map((cell, at) => (columns[at]?.kind === 'hundredths' ? percent(cell) : cell))));
  }
}

const percent = (cell: Cell) => (typeof cell === 'number' ? cell / 100 : cell);

const lineOf = (cells: Cell[]) => `${cells.map(written).join(',')}\r\n`;

function written(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  const harmless = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
