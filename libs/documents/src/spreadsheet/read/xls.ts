import { CFB, read, set_cptable, type CellObject, type WorkBook } from '@e965/xlsx';
import * as codepages from '@e965/xlsx/dist/cpexcel';
import { formulaCell, numberCell, showsDay, textCell } from './cells.js';
import { type Sheet, SheetBuilder, type SheetCell } from './sheet.js';
import { SpreadsheetFault, UnreadableSpreadsheet } from './unreadable.js';

// Workbooks older than Excel 97 keep their text in a codepage.
set_cptable(codepages);

/**
 * Reads an old binary .xls workbook: the visible sheets, or the one asked for.
 * @throws UnreadableSpreadsheet
 */
export function readXls(bytes: Buffer, only?: string): Sheet[] {
  const workbook = open(bytes);
  const from1904 = workbook.Workbook?.WBProps?.date1904 ?? false;
  const hidden = new Set(workbook.Workbook?.Sheets?.filter((sheet) => sheet.Hidden).map((sheet) => sheet.name));
  const names = workbook.SheetNames.filter((name) => (only === undefined ? !hidden.has(name) : name === only));
  return names.map((name) => {
    const sheet = new SheetBuilder(name);
    const rows = workbook.Sheets[name]?.['!data'] ?? [];
    rows.forEach((row, above) =>
      row?.forEach(
        (cell: CellObject | undefined, column) => cell && sheet.put(above + 1, column, cellOf(cell, from1904)),
      ),
    );
    return sheet.build();
  });
}

function open(bytes: Buffer): WorkBook {
  try {
    const { FullPaths } = CFB.read(bytes, { type: 'buffer' });
    const holds = (part: string) => FullPaths.some((path: string) => path.toLowerCase().endsWith(`/${part}`));
    // A workbook with a password, .xlsx too, is wrapped in such a container.
    if (holds('encryptedpackage')) throw new UnreadableSpreadsheet(SpreadsheetFault.PASSWORD_PROTECTED);
    if (!holds('workbook') && !holds('book')) throw new UnreadableSpreadsheet(SpreadsheetFault.UNKNOWN_KIND);
    return read(bytes, { type: 'buffer', dense: true, cellNF: true, cellText: false, cellHTML: false });
  } catch (error) {
    if (error instanceof UnreadableSpreadsheet) throw error;
    const locked = error instanceof Error && /password|encrypt/i.test(error.message);
    const reason = locked ? SpreadsheetFault.PASSWORD_PROTECTED : SpreadsheetFault.DAMAGED;
    throw new UnreadableSpreadsheet(reason, { cause: error });
  }
}

function cellOf(cell: CellObject, from1904: boolean): SheetCell {
  const shown = shownBy(cell, from1904);
  return cell.f === undefined ? shown : formulaCell(cell.f, shown);
}

function shownBy({ t, v, w, z }: CellObject, from1904: boolean): SheetCell {
  if (t === 'n') return numberCell(String(v), { day: z !== undefined && showsDay(z), from1904 });
  if (t === 'b') return textCell(v ? 'TRUE' : 'FALSE');
  if (t === 'e') return textCell(w ?? '#ERROR');
  return textCell(typeof v === 'string' ? v : '');
}
