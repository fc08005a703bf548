import type { Field } from './field.js';
import { fit, type Box, type Fitted, type Style } from './fit.js';
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
  /** At least so high, where the height of all rows will not do. */
  height?: number;
}

export interface Table {
  columns: Column[];
  headHeight: number;
  headStyle: Style;
  /** A row is at least so high; a text that needs two lines makes it higher. */
  rowHeight: number;
  rows: TableRow[];
  /** The last rows, which stay together on one page. */
  totals: TableRow[];
  /** Its lines and the ground of its head; those of a coloured paper when left out. */
  grid?: string;
  headFill?: string;
}

/** Where the table stands, and how it goes on when a page is full. */
export interface TablePlace {
  right: number;
  top: number;
  bottom: number;
  /** Makes a page and says where the table goes on: its head is drawn there again. */
  nextPage(): number;
}

/** Both sides together. A column of single letters has no room to give away. */
const paddingOf = (width: number) => (width < 16 ? 1 : width < 40 ? 2 : 6);
/** Over and under the lines of a cell together. */
const LEADING = 2;
const GRID = '#a79c89';
const HEAD_FILL = '#eef2f8';

interface MeasuredCell extends TableCell {
  x: number;
  width: number;
  style: Style;
  fitted: Fitted | null;
}

interface MeasuredRow {
  cells: MeasuredCell[];
  height: number;
  fill?: string;
}

/**
 * Draws a table from right to left. A row is never parted: what does not fit goes to the next page, under the same head.
 * @returns where the table ends
 * @throws TextDoesNotFit, MissingGlyph
 */
export function drawTable(paper: Paper, table: Table, place: TablePlace): number {
  const measure = measuring(table, place.right);
  let y = drawHead(paper, table, place.right, place.top);
  for (const block of [...table.rows.map((row) => [row]), table.totals]) {
    const rows = block.map(measure);
    const height = rows.reduce((sum, row) => sum + row.height, 0);
    if (y + height > place.bottom) y = drawHead(paper, table, place.right, place.nextPage());
    for (const row of rows) {
      drawRow(paper, row, y, table.grid);
      y += row.height;
    }
  }
  return y;
}

/** Measures rows. A field that comes again in a column, as marks do, is measured once. */
function measuring({ columns, rowHeight }: Table, right: number): (row: TableRow) => MeasuredRow {
  const known = new Map<string, Fitted>();
  return ({ cells, fill, height = rowHeight }) => {
    let x = right;
    let at = 0;
    const measured = cells.map((cell) => {
      const span = columns.slice(at, (at += cell.span ?? 1));
      const column = span[0]!;
      const width = span.reduce((sum, each) => sum + each.width, 0);
      x -= width;
      const face = cell.bold ? 'bold' : column.style.face;
      const style = { ...column.style, face, colour: cell.colour ?? column.style.colour };
      return { ...cell, x, width, style, fitted: cell.field && fitting(column.place, cell.field, width, style) };
    });
    const heights = measured.map(({ fitted }) => (fitted ? fitted.lines.length * fitted.size * fitted.leading : 0));
    return { cells: measured, height: Math.max(height, ...heights.map((lines) => lines + LEADING)), fill };
  };

  function fitting(place: string, field: Field, width: number, style: Style): Fitted {
    const key = `${style.face}|${style.size}|${width}|${field.base}${field.text}`;
    let fitted = known.get(key);
    if (!fitted)
      known.set(key, (fitted = fit(place, field, { width: width - paddingOf(width), height: Infinity }, style)));
    return fitted;
  }
}

function drawHead(
  paper: Paper,
  { columns, headHeight, headStyle, headFill = HEAD_FILL, grid }: Table,
  right: number,
  top: number,
): number {
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  paper.pdf.rect(right - width, top, width, headHeight).fill(headFill);
  let x = right;
  const boxes = columns.map((column) => ({ x: (x -= column.width), y: top, width: column.width, height: headHeight }));
  for (const [at, { title, upright, place }] of columns.entries()) {
    const inner = inside(boxes[at]!);
    if (upright) paper.upright(`head of ${place}`, title, inner, headStyle);
    else paper.text(`head of ${place}`, title, inner, headStyle);
  }
  frame(paper, boxes, grid);
  return top + headHeight;
}

function drawRow(paper: Paper, { cells, height, fill }: MeasuredRow, y: number, grid?: string): void {
  const boxes = cells.map(({ x, width }) => ({ x, y, width, height }));
  for (const [at, cell] of cells.entries()) {
    const colour = cell.fill ?? fill;
    if (colour) paper.pdf.rect(cell.x, y, cell.width, height).fill(colour);
    if (cell.fitted) paper.put(cell.fitted, inside(boxes[at]!), cell.style);
  }
  frame(paper, boxes, grid);
}

function inside({ x, width, ...box }: Box): Box {
  const padding = paddingOf(width);
  return { ...box, x: x + padding / 2, width: width - padding };
}

/** Each cell has its own frame, so a cell over several columns has no line through it. */
function frame(paper: Paper, boxes: Box[], grid = GRID): void {
  const sides = boxes.map(({ x, y, width, height }) => [x, y, width, height].map((side) => side.toFixed(2)).join(' '));
  paper.pdf
    .lineWidth(0.4)
    .strokeColor(grid)
    .addContent(`${sides.join(' re ')} re S`);
}
