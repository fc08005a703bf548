import { LIMITS } from './limits.js';
import { SpreadsheetFault, UnreadableSpreadsheet } from './unreadable.js';

/** One cell as text. A number has all its digits, a date is its day, a formula is the value it last had. */
export interface SheetCell {
  text: string;
  kind: 'text' | 'number' | 'date' | 'formula' | 'empty';
  /** `YYYY-MM-DD`, Gregorian as the spreadsheet counts: of a date cell, and of a formula whose value is a date. */
  day?: string;
}

/** A row with something in it. Blank rows are left out, but counted: the number is that in the sheet, from 1. */
export interface SheetRow {
  number: number;
  cells: SheetCell[];
}

export interface Sheet {
  name: string;
  rows: SheetRow[];
}

/** Takes the cells of one sheet in any order and keeps it within the limits. Blank cells cost nothing. */
export class SheetBuilder {
  private readonly rows = new Map<number, SheetCell[]>();
  private cells = 0;

  constructor(private readonly name: string) {}

  /** @param row from 1, @param column from 0 */
  put(row: number, column: number, cell: SheetCell): void {
    if (cell.text.trim() === '') return;
    if (column >= LIMITS.columns) throw new UnreadableSpreadsheet(SpreadsheetFault.TOO_MANY_COLUMNS);
    if (cell.text.length > LIMITS.cellLetters) throw new UnreadableSpreadsheet(SpreadsheetFault.DAMAGED);
    if (++this.cells > LIMITS.cells) throw new UnreadableSpreadsheet(SpreadsheetFault.TOO_LARGE);
    let cells = this.rows.get(row);
    if (!cells) {
      if (this.rows.size === LIMITS.rows) throw new UnreadableSpreadsheet(SpreadsheetFault.TOO_MANY_ROWS);
      this.rows.set(row, (cells = []));
    }
    while (cells.length < column) cells.push({ text: '', kind: 'empty' });
    cells[column] = cell;
  }

  build(): Sheet {
    const rows = [...this.rows].map(([number, cells]) => ({ number, cells }));
    return { name: this.name, rows: rows.sort((a, b) => a.number - b.number) };
  }
}
