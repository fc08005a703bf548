import { rgb } from './content.js';
import { inRow } from './errors.js';
import { face } from './face.js';
import type { Field } from './field.js';
import { fit, type Fitted, type Style } from './fit.js';
import { figure } from './glyph-numbers.js';
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
  /**
   * One of many columns of small marks side by side, as the sessions of a course are. Their cells are made once and used
   * again; those of a row are written, and read aloud, as one piece.
   */
  series?: boolean;
}

export interface TableCell {
  field: Field | null;
  /** Reads from bottom to top: a figure too long for a narrow column. */
  upright?: boolean;
  /** How many columns the cell takes. */
  span?: number;
  colour?: string;
  bold?: boolean;
  fill?: string;
}

export interface TableRow {
  cells: TableCell[];
  /** By what it is called when a text of it cannot be drawn; its place among the rows where nothing is said. */
  number?: number;
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

/** Both sides together. */
const paddingOf = (width: number) => (width < 40 ? 2 : 6);
/** How much wider a column is than the letters that stand upright over it, so that those of its neighbours do not touch. */
const ROOM_UPRIGHT = 1.3;
/** Over and under the lines of a cell together. */
const LEADING = 2;
const GRID = '#a79c89';
const HEAD_FILL = '#eef2f8';

interface MeasuredCell {
  cell: TableCell;
  x: number;
  width: number;
  /** How many columns it takes. */
  span: number;
  series: boolean;
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
  const head = headOf(paper, table, place.right);
  const grid = new Grid(table, place.right);
  paper.structure.begin('Table');
  let y = place.top + head.first(place.top);
  grid.begin(place.top, y);
  for (const [at, block] of [...table.rows.map((row) => [row]), table.totals].entries()) {
    const rows = block.map((row) => inRow(row.number ?? at + 1, () => measure(row)));
    const height = rows.reduce((sum, row) => sum + row.height, 0);
    if (y + height > place.bottom) {
      paper.ornament(grid.end());
      const top = place.nextPage();
      y = top + head.again(top);
      grid.begin(top, y);
    }
    for (const row of rows) {
      drawRow(paper, row, y);
      y += row.height;
      grid.add(row.cells, y);
    }
  }
  paper.structure.close();
  paper.ornament(grid.end());
  return y;
}

function measuring({ columns, rowHeight }: Table, right: number): (row: TableRow) => MeasuredRow {
  /** Marks of a series come again in every row: each is measured once in its column. */
  const marks = columns.map(() => new Map<TableCell, MeasuredCell>());
  return ({ cells, fill, height: least = rowHeight }) => {
    let x = right;
    let at = 0;
    let height = least;
    const measured = cells.map((cell) => {
      const column = columns[at]!;
      const { span = 1 } = cell;
      let width = column.width;
      for (let next = 1; next < span; next++) width += columns[at + next]?.width ?? 0;
      x -= width;
      const series = column.series === true && span === 1 && !cell.upright;
      let set = series ? marks[at]!.get(cell) : undefined;
      if (!set) {
        set = { cell, x, width, span, series, ...fitting(column, cell, width, least) };
        if (series) marks[at]!.set(cell, set);
      }
      at += span;
      const { fitted } = set;
      if (fitted && !cell.upright)
        height = Math.max(height, fitted.lines.length * fitted.size * fitted.leading + LEADING);
      return set;
    });
    return { cells: measured, height, fill };
  };
}

function fitting(column: Column, { field, bold, colour, upright }: TableCell, width: number, height: number) {
  const { style: usual, place } = column;
  const style = bold || colour ? { ...usual, face: bold ? 'bold' : usual.face, colour: colour ?? usual.colour } : usual;
  const room = width - paddingOf(width);
  const box = upright ? { width: height - LEADING, height: room } : { width: room, height: Infinity };
  return {
    style: style as Style,
    fitted: field && fit(place, field, box, upright ? ({ ...style, lines: 1 } as Style) : (style as Style)),
  };
}

/** The heads of a table: pieces of it on its first page, furniture on those that follow. */
function headOf(paper: Paper, { columns, headHeight, headStyle, headFill = HEAD_FILL }: Table, right: number) {
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  const fill = (y: number) =>
    paper.ornament(`${rgb(headFill)} rg ${[right - width, y, width, headHeight].map(figure).join(' ')} re f`);
  let drawn: { operators: string; y: number } | undefined;
  return {
    first(y: number): number {
      fill(y);
      let x = right;
      const texts = columns.map(({ title, upright, place, width: each }) => {
        x -= each;
        const padding = paddingOf(each);
        const box = { x: x + padding / 2, y, width: each - padding, height: headHeight };
        const { painter } = paper;
        const named = `head of ${place}`;
        if (!upright) return painter.text(named, title, box, headStyle);
        return painter.upright(named, title, box, {
          ...headStyle,
          size: Math.min(headStyle.size, each / ROOM_UPRIGHT),
        });
      });
      paper.structure.begin('TR');
      for (const text of texts) paper.piece('TH', text, { attributes: '/O/Table/Scope/Column' });
      paper.structure.close();
      drawn = { operators: texts.join('\n'), y };
      return headHeight;
    },
    again(y: number): number {
      fill(y);
      const { operators, y: before } = drawn!;
      paper.furniture(y === before ? operators : `q 1 0 0 1 0 ${figure(y - before)} cm\n${operators}\nQ`);
      return headHeight;
    },
  };
}

function drawRow(paper: Paper, { cells, height, fill }: MeasuredRow, y: number): void {
  drawFills(paper, cells, y, height, fill);
  paper.structure.begin('TR');
  for (let from = 0; from < cells.length;) {
    let to = from + 1;
    if (cells[from]!.series) while (cells[to]?.series) to++;
    drawCells(paper, cells.slice(from, to), y, height);
    from = to;
  }
  paper.structure.close();
}

/** Neighbours of one colour are one rectangle. */
function drawFills(paper: Paper, cells: MeasuredCell[], y: number, height: number, fill?: string): void {
  for (let from = 0; from < cells.length;) {
    const { x: first, width, cell } = cells[from]!;
    const colour = cell.fill ?? fill;
    let x = first;
    let to = from + 1;
    for (; to < cells.length && (cells[to]!.cell.fill ?? fill) === colour; to++) x = cells[to]!.x;
    if (colour) {
      paper.ornament(`${rgb(colour)} rg ${figure(x)} ${figure(y)} ${figure(first + width - x)} ${figure(height)} re f`);
    }
    from = to;
  }
}

/** One cell, or the marks of a series, as one piece of the row. */
function drawCells(paper: Paper, cells: MeasuredCell[], y: number, height: number): void {
  const [only] = cells as [MeasuredCell];
  const columns = cells.length > 1 ? cells.length : only.span;
  const options = columns > 1 ? { attributes: `/O/Table/ColSpan ${columns}` } : undefined;
  let operators = '';
  if (only.series) operators = seriesOperators(paper, cells, y, height);
  else if (only.fitted) {
    const padding = paddingOf(only.width);
    const box = { x: only.x + padding / 2, y, width: only.width - padding, height };
    operators = only.cell.upright
      ? paper.painter.upright('', only.cell.field!, box, { ...only.style, size: only.fitted.size })
      : paper.painter.fitted(only.fitted, box, only.style);
  }
  if (operators) paper.piece('TD', operators, options);
  else paper.structure.empty('TD', options);
}

/** Marks of one size on one line, written from right to left: what changes between them is the gap, the colour, the face. */
function seriesOperators(paper: Paper, cells: MeasuredCell[], y: number, height: number): string {
  const out: string[] = [];
  let last: MeasuredCell | null = null;
  let end = 0;
  for (const set of cells) {
    if (!set.fitted) continue;
    const { size, lines, leading } = set.fitted;
    const line = lines[0]!;
    const { face: name = 'regular', colour = '#000000', align = 'right' } = set.style;
    const letters = face(name);
    const width = (line.width * size) / letters.unitsPerEm;
    const room = set.width - paddingOf(set.width);
    const left = set.x + (set.width - room) / 2;
    const x = left + (align === 'left' ? 0 : align === 'centre' ? (room - width) / 2 : room - width);
    const middle = paper.painter.line(name, line);
    if (last && last.fitted!.size === size && last.fitted!.leading === leading) {
      const gap = Math.round(((end - x) * 1000) / size);
      const sameFace = (last.style.face ?? 'regular') === name;
      const sameColour = (last.style.colour ?? '#000000') === colour;
      if (sameFace && sameColour) out.push(` ${gap}`, middle);
      else {
        const change = `${sameFace ? '' : `/${paper.painter.font(name)} 1 Tf `}${sameColour ? '' : `${rgb(colour)} rg`}`;
        out.push(`]TJ ${change}[${gap}`, middle);
      }
    } else {
      const scale = size / letters.unitsPerEm;
      const baseline = y + (height + (letters.ascent - letters.descent) * scale) / 2;
      out.push(
        `${last ? ']TJ ET ' : ''}BT/${paper.painter.font(name)} 1 Tf ${rgb(colour)} rg ${figure(size)} 0 0 ${figure(-size)} ${figure(x)} ${figure(baseline)} Tm[`,
        middle,
      );
    }
    last = set;
    end = x + width;
  }
  if (last) out.push(']TJ ET');
  return out.join('');
}

/** The lines of a table on one page: as long as they can be, but not through a cell over several columns. */
class Grid {
  private readonly edges: number[];
  private readonly left: number;
  private levels: number[] = [];
  private upright: string[] = [];
  /** Where rows without such cells begin. */
  private since = 0;

