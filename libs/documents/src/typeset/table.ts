import type { Field } from './field.js';
import { fit, type Fitted, type Style } from './fit.js';
import type { Paper } from './paper.js';

/** Columns are named from the right: the first one stands at the right edge. */
export interface Column {
  /** The column by its name, for the error when a text does not fit. */
  place: string;
  title: Field;
  /** A title that reads from bottom to top, over a narrow column. */
  upright?: boolean;
  width: number;
  style: Style;
}

export interface TableCell {
  field: Field | null;
  /** How many columns the cell takes. */
  span?: number;
  colour?: string;
  bold?: boolean;
  fill?: string;
}

export interface TableRow {
  cells: TableCell[];
  fill?: string;
}

export interface Table {
  columns: Column[];
  headHeight: number;
  headStyle: Style;
  /** A row is at least so high; a text that needs two lines makes it higher. */
  rowHeight: number;
  rows: TableRow[];
}

/** Where the table stands, and how it goes on when a page is full. */
export interface TablePlace {
  right: number;
  top: number;
  bottom: number;
  /** Makes a page and says where the table goes on: its head is drawn there again. */
  nextPage(): number;
}

const PADDING = 2;
const GRID = '#a79c89';
const HEAD_FILL = '#eef2f8';

interface Setting extends TableCell {
  x: number;
  width: number;
  style: Style;
  fitted: Fitted | null;
}

/**
 * Draws a table from right to left. A row is never parted: what does not fit goes to the next page, under the same head.
 * @returns where the table ends
 * @throws TextDoesNotFit, MissingGlyph
 */
export function drawTable(paper: Paper, table: Table, place: TablePlace): number {
  const settings = setting(table, place.right);
  let top = place.top;
  let y = drawHead(paper, table, place.right, top);
  for (const row of table.rows) {
    const cells = settings(row);
    const height = heightOf(cells, table.rowHeight);
    if (y + height > place.bottom) {
      top = place.nextPage();
      y = drawHead(paper, table, place.right, top);
    }
    drawRow(paper, cells, row.fill, y, height);
    y += height;
  }
  return y;
}

/** Measures rows. A field that comes again in a column, as marks do, is measured once. */
function setting({ columns }: Table, right: number): (row: TableRow) => Setting[] {
  const known = new Map<string, Fitted>();
  return ({ cells }) => {
    let x = right;
    let at = 0;
    return cells.map((cell) => {
      const span = columns.slice(at, (at += cell.span ?? 1));
      const column = span[0]!;
      const width = span.reduce((sum, each) => sum + each.width, 0);
      x -= width;
      const style: Style = {
        ...column.style,
        ...(cell.bold && { face: 'bold' }),
        ...(cell.colour && { colour: cell.colour }),
      };
      return { ...cell, x, width, style, fitted: cell.field && fitting(column.place, cell.field, width, style) };
    });
  };

  function fitting(place: string, field: Field, width: number, style: Style): Fitted {
    const key = `${style.face}|${style.size}|${width}|${field.base}${field.text}`;
    let fitted = known.get(key);
    if (!fitted) known.set(key, (fitted = fit(place, field, { width: width - PADDING, height: Infinity }, style)));
    return fitted;
  }
}

function heightOf(cells: Setting[], least: number): number {
  const heights = cells.map(({ fitted }) =>
    fitted ? fitted.lines.length * fitted.size * fitted.leading + PADDING : 0,
  );
  return Math.max(least, ...heights);
}

function drawHead(paper: Paper, { columns, headHeight, headStyle }: Table, right: number, top: number): number {
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  paper.pdf.rect(right - width, top, width, headHeight).fill(HEAD_FILL);
  let x = right;
  for (const { title, upright, width: own, place } of columns) {
    x -= own;
    const box = { x: x + PADDING / 2, y: top + PADDING, width: own - PADDING, height: headHeight - 2 * PADDING };
    if (upright) paper.upright(`head of ${place}`, title, { ...box, x, width: own }, headStyle);
    else paper.text(`head of ${place}`, title, box, headStyle);
    frame(paper, x, top, own, headHeight);
  }
  return top + headHeight;
}

function drawRow(paper: Paper, cells: Setting[], fill: string | undefined, y: number, height: number): void {
  for (const cell of cells) {
    const colour = cell.fill ?? fill;
    if (colour) paper.pdf.rect(cell.x, y, cell.width, height).fill(colour);
    const box = { x: cell.x + PADDING / 2, y, width: cell.width - PADDING, height };
    if (cell.fitted) paper.put(cell.fitted, box, cell.style);
    frame(paper, cell.x, y, cell.width, height);
  }
}

/** Each cell draws its own frame, so a cell over several columns has no line through it. */
function frame(paper: Paper, x: number, y: number, width: number, height: number): void {
  paper.pdf.lineWidth(0.4).rect(x, y, width, height).stroke(GRID);
}
