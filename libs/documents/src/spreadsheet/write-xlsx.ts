import type { Cell, CellKind, Sheet } from './write.js';
import { zip } from './zip.js';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The styles by their place in the style sheet below. */
const STYLE: Record<CellKind | 'head' | 'preface', number> = {
  text: 1,
  count: 2,
  minutes: 3,
  hundredths: 4,
  head: 5,
  preface: 6,
};

/** About 64 kB of rows at a time. */
const PIECE = 65_536;

/**
 * The sheet as an Excel workbook: right to left, head frozen, typed cells, written row by row.
 * Every text is a plain inline string; the writer has no way to make a formula.
 */
export function writeXlsx(sheet: Sheet): AsyncGenerator<Uint8Array> {
  return zip([
    { name: '[Content_Types].xml', content: [CONTENT_TYPES] },
    { name: '_rels/.rels', content: [relations('officeDocument', 'xl/workbook.xml')] },
    { name: 'xl/workbook.xml', content: [workbook(sheet.name)] },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: [relations('worksheet', 'worksheets/sheet1.xml', 'styles', 'styles.xml')],
    },
    { name: 'xl/styles.xml', content: [STYLES] },
    { name: 'xl/worksheets/sheet1.xml', content: worksheet(sheet) },
  ]);
}

async function* worksheet({ preface, columns, rows }: Sheet): AsyncGenerator<string> {
  const head = preface.length + 1;
  const pane = `<pane ySplit="${head}" topLeftCell="A${head + 1}" activePane="bottomLeft" state="frozen"/>`;
  const widths = columns.map(
    ({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
  );
  yield (
    `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView rightToLeft="1" workbookViewId="0">${pane}</sheetView></sheetViews>` +
    `<cols>${widths.join('')}</cols><sheetData>`
  );
  let row = 0;
  let piece = '';
  for (const text of preface) piece += rowOf(++row, [text], () => STYLE.preface);
  piece += rowOf(
    ++row,
    columns.map(({ title }) => title),
    () => STYLE.head,
  );
  const styles = columns.map(({ kind }) => STYLE[kind]);
  for await (const cells of rows) {
    const typed = cells.map((cell, at) => inExcelsUnit(cell, columns[at]?.kind));
    piece += rowOf(++row, typed, (at) => styles[at] ?? STYLE.text);
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}</sheetData></worksheet>`;
}

/** Excel counts durations in days, and a hundredth of a per cent is a ten-thousandth. */
function inExcelsUnit(cell: Cell, kind: CellKind | undefined): Cell {
  if (typeof cell !== 'number') return cell;
  if (kind === 'minutes') return cell / 1440;
  return kind === 'hundredths' ? cell / 10_000 : cell;
}

function rowOf(row: number, cells: Cell[], styleOf: (column: number) => number): string {
  const written = cells.map((cell, at) => {
    if (cell === null) return '';
    const place = `r="${columnName(at)}${row}" s="${styleOf(at)}"`;
    return typeof cell === 'number'
      ? `<c ${place}><v>${cell}</v></c>`
      : `<c ${place} t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
  });
  return `<row r="${row}">${written.join('')}</row>`;
}

function columnName(at: number): string {
  const letter = String.fromCharCode(65 + (at % 26));
  return at < 26 ? letter : columnName(Math.floor(at / 26) - 1) + letter;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML has no place for most control characters and for halves of a surrogate pair. */
const escaped = (text: string) =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/gu, '')
    .replace(/[&<>"]/g, (sign) => ENTITIES[sign]!);

function relations(...pairs: string[]): string {
  const list = [];
  for (let at = 0; at < pairs.length; at += 2) {
    list.push(`<Relationship Id="rId${at / 2 + 1}" Type="${OFFICE}/${pairs[at]}" Target="${pairs[at + 1]}"/>`);
  }
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${list.join('')}</Relationships>`;
}

const workbook = (name: string) =>
  `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${escaped(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`;

const SHEETML = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const CONTENT_TYPES =
  `${XML}<Types xmlns="${PACKAGE}/content-types">` +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  '<Default Extension="xml" ContentType="application/xml"/>' +
  `<Override PartName="/xl/workbook.xml" ContentType="${SHEETML}.sheet.main+xml"/>` +
  `<Override PartName="/xl/styles.xml" ContentType="${SHEETML}.styles+xml"/>` +
  `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${SHEETML}.worksheet+xml"/></Types>`;

/** Text is of format 49 (text), so that a code of digits stays as it was typed when someone edits the cell. */
const STYLES =
  `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="[h]:mm"/></numFmts>` +
  '<fonts count="2"><font><sz val="11"/><name val="Tahoma"/></font><font><b/><sz val="11"/><name val="Tahoma"/></font></fonts>' +
  '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
  '<fill><patternFill patternType="solid"><fgColor rgb="FFDBE4F1"/></patternFill></fill></fills>' +
  '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="7"><xf/>' +
  '<xf numFmtId="49" applyNumberFormat="1" applyAlignment="1"><alignment readingOrder="2"/></xf>' +
  '<xf numFmtId="1" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="10" applyNumberFormat="1"/>' +
  '<xf numFmtId="49" fontId="1" fillId="2" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1">' +
  '<alignment horizontal="center" vertical="center" wrapText="1" readingOrder="2"/></xf>' +
  '<xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1" applyAlignment="1"><alignment readingOrder="2"/></xf>' +
  '</cellXfs></styleSheet>';
