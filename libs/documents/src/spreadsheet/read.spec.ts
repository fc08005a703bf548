import { randomBytes } from 'node:crypto';
import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { CFB, utils, write, type WorkSheet } from '@e965/xlsx';
import { LIMITS } from './read/limits.js';
import { readSpreadsheet, SpreadsheetFault, type SheetCell, UnreadableSpreadsheet } from './read.js';

const MIB = 1024 * 1024;

/** A zip, written by hand so that it can lie: `says` is the unpacked size it claims. */
function zip(parts: Record<string, string | Buffer>, lie: { says?: number; checksum?: number } = {}): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, part] of Object.entries(parts)) {
    const content = Buffer.from(part);
    const packed = deflateRawSync(content);
    const path = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(lie.checksum ?? crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(lie.says ?? content.length, 18);
    common.writeUInt16LE(path.length, 22);
    bodies.push(Buffer.from('PK\x03\x04'), common, path, packed);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), common, tail, path);
    offset += 30 + path.length + packed.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  const count = Object.keys(parts).length;
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...bodies, list, Buffer.from('PK\x05\x06'), end]);
}

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relationships = (...list: [id: string, type: string, target: string][]) =>
  `<Relationships>${list.map(([id, type, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`).join('')}</Relationships>`;

/** The parts of a workbook around the rows of its sheets. */
function workbook(
  sheets: Record<string, string>,
  { properties = '', styles = '<styleSheet/>', strings = '<sst/>', state = '', doctype = '' } = {},
): Record<string, string> {
  const names = Object.keys(sheets);
  return {
    '_rels/.rels': relationships(['r1', 'officeDocument', '/xl/workbook.xml']),
    'xl/workbook.xml': `<x:workbook xmlns:x="m" xmlns:r="o"><x:workbookPr ${properties}/><x:sheets>${names
      .map((name, i) => `<x:sheet name="${name}" ${i ? state : ''} r:id="s${i}"/>`)
      .join('')}</x:sheets></x:workbook>`,
    'xl/_rels/workbook.xml.rels': relationships(
      ...names.map((_, i): [string, string, string] => [`s${i}`, 'worksheet', `worksheets/sheet${i}.xml`]),
      ['st', 'styles', 'styles.xml'],
      ['ss', 'sharedStrings', 'sharedStrings.xml'],
    ),
    'xl/styles.xml': styles,
    'xl/sharedStrings.xml': strings,
    ...Object.fromEntries(
      Object.values(sheets).map((rows, i) => [
        `xl/worksheets/sheet${i}.xml`,
        `<?xml version="1.0"?>${doctype}<worksheet><sheetData>${rows}</sheetData></worksheet>`,
      ]),
    ),
  };
}

const xlsx = (rows: string, options?: Parameters<typeof workbook>[1]) => zip(workbook({ List: rows }, options));

const cellsOf = async (bytes: Uint8Array, sheet?: string): Promise<SheetCell[]> =>
  (await readSpreadsheet(bytes, sheet === undefined ? {} : { sheet })).sheets.flatMap(({ rows }) =>
    rows.flatMap(({ cells }) => cells),
  );
const textsOf = async (bytes: Uint8Array) =>
  (await readSpreadsheet(bytes)).sheets.map(({ rows }) =>
    rows.map(({ number, cells }) => [number, ...cells.map(({ text }) => text)]),
  );

async function faultOf(reading: Promise<unknown>): Promise<SpreadsheetFault> {
  const error = await reading.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof UnreadableSpreadsheet)) throw new Error('It was read.', { cause: error });
  expect(error.messageFa).toMatch(/[\u0600-\u06ff]/);
  expect(error.messageEn).toMatch(/[a-z]/);
  return error.reason;
}

describe('an .xlsx workbook', () => {
  it('keeps the row numbers of the sheet, over blank rows and rows that do not say theirs', async () => {
    const rows =
      '<row r="2"><c r="B2"><v>1</v></c></row><row r="5"><c r="A5"/></row><row><c><v>2</v></c><c><v>3</v></c></row>';
    expect(await textsOf(xlsx(rows))).toEqual([[[2, '', '1'], [6, '2', '3']]]); // prettier-ignore
  });

  it('joins the runs of rich text and leaves the reading aid out', async () => {
    const strings =
      '<sst><si><r><t>زه</t></r><r><t xml:space="preserve">را </t></r><rPh sb="0" eb="1"><t>zahra</t></rPh></si><si><t>a_x000D_b</t></si></sst>';
    const rows =
      '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="inlineStr"><is><r><t>علی</t></r><r><t>پور</t></r></is></c></row>';
    expect((await cellsOf(xlsx(rows, { strings }))).map(({ text }) => text)).toEqual([
      'زهرا ',
      'a\rb',
      'علی‌پور'.replace('\u200c', ''),
    ]);
  });

  it.each([
    ['9000893757', '9000893757'],
    ['9.000893757E9', '9000893757'],
    ['87217775.0', '87217775'],
    ['2.5', '2.5'],
    ['123456789012345678', '123456789012345678'],
  ])('shows the number %s with all its digits', async (stored, shown) => {
    expect(await cellsOf(xlsx(`<row><c><v>${stored}</v></c></row>`))).toEqual([{ text: shown, kind: 'number' }]);
  });

  const styles = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy-mm-dd h:mm"/><numFmt numFmtId="165" formatCode="0&quot; day&quot;"/>
    <numFmt numFmtId="166" formatCode="[$-fa-IR,16]d mmmm"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
    <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="20"/></cellXfs></styleSheet>`;

  it.each([
    ['without a style', 0, '28858', { text: '28858', kind: 'number' }],
    ['in a built-in format', 1, '28858', { text: '1979-01-03', kind: 'date', day: '1979-01-03' }],
    ['in a format of its own', 2, '28858.75', { text: '1979-01-03', kind: 'date', day: '1979-01-03' }],
    ['in a format that only quotes the word', 3, '28858', { text: '28858', kind: 'number' }],
    ['shown in the Persian calendar', 4, '28858', { text: '1979-01-03', kind: 'date', day: '1979-01-03' }],
    ['shown as a time of day', 5, '0.5', { text: '0.5', kind: 'number' }],
    ['before the day that never was', 1, '59', { text: '1900-02-28', kind: 'date', day: '1900-02-28' }],
    ['after the day that never was', 1, '61', { text: '1900-03-01', kind: 'date', day: '1900-03-01' }],
    ['with a year of the Persian calendar', 1, '-195295', { text: '1365-04-18', kind: 'date', day: '1365-04-18' }],
  ])('reads a day %s', async (_, style, stored, cell) => {
    expect(await cellsOf(xlsx(`<row><c s="${style}"><v>${stored}</v></c></row>`, { styles }))).toEqual([cell]);
  });

  it('counts days from 1904 where the workbook says so', async () => {
    const bytes = xlsx('<row><c s="1"><v>27396</v></c></row>', { styles, properties: 'date1904="1"' });
    expect(await cellsOf(bytes)).toEqual([{ text: '1979-01-03', kind: 'date', day: '1979-01-03' }]);
  });

  it('takes of a formula what it last showed, as text', async () => {
    const rows = `<row><c t="str"><f>A1&amp;""</f><v>0012345679</v></c><c s="1"><f>TODAY()</f><v>28858</v></c>
      <c><f>HYPERLINK("x","y")</f><v/></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row>`;
    expect(await cellsOf(xlsx(rows, { styles }))).toEqual([
      { text: '0012345679', kind: 'formula' },
      { text: '1979-01-03', kind: 'formula', day: '1979-01-03' },
      { text: '=HYPERLINK("x","y")', kind: 'formula' },
      { text: 'TRUE', kind: 'text' },
      { text: '#N/A', kind: 'text' },
    ]);
  });

  it('reads every visible sheet, or the one asked for', async () => {
    const cell = (value: number) => `<row><c><v>${value}</v></c></row>`;
    const visible = zip(workbook({ 'دورهٔ ۱': cell(1), 'دورهٔ ۲': cell(2), blank: '' }));
    const hidden = zip(workbook({ 'دورهٔ ۱': cell(1), 'دورهٔ ۲': cell(2) }, { state: 'state="hidden"' }));

    expect((await readSpreadsheet(visible)).sheets.map(({ name }) => name)).toEqual(['دورهٔ ۱', 'دورهٔ ۲']);
    expect((await readSpreadsheet(hidden)).sheets.map(({ name }) => name)).toEqual(['دورهٔ ۱']);
    expect(await cellsOf(visible, 'دورهٔ ۲')).toEqual([{ text: '2', kind: 'number' }]);
    expect(await faultOf(readSpreadsheet(visible, { sheet: 'دورهٔ ۳' }))).toBe('NO_SUCH_SHEET');
  });
});