  constructor(
    private readonly table: Table,
    private readonly right: number,
  ) {
    let x = right;
    this.edges = [right, ...table.columns.map(({ width }) => (x -= width))];
    this.left = x;
  }

  begin(top: number, underHead: number): void {
    this.levels = [top, underHead];
    this.upright = [];
    this.since = top;
  }

  add(cells: MeasuredCell[], bottom: number): void {
    const top = this.levels.at(-1)!;
    this.levels.push(bottom);
    if (cells.every(({ span }) => span === 1)) return;
    this.close(top);
    for (const x of [this.right, ...cells.map((cell) => cell.x)]) this.stroke(x, top, bottom);
    this.since = bottom;
  }

  end(): string {
    const bottom = this.levels.at(-1)!;
    this.close(bottom);
    const [left, right] = [figure(this.left), figure(this.right)];
    const flat = this.levels.map((y) => `${left} ${figure(y)} m ${right} ${figure(y)} l`);
    return `0.4 w ${rgb(this.table.grid ?? GRID)} RG\n${[...flat, ...this.upright].join('\n')}\nS`;
  }

  private close(bottom: number): void {
    if (bottom > this.since) for (const x of this.edges) this.stroke(x, this.since, bottom);
  }

  private stroke(x: number, top: number, bottom: number): void {
    this.upright.push(`${figure(x)} ${figure(top)} m ${figure(x)} ${figure(bottom)} l`);
  }
}
