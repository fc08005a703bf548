import { textCell } from './cells.js';
import { LIMITS } from './limits.js';
import { type Sheet, SheetBuilder } from './sheet.js';

/** The named characters that tables of names are written with; all others come by number or as themselves. */
const NAMED: Record<string, string> = {
  amp: '&',
  apos: "'",
  gt: '>',
  laquo: '«',
  lrm: '\u200e',
  lt: '<',
  nbsp: ' ',
  quot: '"',
  raquo: '»',
  rlm: '\u200f',
  shy: '\u00ad',
  zwj: '\u200d',
  zwnj: '\u200c',
};

/** Whether a text is a web page with a table in it: what many old systems call an Excel file. */
export function hasTable(text: string): boolean {
  return /^\s*</.test(text) && /<table[\s>]/i.test(text);
}

/** Reads the tables of a web page, each as a sheet. Only text is taken: no script, style or address. */
export function readHtml(html: string): Sheet[] {
  const tables: Table[] = [];
  const open: Table[] = [];
  for (const piece of pieces(html)) {
    const table = open.at(-1);
    if (typeof piece === 'string') table?.text(piece);
    else if (piece.name === 'table') {
      if (piece.closes) open.pop();
      else {
        const named = /\b(?:id|name|summary)\s*=\s*["']([^"']{1,31})["']/i.exec(piece.attributes)?.[1];
        const next = new Table(named ?? String(tables.length + 1));
        tables.push(next);
        open.push(next);
      }
    } else table?.tag(piece);
  }
  return tables.map((table) => table.build()).filter((sheet) => sheet.rows.length > 0);
}

interface Tag {
  name: string;
  closes: boolean;
  attributes: string;
}

/** Tags and the texts between them; comments, scripts and styles are passed over. */
function* pieces(html: string): Generator<string | Tag> {
  let at = 0;
  while (at < html.length) {
    const start = html.indexOf('<', at);
    if (start < 0) return yield html.slice(at);
    if (start > at) yield html.slice(at, start);
    if (html.startsWith('<!--', start)) {
      at = after(html, '-->', start);
      continue;
    }
    at = after(html, '>', start);
    const [, slash = '', name = '', attributes = ''] =
      /^<(\/?)([a-z][\w:-]*)([^]*)>$/i.exec(html.slice(start, at)) ?? [];
    const tag = { name: name.toLowerCase(), closes: slash !== '', attributes };
    if (!tag.closes && (tag.name === 'script' || tag.name === 'style')) at = after(html, `</${tag.name}>`, at);
    else if (tag.name) yield tag;
  }
}

function after(html: string, end: string, from: number): number {
  const found = html.indexOf(end, from);
  return found < 0 ? html.length : found + end.length;
}

/** Lays the cells of one table on a grid, as cells that span rows or columns push the others on. */
class Table {
  private readonly sheet: SheetBuilder;
  private row = 0;
  private column = 0;
  private cell: string | undefined;
  private span = 1;
  /** Per column: the last row that a cell from above reaches down to. */
  private readonly reach = new Map<number, number>();

  constructor(name: string) {
    this.sheet = new SheetBuilder(name);
  }

  text(piece: string): void {
    if (this.cell !== undefined) this.cell += piece;
  }

  tag({ name, closes, attributes }: Tag): void {
    if (name === 'tr') {
      this.endCell();
      if (!closes) this.row++;
      this.column = 0;
    } else if (name === 'td' || name === 'th') {
      this.endCell();
      if (!closes) this.startCell(attributes);
    } else if (name === 'br' || name === 'p' || name === 'div') this.text(' ');
  }

  build(): Sheet {
    this.endCell();
    return this.sheet.build();
  }

  private startCell(attributes: string): void {
    while ((this.reach.get(this.column) ?? 0) >= this.row) this.column++;
    this.span = spanOf('colspan', attributes);
    const down = spanOf('rowspan', attributes);
    // Columns that no value may stand in need no account of what reaches into them.
    const last = Math.min(this.column + this.span, LIMITS.columns);
    if (down > 1) for (let at = this.column; at < last; at++) this.reach.set(at, this.row + down - 1);
    this.cell = '';
  }

  private endCell(): void {
    if (this.cell === undefined) return;
    this.sheet.put(this.row, this.column, textCell(shown(this.cell)));
    this.column += this.span;
    this.cell = undefined;
  }
}

/** Browsers take no more than 1000 either. */
function spanOf(attribute: 'colspan' | 'rowspan', attributes: string): number {
  const span = Number(new RegExp(`\\b${attribute}\\s*=\\s*["']?(\\d{1,4})`, 'i').exec(attributes)?.[1] ?? 1);
  return Math.min(Math.max(span, 1), 1000);
}

function shown(source: string): string {
  const text = source.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,8}));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name) return NAMED[name] ?? whole;
      const code = decimal ? Number(decimal) : parseInt(hex ?? '', 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
  return text.replace(/[ \t\r\n]+/g, ' ').trim();
}
