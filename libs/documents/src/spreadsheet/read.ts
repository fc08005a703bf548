import { hasTable, readHtml } from './read/html.js';
import { LIMITS } from './read/limits.js';
import type { Sheet } from './read/sheet.js';
import { decodeText, readDelimited } from './read/text.js';
import { SpreadsheetFault, UnreadableSpreadsheet } from './read/unreadable.js';
import { readXlsx } from './read/xlsx.js';

export type { SheetCell } from './read/sheet.js';
export { SpreadsheetFault, UnreadableSpreadsheet } from './read/unreadable.js';

export interface ReadOptions {
  /** Read only the sheet of this name, a hidden one too. Without it all visible sheets are read. */
  sheet?: string;
}

export interface Spreadsheet {
  /** The sheets that have something in them. */
  sheets: Sheet[];
}

/**
 * Reads a file from outside as sheets of cells. Its kind is told by its content, never by its name: .xlsx, old
 * binary .xls, a web page with tables, or text with tabs, semicolons or commas in UTF-8, UTF-16 or Windows-1256.
 * For what people upload use `readSpreadsheetApart`, which bounds time and memory too.
 * @throws UnreadableSpreadsheet
 */
export async function readSpreadsheet(file: Uint8Array, { sheet }: ReadOptions = {}): Promise<Spreadsheet> {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length === 0) throw new UnreadableSpreadsheet(SpreadsheetFault.EMPTY);
  if (bytes.length > LIMITS.fileBytes) throw new UnreadableSpreadsheet(SpreadsheetFault.TOO_LARGE);

  const found = await sheetsOf(bytes, sheet);
  if (sheet !== undefined && found.length === 0) throw new UnreadableSpreadsheet(SpreadsheetFault.NO_SUCH_SHEET);
  const sheets = found.filter(({ rows }) => rows.length > 0);
  if (sheets.length === 0) throw new UnreadableSpreadsheet(SpreadsheetFault.EMPTY);
  return { sheets };
}

async function sheetsOf(bytes: Buffer, only?: string): Promise<Sheet[]> {
  if (startsWith(bytes, 'PK\x03\x04')) return readXlsx(bytes, only);
  if (startsWith(bytes, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) {
    // Its library and codepages are large and seldom needed: they stay out of processes that read no such file.
    const { readXls } = await import('./read/xls.js');
    return readXls(bytes, only);
  }
  const text = decodeText(bytes);
  if (!hasTable(text)) return readDelimited(text);
  return readHtml(text).filter(({ name }) => only === undefined || name === only);
}

const startsWith = (bytes: Buffer, mark: string) => bytes.toString('latin1', 0, mark.length) === mark;