describe('other kinds of file', () => {
  const rows = [['نام', 'کد ملی'], ['زهرا', '0012345679']]; // prettier-ignore
  const numbered = [[[1, ...(rows[0] ?? [])], [2, ...(rows[1] ?? [])]]]; // prettier-ignore
  const lines = (delimiter: string, end = '\r\n') => rows.map((row) => row.join(delimiter)).join(end) + end;
  const swapped = (text: string) => Buffer.from(text, 'utf16le').swap16();

  it.each([
    ['commas in UTF-8', Buffer.from(lines(','))],
    ['semicolons after a byte order mark', Buffer.from(`\ufeff${lines(';', '\n')}`)],
    ['tabs, lines ended the old Macintosh way', Buffer.from(lines('\t', '\r'))],
    ['a separator that the first line orders', Buffer.from(`sep=|\r\n${lines('|')}`)],
    ['UTF-16 with a mark, the small end first', Buffer.from(`\ufeff${lines('\t')}`, 'utf16le')],
    ['UTF-16 with a mark, the big end first', swapped(`\ufeff${lines('\t')}`)],
    ['UTF-16 without a mark', Buffer.from(lines('\t'), 'utf16le')],
    ['UTF-16 without a mark, the big end first', swapped(lines('\t'))],
    ['quoted values', Buffer.from('"نام","کد ملی"\n"زهرا","=""0012345679"""\n')],
    ['one broken letter in UTF-8', Buffer.concat([Buffer.from(lines(',').repeat(5)), Buffer.from([0xff])])],
  ])('reads text with %s', async (_, bytes) => {
    expect((await textsOf(bytes)).map((sheet) => sheet.slice(0, 2))).toEqual(numbered);
  });

  it('reads Windows-1256 with its Arabic letters', async () => {
    const line = Buffer.from([0xdf, 0xd1, 0xed, 0xe3, 0xed, 0x3b, 0x98, 0x90]); // كريمي;کگ
    expect(await textsOf(line)).toEqual([[[1, 'كريمي', 'کگ']]]);
  });

  it('keeps delimiters, quotes and line ends inside quotes', async () => {
    expect(await textsOf(Buffer.from('a;"b;""c""\nd";e\n\nf'))).toEqual([[[1, 'a', 'b;"c"\nd', 'e'], [3, 'f']]]); // prettier-ignore
    expect(await faultOf(readSpreadsheet(Buffer.from('a;"b\nc;d\n')))).toBe('DAMAGED');
  });

  it('reads the tables of a web page that calls itself .xls', async () => {
    const page = `<html><head><meta charset="utf-8"><style>td{color:red}</style></head><body><p>لیست</p>
      <TABLE border=1><tr><th colspan="2">فهرست &amp; نام&zwnj;ها</th><th>x</th></tr>
      <!-- <b> <tr><td>hidden</td></tr> --><tr><td rowspan=2>۱<td><b>زهرا</b><br>سادات&nbsp;<td>&#1593;&#x644;ی</tr><tr><td>a<script>"<td>b"</script></td></tr></table>
      <table><tr><td>   </td></tr></table></body></html>`;
    expect(await textsOf(Buffer.from(page))).toEqual([
      [
        [1, 'فهرست & نام\u200cها', '', 'x'],
        [2, '۱', 'زهرا سادات', 'علی'],
        [3, '', 'a'],
      ],
    ]);
  });

  it.each(['biff8', 'biff5'] as const)('reads an old binary workbook (%s)', async (bookType) => {
    const sheet: WorkSheet = utils.aoa_to_sheet([['Name'], [], [9000893757, 28858, true]]);
    sheet['B3'] = { t: 'n', v: 28858, z: 'yyyy-mm-dd' };
    sheet['D3'] = { t: 's', v: '0012345679', f: '"0012345679"' };
    sheet['!ref'] = 'A1:D3';
    const bytes = write({ SheetNames: ['List'], Sheets: { List: sheet } }, { type: 'buffer', bookType }) as Buffer;

    const [list] = (await readSpreadsheet(bytes)).sheets;
    expect(list?.rows.map(({ number }) => number)).toEqual([1, 3]);
    expect(list?.rows[1]?.cells).toEqual([
      { text: '9000893757', kind: 'number' },
      { text: '1979-01-03', kind: 'date', day: '1979-01-03' },
      { text: 'TRUE', kind: 'text' },
      expect.objectContaining({ text: '0012345679' }),
    ]);
    expect(await faultOf(readSpreadsheet(bytes, { sheet: 'no' }))).toBe('NO_SUCH_SHEET');
  });
});

