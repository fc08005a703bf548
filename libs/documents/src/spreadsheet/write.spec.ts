import { crc32, inflateRawSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { describe, expect, it } from '@jest/globals';
import { FORMULAS } from '@app/testing';
import { TextDoesNotFit } from '../typeset/errors.js';
import { readSpreadsheet } from './read.js';
import { type Cell, type CellKind, collected, type Sheet } from './write.js';
import { writeCsv } from './write-csv.js';
import { writeXlsx } from './write-xlsx.js';

const sheet = (rows: Cell[][]): Sheet => ({
  name: 'حضور و غیاب',
  preface: ['=گزارش'],
  columns: [
    { title: 'نام', kind: 'text' },
    { title: 'جلسه', kind: 'count' },
    { title: 'حضور', kind: 'minutes' },
    { title: 'از برنامه', kind: 'percent' },
  ],
  rows,
});
const one = (kind: CellKind, ...cells: Cell[]): Sheet => ({
  name: 'a',
  preface: [],
  columns: [{ title: 'ستون', kind }],
  rows: cells.map((cell) => [cell]),
});

async function opened(...sheets: Sheet[]) {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(Buffer.from(await collected(writeXlsx(...sheets))) as unknown as ExcelJS.Buffer);
  return workbook.worksheets;
}
const readBack = async (rows: Cell[][]) => (await opened(sheet(rows)))[0]!;

describe('an Excel workbook', () => {
  it('reads from right to left and keeps its head in sight', async () => {
    const found = await readBack([['علی', 3, 90, 8750]]);
    expect(found.name).toBe('حضور و غیاب');
    expect(found.views[0]).toMatchObject({ rightToLeft: true, state: 'frozen', ySplit: 2 });
  });

  it.each<[CellKind, Cell, unknown, string]>([
    ['text', '0012', '0012', '@'],
    ['count', 1200, 1200, '0'],
    ['decimal', 18.75, 18.75, 'General'],
    ['minutes', 90, 0.0625, '[h]:mm'],
    ['rials', 1_250_000, 1_250_000, '#,##0'],
    ['percent', 8750, 0.875, '0.00%'],
  ])('types its cells: %s', async (kind, given, value, format) => {
    const cell = (await opened(one(kind, given)))[0]!.getCell('A2');
    // exceljs shows a duration as a date of 1899, because its format has an hour in it.
    const { result = cell.value } = cell as { result?: unknown };
    const number = result instanceof Date ? result.getTime() / 86_400_000 + 25_569 : result;
    expect([number, cell.numFmt ?? 'General']).toEqual([value, format]);
  });

  it('shows a day in both calendars: as text, and as a date that can be counted with', async () => {
    const found = (await opened(one('day', '2026-11-21', null)))[0]!;
    expect(found.getRow(1).values).toEqual([undefined, 'ستون', 'ستون (میلادی)']);
    expect(found.getCell('A2').value).toBe('۱۴۰۵/۰۸/۳۰');
    expect([found.getCell('B2').value, found.getCell('B2').numFmt]).toEqual([new Date('2026-11-21'), 'yyyy-mm-dd']);
    expect(found.getRow(3).cellCount).toBe(0);
  });

  it('shows an instant as the clock in Tehran does, in both calendars', async () => {
    const found = (await opened(one('instant', new Date('2026-11-20T21:00:00Z'))))[0]!;
    expect(found.getCell('A2').value).toBe('۱۴۰۵/۰۸/۳۰ ۰:۳۰');
    expect(found.getCell('B2').value).toEqual(new Date('2026-11-21T00:30:00Z'));
    expect(found.getCell('B2').numFmt).toBe('yyyy-mm-dd hh:mm');
  });

  it.each<[CellKind, Cell]>([
    ['text', 5],
    ['count', 1.5],
    ['count', '=1+1'],
    ['decimal', Number.NaN],
    ['rials', Number.POSITIVE_INFINITY],
    ['day', '1405-08-31T'],
    ['day', '=1+1'],
    ['instant', '2026-11-21'],
    ['instant', new Date('never')],
  ])('takes nothing else: a %s is not %j', async (kind, cell) => {
    await expect(collected(writeXlsx(one(kind, cell)))).rejects.toThrow(`takes a ${kind}`);
    await expect(collected(writeCsv(one(kind, cell)))).rejects.toThrow(`takes a ${kind}`);
  });

  it('is read again by the reader of class lists, day and digits whole', async () => {
    const columns: Sheet['columns'] = [
      { title: 'کد ملی', kind: 'text' },
      { title: 'تاریخ تولد', kind: 'day' },
    ];
    const rows = [['0012345678', '2001-03-20']];
    const { sheets } = await readSpreadsheet(await collected(writeXlsx({ name: 'a', preface: [], columns, rows })));
    expect(sheets[0]!.rows[1]!.cells).toEqual([
      { text: '0012345678', kind: 'text' },
      { text: '۱۳۷۹/۱۲/۳۰', kind: 'text' },
      { text: '2001-03-20', kind: 'date', day: '2001-03-20' },
    ]);
  });

  it('leaves an empty cell empty', async () => {
    const row = (await readBack([[null, 0, null, null]])).getRow(3);
    expect([row.getCell(1).type, row.getCell(2).value]).toEqual([ExcelJS.ValueType.Null, 0]);
  });

  it('makes a column as wide as its longest line, and no wider than can be seen', async () => {
    const width = async (text: string) => (await opened(one('text', 'ب', text)))[0]!.getColumn(1).width;
    expect(await width('ب'.repeat(20))).toBe(22);
    expect(await width(`${'ب'.repeat(20)}\n${'ب'.repeat(30)}`)).toBe(32);
    expect(await width('بِ'.repeat(20))).toBe(22);
    expect(await width('ب'.repeat(500))).toBe(60);
    expect((await opened(one('rials', null)))[0]!.getColumn(1).width).toBe(14);
  });

  it.each(FORMULAS)('never makes a formula: %j', async (payload) => {
    const found = (await opened({ ...one('text', payload), name: payload, preface: [payload] }))[0]!;
    expect(cellsOf(found).map(({ type }) => type)).toEqual(Array(3).fill(ExcelJS.ValueType.String));
    expect(found.getCell('A3').value).toBe(payload.replace(/\r\n?/g, '\n'));
  });

  it('drops what XML cannot hold and keeps what it can', async () => {
    expect((await readBack([['a\u0000\u0085\ud800<&>"\'\n😀 ', 1, 1, 1]])).getCell('A3').value).toBe('a<&>"\'\n😀 ');
  });

  it('keeps a text that looks like a character by its number', async () => {
    const { sheets } = await readSpreadsheet(await collected(writeXlsx(one('text', 'a_x000D_b'))));
    expect(sheets[0]!.rows[1]!.cells[0]!.text).toMatch(/^a(_x005F)?_x000D_b$/);
  });

  it('refuses a text that no cell holds', async () => {
    const long = 'ب'.repeat(32_768);
    await expect(collected(writeXlsx(one('text', long)))).rejects.toEqual(new TextDoesNotFit('ستون'));
    await expect(collected(writeCsv(one('text', long)))).rejects.toEqual(new TextDoesNotFit('ستون'));
    expect((await opened(one('text', long.slice(1))))[0]!.getCell('A2').text).toHaveLength(32_767);
  });

  it('has as many sheets as it is given, each under a name of its own that a tab can show', async () => {
    const named = (name: string) => ({ ...one('count', 1), name });
    const found = await opened(named('دوره'), named('دوره'), named('[a]:*?/\\b'), named(''), named('ب'.repeat(40)));
    expect(found.map(({ name }) => name)).toEqual(['دوره', 'دوره (2)', 'a      b', 'Sheet', 'ب'.repeat(31)]);
  });

  it('goes on in another sheet where Excel opens no more rows', async () => {
    function* many(): Generator<Cell[]> {
      for (let row = 0; row < 1_048_580; row++) yield [row];
    }
    const bytes = Buffer.from(await collected(writeXlsx({ ...one('count'), name: 'رقم', rows: many() })));
    const second = bytes.indexOf('xl/worksheets/sheet2.xml') + 'xl/worksheets/sheet2.xml'.length;
    const xml = inflateRawSync(
      bytes.subarray(second, bytes.indexOf(Buffer.from([0x50, 0x4b, 7, 8]), second)),
    ).toString();
    expect(xml.match(/<v>\d+<\/v>/g)).toEqual(
      [1_048_575, 6, 7, 8, 9].map((row) => expect.stringContaining(`${row % 10}</v>`)),
    );
    expect(xml.match(/<row /g)).toHaveLength(6);
  });

  it('names columns past Z', async () => {
    const columns = Array.from({ length: 60 }, (_, at) => ({
      title: `ستون ${at + 1}`,
      kind: 'count' as const,
    }));
    const wide: Sheet = { name: 'a', preface: [], columns, rows: [columns.map((_, at) => at + 1)] };
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(Buffer.from(await collected(writeXlsx(wide))) as unknown as ExcelJS.Buffer);
    expect(workbook.worksheets[0]!.getCell('BH2').value).toBe(60);
  });

  it('gives the same bytes for the same sheet', async () => {
    const bytes = () => collected(writeXlsx(sheet([['علی', 3, 90, 8750]])));
    expect(await bytes()).toEqual(await bytes());
  });

  it('takes its rows one by one as the reader asks, and holds none of them', async () => {
    let given = 0;
    async function* many(): AsyncGenerator<Cell[]> {
      for (; given < 50_000; given++) yield [`نام ${given}`, given, given, given];
    }
    let first = 0;
    let size = 0;
    for await (const piece of writeXlsx({ ...sheet([]), rows: many() })) {
      size += piece.length;
      if (size > 100_000) first ||= given;
    }
    expect(first).toBeLessThan(40_000);
    expect(given).toBe(50_000);
  });

  it('ends the rows when its reader stops', async () => {
    let ended = false;
    async function* many(): AsyncGenerator<Cell[]> {
      try {
        for (let row = 0; ; row++) yield [`نام ${row}`, row * 7919, row, row];
      } finally {
        ended = true;
      }
    }
    let size = 0;
    for await (const piece of writeXlsx({ ...sheet([]), rows: many() })) if ((size += piece.length) > 100_000) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(ended).toBe(true);
  });

  it('passes on an error of its rows', async () => {
    async function* broken(): AsyncGenerator<Cell[]> {
      yield ['علی', 1, 1, 1];
      throw new Error('the rows end');
    }
    await expect(collected(writeXlsx({ ...sheet([]), rows: broken() }))).rejects.toThrow('the rows end');
  });

  it('is an archive whose sums and sizes are right', async () => {
    const bytes = Buffer.from(await collected(writeXlsx(sheet([['علی', 3, 90, 8750]]))));
    const start = 30 + bytes.readUInt16LE(26);
    const tail = bytes.indexOf(Buffer.from([0x50, 0x4b, 0x07, 0x08]));
    const plain = inflateRawSync(bytes.subarray(start, tail));
    expect(plain.toString()).toContain('relationships');
    const said = [4, 8, 12].map((at) => bytes.readUInt32LE(tail + at));
    expect(said).toEqual([crc32(plain), tail - start, plain.length]);
  });
});

describe('a CSV file', () => {
  const text = async (of: Sheet) => Buffer.from(await collected(writeCsv(of))).toString('utf8');

  it('starts with a byte order mark and says its units', async () => {
    expect(await text(sheet([['علی', 3, 90, 8750]]))).toBe(
      '\ufeffنام,جلسه,حضور (دقیقه),از برنامه (درصد)\r\nعلی,3,90,87.5\r\n',
    );
    expect(await text(one('rials', 1200, null))).toBe('\ufeffستون (ریال)\r\n1200\r\n\r\n');
  });

  it('says days and instants in both calendars', async () => {
    expect(await text(one('day', '2026-11-21'))).toContain('۱۴۰۵/۰۸/۳۰,2026-11-21\r\n');
    const evening = new Date('2026-11-20T21:00:00Z');
    expect(await text(one('instant', evening))).toContain('۱۴۰۵/۰۸/۳۰ ۰:۳۰,2026-11-20T21:00:00.000Z\r\n');
  });

  it.each(FORMULAS)('makes a formula harmless, in a system with another list separator too: %j', async (payload) => {
    const whole = await text({ ...sheet([[payload, -1, null, null]]), columns: [{ title: payload, kind: 'text' }] });
    // A program that parts lines at the wrong sign does not mind our quotes either.
    for (const separator of [',', ';', '\t'])
      for (const field of whole.split(separator).flatMap((part) => part.split('\n')))
        expect(field).not.toMatch(/^[\s"\p{Cf}]*[=+\-@＝＋－＠]/u);
    // The negative number is none of them.
    expect(await text(one('count', -1))).toContain('\r\n-1\r\n');
  });

  it('leaves other texts as they are', async () => {
    expect(await text(one('text', 'a-b = c;d +1', 'ساعت ۸ - ۱۰'))).toContain('\r\n"a-b = c;d +1"\r\nساعت ۸ - ۱۰\r\n');
  });

  it('quotes commas, quotes and line ends', async () => {
    expect(await text(sheet([['a,"b"\n', 1, 1, 100]]))).toContain('"a,""b""\n",1,1,1\r\n');
  });
});

const cellsOf = (of: ExcelJS.Worksheet) => {
  const cells: ExcelJS.Cell[] = [];
  of.eachRow((row) => row.eachCell((cell) => cells.push(cell)));
  return cells;
};
