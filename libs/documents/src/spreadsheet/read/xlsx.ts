import { posix } from 'node:path';
import { SaxesParser } from 'saxes';
import { formulaCell, numberCell, showsDay, textCell } from './cells.js';
import { type Sheet, SheetBuilder, type SheetCell } from './sheet.js';
import { SpreadsheetFault, UnreadableSpreadsheet } from './unreadable.js';
import { Zip } from './zip.js';

type Attributes = Record<string, string>;

/** What to do at each tag; names are without their namespace prefix, which each program chooses as it likes. */
interface Visitor {
  open?(name: string, attributes: Attributes): void;
  close?(name: string): void;
  text?(text: string): void;
}

interface Workbook {
  sheets: { name: string; path: string }[];
  from1904: boolean;
  strings: string[];
  /** Per cell style: whether it shows a day. */
  dayStyles: boolean[];
}

/**
 * Reads an .xlsx workbook: the visible sheets, or the one asked for.
 * @throws UnreadableSpreadsheet
 */
export async function readXlsx(bytes: Buffer, only?: string): Promise<Sheet[]> {
  const zip = await Zip.open(bytes);
  const workbook = await readWorkbook(zip, only);
  const sheets: Sheet[] = [];
  for (const { name, path } of workbook.sheets) sheets.push(await readSheet(zip, path, name, workbook));
  return sheets;
}

async function readWorkbook(zip: Zip, only?: string): Promise<Workbook> {
  // Other programs put other things into a zip: only a workbook has this part, and .xlsb keeps it as binary.
  const root = [...(await relations(zip, ''))].find(([, { type }]) => type.endsWith('/officeDocument'))?.[1].path;
  if (!root?.endsWith('.xml')) throw new UnreadableSpreadsheet(SpreadsheetFault.UNKNOWN_KIND);

  const parts = await relations(zip, root);
  const part = (kind: string) => [...parts.values()].find(({ type }) => type.endsWith(`/${kind}`))?.path;
  const sheets: Workbook['sheets'] = [];
  let from1904 = false;
  let isWorkbook = false;
  await visit(zip, root, {
    open(name, attributes) {
      if (name === 'workbook') isWorkbook = true;
      if (name === 'workbookPr') from1904 = isTrue(attributes['date1904']);
      if (name !== 'sheet') return;
      const found = parts.get(attributes['id'] ?? '');
      const title = attributes['name'] ?? '';
      const wanted = only === undefined ? (attributes['state'] ?? 'visible') === 'visible' : title === only;
      if (wanted && found?.type.endsWith('/worksheet')) sheets.push({ name: title, path: found.path });
    },
  });
  if (!isWorkbook) throw new UnreadableSpreadsheet(SpreadsheetFault.UNKNOWN_KIND);
  return {
    sheets,
    from1904,
    strings: await readStrings(zip, part('sharedStrings')),
    dayStyles: await readDayStyles(zip, part('styles')),
  };
}

/** Which parts a part refers to, by the id it uses for them. */
async function relations(zip: Zip, part: string): Promise<Map<string, { type: string; path: string }>> {
  const found = new Map<string, { type: string; path: string }>();
  const folder = posix.dirname(part);
  const list = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  if (!zip.has(list)) return found;
  await visit(zip, list, {
    open(name, { Id = '', Type = '', Target = '' }) {
      if (name !== 'Relationship') return;
      found.set(Id, { type: Type, path: posix.resolve('/', folder, Target).slice(1) });
    },
  });
  return found;
}

/** The texts that cells point at. Rich text is joined, the reading aid over it (`rPh`) left out. */
async function readStrings(zip: Zip, path: string | undefined): Promise<string[]> {
  const strings: string[] = [];
  if (!path) return strings;
  const text = new TextOfRuns();
  await visit(zip, path, {
    open(name) {
      if (name === 'si') text.start();
      text.open(name);
    },
    text: (piece) => text.add(piece),
    close(name) {
      text.close(name);
      if (name === 'si') strings.push(text.value);
    },
  });
  return strings;
}

async function readDayStyles(zip: Zip, path: string | undefined): Promise<boolean[]> {
  const own = new Map<number, string>();
  const days: boolean[] = [];
  let inCellStyles = false;
  if (!path) return days;
  await visit(zip, path, {
    open(name, { numFmtId = '', formatCode = '' }) {
      if (name === 'numFmt') own.set(Number(numFmtId), formatCode);
      if (name === 'cellXfs') inCellStyles = true;
      if (name === 'xf' && inCellStyles) days.push(showsDay(own.get(Number(numFmtId)) ?? Number(numFmtId)));
    },
    close(name) {
      if (name === 'cellXfs') inCellStyles = false;
    },
  });
  return days;
}