describe('files that are refused', () => {
  const container = (part: string) => {
    const made = CFB.utils.cfb_new();
    CFB.utils.cfb_add(made, part, Buffer.alloc(4096));
    return CFB.write(made, { type: 'buffer' }) as Buffer;
  };
  /** An old workbook whose first record says that the rest is encrypted. */
  const encryptedXls = () => {
    const made = CFB.read(write(utils.book_new(utils.aoa_to_sheet([[1]])), { type: 'buffer', bookType: 'biff8' }), {
      type: 'buffer',
    });
    const stream = Buffer.from(CFB.find(made, '/Workbook')?.content ?? []);
    const start = 4 + stream.readUInt16LE(2);
    const filePass = Buffer.from([0x2f, 0, 6, 0, 0, 0, 1, 2, 3, 4]);
    CFB.utils.cfb_add(made, '/Workbook', Buffer.concat([stream.subarray(0, start), filePass, stream.subarray(start)]));
    return CFB.write(made, { type: 'buffer' }) as Buffer;
  };
  const row = '<row><c><v>1</v></c></row>';
  const good = xlsx(row);
  const entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>';
  const locked = Buffer.from(good);
  locked.writeUInt16LE(1, locked.lastIndexOf('PK\x01\x02') + 8);
  const wide = (columns: number) => `<row>${'<c><v>1</v></c>'.repeat(columns)}</row>`;
  const many = Object.fromEntries(Array.from({ length: LIMITS.entries + 1 }, (_, i) => [`${i}.xml`, '']));

  it.each<[SpreadsheetFault, string, () => Buffer]>([
    [SpreadsheetFault.EMPTY, 'nothing', () => Buffer.alloc(0)],
    [SpreadsheetFault.EMPTY, 'only blanks', () => Buffer.from(' ;;\r\n ;;')],
    [SpreadsheetFault.EMPTY, 'a workbook without a value', () => xlsx('<row><c r="A1" s="1"/></row>')],
    [SpreadsheetFault.TOO_LARGE, '25 MiB', () => Buffer.alloc(25 * MIB, 'a;b\n')],
    [SpreadsheetFault.PASSWORD_PROTECTED, 'a workbook with a password', () => container('/EncryptedPackage')],
    [SpreadsheetFault.PASSWORD_PROTECTED, 'an old workbook with a password', encryptedXls],
    [SpreadsheetFault.PASSWORD_PROTECTED, 'a zip with a password', () => locked],
    [SpreadsheetFault.DAMAGED, 'half a workbook', () => good.subarray(0, good.length / 2)],
    [SpreadsheetFault.DAMAGED, 'a workbook with a changed letter', () => zip(workbook({ List: row }), { checksum: 1 })],
    [SpreadsheetFault.DAMAGED, 'half an old workbook', () => container('/Workbook').subarray(0, 700)],
    [SpreadsheetFault.DAMAGED, 'broken XML', () => xlsx('<row><c></row>')],
    [SpreadsheetFault.DAMAGED, 'a missing sheet', () => zip({ ...workbook({ List: row }), 'xl/_rels/workbook.xml.rels': relationships(['s0', 'worksheet', 'gone.xml']) })], // prettier-ignore
    [SpreadsheetFault.DAMAGED, 'XML with entities of its own', () => xlsx(row, { doctype: entities })],
    [SpreadsheetFault.DAMAGED, 'an entity nobody declared', () => xlsx('<row><c t="str"><v>&a;</v></c></row>')],
    [SpreadsheetFault.UNKNOWN_KIND, 'a zip of something else', () => zip({ 'a.txt': 'a' })],
    [SpreadsheetFault.UNKNOWN_KIND, 'an old document that is no workbook', () => container('/WordDocument')],
    [SpreadsheetFault.UNKNOWN_KIND, 'a picture', () => Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), randomBytes(500)])], // prettier-ignore
    [SpreadsheetFault.UNKNOWN_KIND, 'a PDF', () => Buffer.from('%PDF-1.7\n1 0 obj')],
    [SpreadsheetFault.TOO_MANY_ROWS, 'one row too many', () => xlsx(row.repeat(LIMITS.rows + 1))],
    [SpreadsheetFault.TOO_MANY_COLUMNS, 'one column too many', () => xlsx(wide(LIMITS.columns + 1))],
    [SpreadsheetFault.TOO_MANY_COLUMNS, 'a million columns in text', () => Buffer.from('1;'.repeat(1_000_000))],
    [SpreadsheetFault.TOO_MANY_COLUMNS, 'a million columns in a web page', () => Buffer.from(`<table><tr>${'<td>1'.repeat(1_000_000)}`)], // prettier-ignore
    [SpreadsheetFault.TOO_LARGE, 'half a million cells', () => Buffer.from(`${'1;'.repeat(199)}\n`.repeat(2600))],
    [SpreadsheetFault.DAMAGED, 'a cell longer than a cell can be', () => Buffer.from('a'.repeat(40_000))],
    [SpreadsheetFault.DAMAGED, 'a column that cannot be', () => xlsx('<row><c r="ABCDE1"><v>1</v></c></row>')],
    [SpreadsheetFault.ZIP_BOMB, 'a zip that grows beyond measure', () => xlsx(' '.repeat(4 * MIB) + row)],
    [SpreadsheetFault.ZIP_BOMB, 'a zip of too many parts', () => zip({ ...many, ...workbook({ List: row }) })],
    [SpreadsheetFault.ZIP_BOMB, 'a zip that says less than it holds', () => zip(workbook({ List: row.repeat(1000) }), { says: 10 })], // prettier-ignore
    [SpreadsheetFault.ZIP_BOMB, 'a zip that says more than may be', () => zip(workbook({ List: row }), { says: 60 * MIB })], // prettier-ignore
  ])('5.2 %s: %s', async (fault, _, bytes) => {
    expect(await faultOf(readSpreadsheet(bytes()))).toBe(fault);
  });

  it('takes just as many rows and columns as are allowed', async () => {
    const [long] = (await readSpreadsheet(xlsx(row.repeat(LIMITS.rows)))).sheets;
    expect(long?.rows).toHaveLength(LIMITS.rows);
    expect(await cellsOf(xlsx(wide(LIMITS.columns)))).toHaveLength(LIMITS.columns);
  });
});
