import { daysBetween } from '@app/persian';
import { type Cell, cleaned, type FileColumn, fileColumns, type Sheet } from './write.js';
import { type Entry, zip } from './zip.js';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** Rows that are looked at for the width of their column before the first is written. */
const MEASURED = 1000;
const WIDEST = 60;
/** Rows of one sheet that Excel opens. */
const ROWS = 1_048_576;
const COLUMNS = 16_384;
const NAME = 31;

/** How a kind is written: its style by its place in the style sheet below, its least width, its number in Excel's unit. */
const KINDS: Record<FileColumn['kind'], { style: number; width: number }> = {
  text: { style: 1, width: 6 },
  count: { style: 2, width: 6 },
  minutes: { style: 3, width: 9 },
  percent: { style: 4, width: 9 },
  decimal: { style: 5, width: 8 },
  rials: { style: 6, width: 14 },
  'iso-day': { style: 7, width: 12 },
  'iso-instant': { style: 8, width: 17 },
};
const HEAD = 9;
const PREFACE = 10;

/**
 * The sheets as an Excel workbook: right to left, head frozen, typed cells, columns as wide as their first thousand rows
 * need, written row by row. A table of more rows than Excel opens goes on in another sheet. Every text is a plain inline
 * string; the writer has no way to make a formula.
 */
export function writeXlsx(...sheets: Sheet[]): AsyncGenerator<Uint8Array> {
  return zip(parts(sheets));
}

/** The parts of the file. Those that name the sheets come last: only then it is known how many there are. */
async function* parts(sheets: Sheet[]): AsyncGenerator<Entry> {
  yield { name: '_rels/.rels', content: [relations([['officeDocument', 'xl/workbook.xml']])] };
  const names: string[] = [];
  for (const sheet of sheets) {
    const rows = new Rows(sheet.rows);
    for (let part = 1; part === 1 || !rows.ended; part++) {
      names.push(tabName(sheet.name, part, names));
      yield { name: `xl/worksheets/sheet${names.length}.xml`, content: worksheet(sheet, rows) };
    }
  }
  const targets = names.map((_, at): [string, string] => ['worksheet', `worksheets/sheet${at + 1}.xml`]);
  yield { name: 'xl/styles.xml', content: [STYLES] };
  yield { name: 'xl/workbook.xml', content: [workbook(names)] };
  yield { name: 'xl/_rels/workbook.xml.rels', content: [relations([...targets, ['styles', 'styles.xml']])] };
  yield { name: '[Content_Types].xml', content: [contentTypes(names.length)] };
}

/** Rows that several sheets take one after another. */
class Rows {
  ended = false;
  private readonly iterator: AsyncIterator<Cell[]> | Iterator<Cell[]>;

  constructor(rows: Sheet['rows']) {
    this.iterator = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]();
  }

  /** At most so many rows. */
  async *next(most: number): AsyncGenerator<Cell[]> {
    let goesOn = false;
    try {
      for (let taken = 0; taken < most; taken++) {
        const { done, value } = await this.iterator.next();
        this.ended = done === true;
        if (done) return;
        yield value;
      }
      goesOn = true;
    } finally {
      // Whoever reads may stop: then the rows must know.
      if (!goesOn && !this.ended) await this.iterator.return?.();
    }
  }
}

async function* worksheet({ preface, columns, rows: _, ...sheet }: Sheet, rows: Rows): AsyncGenerator<string> {
  const written = fileColumns(columns);
  if (written.length > COLUMNS)
    throw new RangeError(`${sheet.name}: ${written.length} columns, Excel opens ${COLUMNS}`);
  const head = preface.length + 1;
  const first: Cell[][] = [];
  for await (const row of rows.next(Math.min(MEASURED, ROWS - head))) first.push(row);
  const pane = `<pane ySplit="${head}" topLeftCell="A${head + 1}" activePane="bottomLeft" state="frozen"/>`;
  const widths = written.map((column, at) => {
    const width = widthOf(column, first);
    return `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`;
  });
  yield (
    `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView rightToLeft="1" workbookViewId="0">${pane}</sheetView></sheetViews>` +
    `<cols>${widths.join('')}</cols><sheetData>`
  );

  let number = 0;
  const plain = (texts: string[], style: number) => {
    number++;
    const cells = texts.map((text, at) => `<c r="${columnName(at)}${number}" s="${style}" ${inline(text)}`);
    return `<row r="${number}">${cells.join('')}</row>`;
  };
  for (const text of preface) yield plain([text], PREFACE);
  yield plain(
    written.map(({ title }) => title),
    HEAD,
  );
  const cells = written.map(cellWriter);
  const line = (row: Cell[]) => {
    const place = `${++number}`;
    let out = `<row r="${place}">`;
    for (const cell of cells) out += cell(row, place);
    return `${out}</row>`;
  };
  for (const row of first.splice(0)) yield line(row);
  if (!rows.ended) for await (const row of rows.next(ROWS - number)) yield line(row);
  yield '</sheetData></worksheet>';
}

