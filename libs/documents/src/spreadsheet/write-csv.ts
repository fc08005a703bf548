import { cleaned, type FileColumn, fileColumns, type Sheet } from './write.js';

/**
 * A spreadsheet program takes a text for a formula that starts with one of these signs, blanks and quotes before them or
 * not; an apostrophe in front makes it text again. The same after a line end, a tab or a semicolon: where the system's
 * list separator is another, as it is in Persian, the program may part our lines there, quotes or not.
 */
const FORMULA = /((?:^|[;\t\n])["\s\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]*)(?=[=+\-@＝＋－＠])/g;

/** A text file has no number formats, so the head says the unit. */
const UNIT: Partial<Record<FileColumn['kind'], string>> = {
  minutes: ' (دقیقه)',
  rials: ' (ریال)',
  percent: ' (درصد)',
};

/** The sheet as comma-separated UTF-8 with a byte order mark, which is how Excel knows it is not Windows-1256. */
export async function* writeCsv({ columns, rows }: Sheet): AsyncGenerator<Uint8Array> {
  const written = fileColumns(columns);
  const head = written.map(({ title, kind }) => asText(title + (UNIT[kind] ?? '')));
  yield Buffer.from(`\ufeff${lineOf(head)}`);
  for await (const row of rows) yield Buffer.from(lineOf(written.map((column) => fieldOf(column, row))));
}

const lineOf = (fields: string[]) => `${fields.join(',')}\r\n`;

function fieldOf(column: FileColumn, row: Parameters<FileColumn['of']>[0]): string {
  if (column.kind === 'text') return asText(column.of(row) ?? '');
  if (column.kind === 'iso-instant') return column.of(row)?.instant.toISOString() ?? '';
  const value = column.of(row);
  if (value === null) return '';
  return String(column.kind === 'percent' ? Number(value) / 100 : value);
}

function asText(text: string): string {
  const harmless = cleaned(text).replace(FORMULA, "$1'");
  return /[",;\t\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