async function readSheet(zip: Zip, path: string, title: string, workbook: Workbook): Promise<Sheet> {
  const sheet = new SheetBuilder(title);
  const text = new TextOfRuns();
  let row = 0;
  let column = -1;
  let cell: Attributes = {};
  let value = '';
  let formula: string | undefined;
  let inside: 'v' | 'f' | undefined;

  await visit(zip, path, {
    open(name, attributes) {
      if (name === 'row') {
        row = attributes['r'] ? Number(attributes['r']) : row + 1;
        column = -1;
      } else if (name === 'c') {
        cell = attributes;
        column = cell['r'] ? columnOf(cell['r']) : column + 1;
        value = '';
        formula = undefined;
        text.start();
      } else if (name === 'v') {
        inside = 'v';
      } else if (name === 'f') {
        inside = 'f';
        formula = '';
      } else text.open(name);
    },
    text(piece) {
      if (inside === 'v') value += piece;
      else if (inside === 'f') formula += piece;
      else text.add(piece);
    },
    close(name) {
      if (name === 'v' || name === 'f') inside = undefined;
      else if (name === 'c') {
        const shown = shownBy(cell, value, text.value, workbook);
        sheet.put(row, column, formula === undefined ? shown : formulaCell(formula, shown));
      } else text.close(name);
    },
  });
  return sheet.build();
}

function shownBy({ t, s }: Attributes, value: string, inline: string, workbook: Workbook): SheetCell {
  if (t === 'inlineStr') return textCell(inline);
  if (t === 's') return textCell(workbook.strings[Number(value)] ?? '');
  if (t === 'str') return textCell(unescaped(value));
  if (t === 'b') return textCell(value === '' ? '' : isTrue(value) ? 'TRUE' : 'FALSE');
  if (t === 'e') return textCell(value);
  if (t === 'd') return { text: value.slice(0, 10), kind: 'date', day: value.slice(0, 10) };
  if (value.trim() === '') return textCell('');
  return numberCell(value, { day: workbook.dayStyles[Number(s)] ?? false, from1904: workbook.from1904 });
}

/** Puts the text runs of a cell together. */
class TextOfRuns {
  value = '';
  private inText = false;
  private inReadingAid = false;

  start(): void {
    this.value = '';
  }

  open(name: string): void {
    if (name === 't') this.inText = true;
    if (name === 'rPh') this.inReadingAid = true;
  }

  add(piece: string): void {
    if (this.inText && !this.inReadingAid) this.value += piece;
  }

  close(name: string): void {
    if (name === 't') this.inText = false;
    if (name === 'rPh') this.inReadingAid = false;
    if (name === 'si' || name === 'is') this.value = unescaped(this.value);
  }
}

/** Spreadsheet programs write what XML cannot hold as _x000D_; an escaped underscore is _x005F_. */
function unescaped(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

const isTrue = (text: string | undefined) => text === '1' || text === 'true';

/** 0 for A1, 27 for AB3. */
function columnOf(reference: string): number {
  const letters = /^[A-Z]{1,3}(?=\d)/.exec(reference)?.[0];
  if (!letters) throw new UnreadableSpreadsheet(SpreadsheetFault.DAMAGED);
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/**
 * Walks through one XML part while it is unpacked. Entities of its own cannot be expanded: the parser knows
 * only the five of XML, and no spreadsheet program writes a DOCTYPE.
 */
async function visit(zip: Zip, path: string, visitor: Visitor): Promise<void> {
  const parser = new SaxesParser();
  const local = (name: string) => name.slice(name.indexOf(':') + 1);
  parser.on('doctype', () => {
    throw new UnreadableSpreadsheet(SpreadsheetFault.DAMAGED);
  });
  parser.on('opentag', ({ name, attributes }) => {
    const named = Object.entries(attributes).map(([key, value]) => [local(key), value]);
    visitor.open?.(local(name), Object.fromEntries(named) as Attributes);
  });
  parser.on('closetag', ({ name }) => visitor.close?.(local(name)));
  parser.on('text', (text) => visitor.text?.(text));
  parser.on('cdata', (text) => visitor.text?.(text));
  try {
    for await (const piece of zip.text(path)) parser.write(piece);
    parser.close();
  } catch (error) {
    if (error instanceof UnreadableSpreadsheet) throw error;
    throw new UnreadableSpreadsheet(SpreadsheetFault.DAMAGED, { cause: error });
  }
}