/** Writes the cells of a column. Marks, units and names come again and again: a column remembers what it has written. */
function cellWriter(column: FileColumn, at: number): (row: Cell[], place: string) => string {
  const open = `<c r="${columnName(at)}`;
  const style = `" s="${KINDS[column.kind].style}"`;
  if (column.kind === 'text') {
    const known = new Map<string, string>();
    return (row, place) => {
      const text = column.of(row);
      if (text === null) return '';
      let rest = known.get(text);
      if (rest === undefined) {
        rest = `${style} ${inline(text)}`;
        if (known.size < 1000) known.set(text, rest);
      }
      return open + place + rest;
    };
  }
  return (row, place) => {
    const number = inExcelsUnit(column, row);
    return number === null ? '' : `${open}${place}${style}><v>${number}</v></c>`;
  };
}

/** Excel counts days, from 30 December 1899; a duration is a part of one, and a hundredth of a per cent is a ten-thousandth. */
function inExcelsUnit(column: Exclude<FileColumn, { kind: 'text' }>, row: Cell[]): number | null {
  if (column.kind === 'iso-day') return serialOf(column.of(row));
  if (column.kind === 'iso-instant') {
    const time = column.of(row);
    return time && serialOf(time.day)! + time.minutes / 1440;
  }
  const number = column.of(row);
  if (typeof number !== 'number') return null;
  if (column.kind === 'minutes') return number / 1440;
  return column.kind === 'percent' ? number / 10_000 : number;
}

const serialOf = (day: string | null) => (day === null ? null : daysBetween('1899-12-30', day));

/** In characters, a little more than the longest word of the head and the longest line of the cells; never the whole screen. */
function widthOf(column: FileColumn, rows: Cell[][]): number {
  let needed = longest(column.title, /\s/);
  for (const row of rows) {
    const value = column.of(row);
    const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    // Most texts are no longer than one before them, whatever is in them.
    if (text.length > needed) needed = Math.max(needed, longest(text, '\n'));
  }
  return Math.min(Math.max(needed + 2, KINDS[column.kind].width), WIDEST);
}

/** Marks above and below letters, and half-spaces, take no room. */
const longest = (text: string, parts: string | RegExp) =>
  Math.max(...text.split(parts).map((part) => part.replace(/[\p{M}\u200c\u200d]/gu, '').length));

function columnName(at: number): string {
  const letter = String.fromCharCode(65 + (at % 26));
  return at < 26 ? letter : columnName(Math.floor(at / 26) - 1) + letter;
}

/** The rest of a cell that holds a text; blanks at its ends and line ends are kept. */
function inline(uncleaned: string): string {
  const text = cleaned(uncleaned);
  const space = /^\s|\s$|\n/.test(text) ? ' xml:space="preserve"' : '';
  return `t="inlineStr"><is><t${space}>${escaped(text)}</t></is></c>`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Excel reads `_x000D_` in a text as a character by its number, unless the sign before the x is written so itself. */
const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => ENTITIES[sign]!).replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_');

/** The name of a tab: no two are the same, whatever the case of their letters. */
function tabName(name: string, part: number, taken: string[]): string {
  const plain =
    cleaned(name)
      .replace(/[[\]:*?/\\']/g, ' ')
      .trim() || 'Sheet';
  for (let number = part; ; number++) {
    const end = number === 1 ? '' : ` (${number})`;
    const tab = plain.slice(0, NAME - end.length).trim() + end;
    if (!taken.some((other) => other.toLowerCase() === tab.toLowerCase())) return tab;
  }
}

function relations(list: [kind: string, target: string][]): string {
  const each = list.map(
    ([kind, target], at) => `<Relationship Id="rId${at + 1}" Type="${OFFICE}/${kind}" Target="${target}"/>`,
  );
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${each.join('')}</Relationships>`;
}

function workbook(names: string[]): string {
  const sheets = names.map((name, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`);
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets.join('')}</sheets></workbook>`;
}

const SHEETML = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

function contentTypes(sheets: number): string {
  const type = (part: string, kind: string) =>
    `<Override PartName="/xl/${part}.xml" ContentType="${SHEETML}.${kind}+xml"/>`;
  const each = Array.from({ length: sheets }, (_, at) => type(`worksheets/sheet${at + 1}`, 'worksheet'));
  return (
    `${XML}<Types xmlns="${PACKAGE}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    `${type('workbook', 'sheet.main')}${type('styles', 'styles')}${each.join('')}</Types>`
  );
}

const format = (id: number, more = '') => `<xf numFmtId="${id}" applyNumberFormat="1"${more}`;
const rightToLeft = (more = '') => ` applyAlignment="1"><alignment ${more}readingOrder="2"/></xf>`;

/** Text is of format 49 (text), so that a code of digits stays as it was typed when someone edits the cell. */
const STYLES =
  `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="3"><numFmt numFmtId="164" formatCode="[h]:mm"/>` +
  '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="166" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>' +
  '<fonts count="2"><font><sz val="11"/><name val="Tahoma"/></font><font><b/><sz val="11"/><name val="Tahoma"/></font></fonts>' +
  '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
  '<fill><patternFill patternType="solid"><fgColor rgb="FFDBE4F1"/></patternFill></fill></fills>' +
  '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="11"><xf/>' +
  `${format(49)}${rightToLeft()}${[1, 164, 10, 0, 3, 165, 166].map((id) => format(id, '/>')).join('')}` +
  `${format(49, ' fontId="1" fillId="2" applyFont="1" applyFill="1"')}${rightToLeft('horizontal="center" vertical="center" wrapText="1" ')}` +
  `${format(49, ' fontId="1" applyFont="1"')}${rightToLeft()}</cellXfs></styleSheet>`;
