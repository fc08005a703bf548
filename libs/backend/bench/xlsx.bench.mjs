// CPU of a workbook of 1,000 rows and 60 columns, against exceljs writing the same cells as a stream; and the memory of a
// process that writes 100,000 such rows.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { figureOf } from '../../tooling/figures.mjs';
import { mainOf } from '../../tooling/build.mjs';

const { writeXlsx } = await import(join(dirname(mainOf('api')), '../../../libs/documents/src/pure.js'));

const MEBIBYTES = 150;
const NAMES = ['زهرا رضایی', 'مریم گیلانی', 'پری‌ناز پورمحمدی', 'گل‌اندام هاشم‌زاده'];
const MARKS = ['ح', 'ت', 'ز', 'م', 'غ', null];
const columns = [
  { title: 'ردیف', kind: 'count' },
  ...Array.from({ length: 4 }, (_, at) => ({ title: `نام ${at + 1}`, kind: 'text' })),
  ...Array.from({ length: 50 }, (_, at) => ({ title: `جلسهٔ ${at + 1}`, kind: 'text' })),
  ...Array.from({ length: 5 }, (_, at) => ({ title: `جمع ${at + 1}`, kind: 'minutes' })),
];

function* rowsOf(count) {
  for (let row = 1; row <= count; row++)
    yield columns.map(({ kind }, at) => {
      if (kind === 'text') return at < 5 ? `${NAMES[(row + at) % 4]} ${row}` : MARKS[(row * 7 + at) % 6];
      return kind === 'count' ? row : (row * at) % 5000;
    });
}

async function written(rows) {
  let bytes = 0;
  for await (const piece of writeXlsx({ name: 'حضور', preface: [], columns, rows })) bytes += piece.length;
  return bytes;
}

async function writtenByExceljs(rows) {
  const { default: ExcelJS } = await import('exceljs');
  const stream = new PassThrough().resume();
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true });
  const views = [{ rightToLeft: true, state: 'frozen', ySplit: 1 }];
  const sheet = workbook.addWorksheet('حضور', { views });
  sheet.columns = columns.map(({ title, kind }) => ({
    header: title,
    width: 12,
    style: kind === 'minutes' ? { numFmt: '[h]:mm' } : {},
  }));
  sheet.getRow(1).font = { bold: true };
  for (const row of rows)
    sheet.addRow(row.map((cell, at) => (columns[at].kind === 'minutes' ? cell / 1440 : cell))).commit();
  await workbook.commit();
}

/** Milliseconds of CPU of this process, its threads that pack included. */
async function cpuOf(work) {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

if (process.argv[2] === 'memory') {
  await written(rowsOf(100_000));
  process.stdout.write(String(process.resourceUsage().maxRSS));
} else {
  const { measure } = await import('./stage.mjs');
  await measure({
    name: 'xlsx-1000x60-cpu-ms',
    goal: { atMost: 0.5 },
    rounds: 9,
    prepare: () => [...rowsOf(1000)],
    ours: (rows) => cpuOf(() => written(rows)),
    limit: (rows) => cpuOf(() => writtenByExceljs(rows)),
  });
  const { stdout } = spawnSync(process.execPath, [import.meta.filename, 'memory'], { encoding: 'utf8' });
  console.log(JSON.stringify(figureOf('xlsx-100000-rows-mib', Number(stdout) / 1024, MEBIBYTES, { atMost: 1 })));
}
