import { crc32, inflateRawSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { describe, expect, it } from '@jest/globals';
import { collected, type Cell, type Sheet } from './write.js';
import { writeCsv } from './write-csv.js';
import { writeXlsx } from './write-xlsx.js';

const payloads = ['=HYPERLINK("http://x","y")', '+1+cmd|calc', '-2+3', '@SUM(A1)', '\t=1', '=1+1;"a",b'];

const sheet = (rows: Cell[][]): Sheet => ({
  name: 'حضور و غیاب',
  preface: ['=گزارش'],
  columns: [
    { title: 'نام', kind: 'text', width: 20 },
    { title: 'جلسه', kind: 'count', width: 8 },
    { title: 'حضور', kind: 'minutes', width: 10 },
    { title: 'از برنامه', kind: 'hundredths', width: 10 },
  ],
  rows,
});

async function readBack(rows: Cell[][]) {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(Buffer.from(await collected(writeXlsx(sheet(rows)))) as unknown as ExcelJS.Buffer);
  return workbook.worksheets[0]!;
}

describe('an Excel workbook', () => {
  it('reads from right to left and keeps its head in sight', async () => {
    const found = await readBack([['علی', 3, 90, 8750]]);
    expect(found.name).toBe('حضور و غیاب');
    expect(found.views[0]).toMatchObject({ rightToLeft: true, state: 'frozen', ySplit: 2 });
    expect(found.getColumn(1).width).toBe(20);
  });

  it('types its cells', async () => {
    const row = (await readBack([['علی', 3, 90, 8750]])).getRow(3);
    expect([1, 2, 4].map((at) => row.getCell(at).value)).toEqual(['علی', 3, 0.875]);
    expect(row.getCell(3).numFmt).toBe('[h]:mm');
    expect(row.getCell(4).numFmt).toBe('0.00%');
  });

  it('leaves an empty cell empty', async () => {
    const row = (await readBack([[null, 0, null, null]])).getRow(3);
    expect([row.getCell(1).type, row.getCell(2).value]).toEqual([ExcelJS.ValueType.Null, 0]);
  });

  it.each(payloads)('never makes a formula: %j', async (payload) => {
    const found = await readBack([[payload, 1, 1, 1]]);
    expect(found.getCell('A1').type).toBe(ExcelJS.ValueType.String);
    expect(found.getCell('A3').type).toBe(ExcelJS.ValueType.String);
    expect(found.getCell('A3').value).toBe(payload);
  });

  it('drops what XML cannot hold and keeps what it can', async () => {
    expect((await readBack([['a\u0000\ud800<&>"\'\n😀', 1, 1, 1]])).getCell('A3').value).toBe('a<&>"\'\n😀');
  });

  it('names columns past Z', async () => {
    const columns = Array.from({ length: 60 }, (_, at) => ({
      title: `ستون ${at + 1}`,
      kind: 'count' as const,
      width: 5,
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
        for (let row = 0; ; row++) yield [`نام ${row}`, Math.random(), row, row];
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
    expect(plain.toString()).toContain('content-types');
    const said = [4, 8, 12].map((at) => bytes.readUInt32LE(tail + at));
    expect(said).toEqual([crc32(plain), tail - start, plain.length]);
  });
});

describe('a CSV file', () => {
  const text = async (rows: Cell[][]) => Buffer.from(await collected(writeCsv(sheet(rows)))).toString('utf8');

  it('starts with a byte order mark and says its units', async () => {
    expect(await text([['علی', 3, 90, 8750]])).toBe(
      '\ufeffنام,جلسه,حضور (دقیقه),از برنامه (درصد)\r\nعلی,3,90,87.5\r\n',
    );
  });

  it.each(payloads)('makes a formula harmless: %j', async (payload) => {
    const line = (await text([[payload, -1, null, null]])).split('\r\n')[1]!;
    expect(line).toMatch(/^"?'/);
    expect(line).toContain(',-1,,');
  });

  it('quotes commas, quotes and line ends', async () => {
    expect(await text([['a,"b"\n', 1, 1, 100]])).toContain('"a,""b""\n",1,1,1\r\n');
  });
});
