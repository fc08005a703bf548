import ExcelJS from 'exceljs';
import { describe, expect, it } from '@jest/globals';
import { MissingGlyph, TextDoesNotFit, TooManyForPaper } from '@app/documents';
import { addDays, isDay } from '@app/persian';
import { emblem, FORMULAS, judgePaper, judgePrint, pdfText } from '@app/testing';
import type {
  AttendanceReportMark,
  AttendanceReportModel,
  AttendanceReportTrainee,
} from './attendance-report-model.document.js';
import { drawAttendanceReport } from './attendance-report.document.js';
import { writeAttendanceReportCsv, writeAttendanceReportXlsx } from './attendance-report-sheet.document.js';

const present: AttendanceReportMark = 'PRESENT';
const absent: AttendanceReportMark = 'UNEXCUSED';
const excused: AttendanceReportMark = 'EXCUSED';
const late: AttendanceReportMark = 'LATE';
const leftEarly: AttendanceReportMark = 'LEFT_EARLY';

/** A model whose totals do not matter to the paper: it shows what it is given. */
function report({ trainees = 3, sessions = 4 } = {}): AttendanceReportModel {
  const marks = [present, absent, null, late];
  const people = Array.from({ length: trainees }, (_, at): AttendanceReportTrainee => ({
    row: at + 1,
    familyName: 'کریمی',
    givenName: 'سارا',
    fatherName: 'محمدرضا',
    nationalIdMasked: '127*****47',
    marks: Array.from({ length: sessions }, (_each, session) => marks[(at + session) % 4]!),
    presentMinutes: 160,
    excusedMinutes: 0,
    unexcusedMinutes: 90,
    notEnteredMinutes: 90,
    percentOfPlannedHundredths: 4444,
    percentOfHeldHundredths: 5925,
  }));
  return {
    officeName: 'اداره آموزش کاشان',
    instituteName: 'آموزشگاه نقش جهان',
    licenceNumber: '1402/5512',
    standardTitle: 'خیاطی مقدماتی',
    standardCode: '731899000000002',
    runNumber: '1405-0021',
    trainerName: 'پروین شریفی',
    roomName: 'کارگاه ۲',
    startsOn: '2026-09-05',
    endsOn: '2026-11-21',
    plannedMinutes: 360,
    heldMinutes: 270,
    sessions: Array.from({ length: sessions }, (_, at) => ({
      ordinal: at + 1,
      day: addDays('2026-09-05', at),
      startMinute: 480,
      endMinute: 570,
      minutes: 90,
      held: true,
    })),
    trainees: people,
    drawnAt: new Date('2026-11-21T08:00:00Z'),
    watermark: null,
    emblem: null,
    month: null,
    grey: false,
  };
}

judgePaper('attendance report', import.meta.url, () => drawAttendanceReport(report({ trainees: 25, sessions: 40 })));
judgePaper('attendance report of a month', import.meta.url, () =>
  drawAttendanceReport({ ...report({ trainees: 12, sessions: 9 }), month: '2026-09-05', emblem: emblem() }),
);
judgePaper('attendance report in grey', import.meta.url, () =>
  drawAttendanceReport({ ...report({ trainees: 30, sessions: 40 }), grey: true }),
);
judgePrint('the attendance report of a whole course', (grey) =>
  drawAttendanceReport({ ...report({ trainees: 60, sessions: 80 }), grey, emblem: emblem() }),
);

describe('the attendance report as a PDF', () => {
  const textOf = async (model: AttendanceReportModel) => pdfText(await drawAttendanceReport(model));

  it('shows what it is given, in Persian digits', async () => {
    const [page] = await textOf(report());
    for (const word of ['گزارش', 'کاشان', 'خیاطی', 'شریفی', 'کریمی', 'محمدرضا', '۷۳۱۸۹۹۰۰۰۰۰۰۰۰۲'])
      expect(page).toContain(word);
    for (const figure of ['۲:۴۰', '۱:۳۰', '۴۴٫۴۴٪', '۵۹٫۲۵٪', '۱۴۰۵/۰۶/۱۴', '۸:۰۰']) expect(page).toContain(figure);
    expect(page).not.toMatch(/[0-9]/);
  });

  it('gives the same bytes for the same model', async () => {
    expect(await drawAttendanceReport(report())).toEqual(await drawAttendanceReport(report()));
  });

  it('marks each status with its own letter, and leaves blank what nobody has entered', async () => {
    const letters = async (mark: AttendanceReportMark | null) => {
      const model = report({ trainees: 1, sessions: 1 });
      model.trainees[0]!.marks = [mark];
      // The legend stands first on a page: only the letter in the grid comes after the trainee's masked number.
      const grid = (await textOf(model))[0]!.split('محمدرضا')[1]!.split('نفر')[0]!;
      return grid.match(/(?<!\p{L})[حتزمغ](?!\p{L})/gu)?.join('') ?? '';
    };
    expect(await Promise.all([present, late, leftEarly, excused, absent, null].map(letters))).toEqual([
      'ح',
      'ت',
      'ز',
      'م',
      'غ',
      '',
    ]);
  });

  it('counts the present, the absent and the not entered of each session', async () => {
    const model = report({ trainees: 7, sessions: 1 });
    const marks = [present, late, leftEarly, absent, excused, null, null];
    for (const [at, trainee] of model.trainees.entries()) trainee.marks = [marks[at]!];
    const [, afterRows = ''] = (await textOf(model))[0]!.split('حاضر (نفر)');
    expect(afterRows.match(/[۰-۹:]+/g)?.slice(0, 3)).toEqual(['۳', '۲', '۲']);
  });

  it('expects no mark of a session that was not held', async () => {
    const model = report({ trainees: 2, sessions: 1 });
    model.sessions[0]!.held = false;
    for (const trainee of model.trainees) trainee.marks = [null];
    const [, afterRows = ''] = (await textOf(model))[0]!.split('حاضر (نفر)');
    expect(afterRows.split('جمع ساعت')[0]).not.toMatch(/[۰-۹]/);
  });

  it('repeats its heads over the pages of two hundred trainees and loses none of them', async () => {
    const pages = await textOf(report({ trainees: 200, sessions: 20 }));
    expect(pages.length).toBeGreaterThan(5);
    for (const page of pages) {
      expect(page).toContain('کد ملی');
      expect(page).toContain('گزارش حضور');
      expect(page.match(/صفحه/g)).toHaveLength(1);
    }
    expect(pages.join('\n').match(/\*{5}/g)).toHaveLength(200);
  });

  it('parts a hundred sessions into groups of pages that each show every trainee', async () => {
    const pages = await textOf(report({ trainees: 5, sessions: 100 }));
    expect(pages).toHaveLength(3);
    for (const page of pages) expect(page.match(/کریمی/g)).toHaveLength(5);
  });

  it('shows in each group of pages the marks of its own sessions', async () => {
    const model = report({ trainees: 1, sessions: 80 });
    model.trainees[0]!.marks = model.sessions.map(({ ordinal }) => (ordinal <= 40 ? excused : absent));
    const [first, second] = (await textOf(model)).map((page) => page.split('محمدرضا')[1]!.split('نفر')[0]!);
    expect([first!.match(/م/g)?.length, first!.includes('غ')]).toEqual([40, false]);
    expect([second!.match(/غ/g)?.length, second!.includes('م')]).toEqual([40, false]);
  });

  it('stands on one page for the usual class of 25 with 40 sessions', async () => {
    expect(await textOf(report({ trainees: 25, sessions: 40 }))).toHaveLength(1);
  });

  it('is a paper even before anyone is enrolled', async () => {
    expect(await textOf(report({ trainees: 0, sessions: 0 }))).toHaveLength(1);
  });

  it('refuses five thousand sessions at once, in Persian and English', async () => {
    const began = performance.now();
    const drawn = drawAttendanceReport(report({ trainees: 25, sessions: 5000 }));
    await expect(drawn).rejects.toEqual(new TooManyForPaper('جلسه‌ها', 5000, 400));
    await expect(drawn).rejects.toThrow(/۴۰۰|400.*\n.*5000 of/);
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it('refuses a character that no face has, and says which and in which row', async () => {
    const model = report();
    model.trainees[0]!.givenName = 'سا\u0007را';
    await expect(drawAttendanceReport(model)).rejects.toEqual(new MissingGlyph(7, 'نام', 1));
  });

  it('refuses a name that has no room, and does not say it', async () => {
    const model = report();
    model.trainees[1]!.familyName = 'ب'.repeat(10_000);
    await expect(drawAttendanceReport(model)).rejects.toEqual(new TextDoesNotFit('نام خانوادگی', 2));
  });
});

describe('the attendance report as a sheet', () => {
  it('types its cells and says its days in both calendars', async () => {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(Buffer.from(await writeAttendanceReportXlsx(report())) as unknown as ExcelJS.Buffer);
    const sheet = workbook.worksheets[0]!;
    const head = sheet.getRow(7);
    expect(sheet.views[0]).toMatchObject({ rightToLeft: true, ySplit: 7 });
    expect(head.getCell(6).value).toBe('۱۴۰۵/۰۶/۱۴ ۸:۰۰\n2026-09-05');
    const row = sheet.getRow(8);
    expect([1, 2, 6, 7, 8, 9].map((at) => row.getCell(at).value)).toEqual([1, 'کریمی', 'ح', 'غ', null, 'ت']);
    expect(row.getCell(10).numFmt).toBe('[h]:mm');
    expect(row.getCell(14).value).toBe(0.4444);
  });

  it.each(FORMULAS)('holds no formula, whichever text of it is one: %j', async (payload) => {
    const of = report({ trainees: 1 });
    const isText = (value: unknown) => typeof value === 'string' && !isDay(value);
    const harmful = <T extends object>(from: T): T =>
      Object.fromEntries(Object.entries(from).map(([name, value]) => [name, isText(value) ? payload : value])) as T;
    const model = { ...harmful(of), trainees: of.trainees.map(harmful), watermark: payload };

    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(Buffer.from(await writeAttendanceReportXlsx(model)) as unknown as ExcelJS.Buffer);
    const kinds = new Set<ExcelJS.ValueType>();
    workbook.worksheets[0]!.eachRow((row) => row.eachCell(({ type }) => kinds.add(type)));
    expect(workbook.worksheets[0]!.getCell('B9').text).toBe(payload.replace(/\r\n?/g, '\n'));
    expect([...kinds]).not.toContain(ExcelJS.ValueType.Formula);

    const fields = Buffer.from(await writeAttendanceReportCsv(model))
      .toString()
      .split(/[,;\t\n]/);
    for (const field of fields) expect(field).not.toMatch(/^[\s"\p{Cf}]*[=+\-@＝＋－＠]/u);
  });

  it('writes durations as whole minutes in CSV, for a program that counts again', async () => {
    const [head, first] = Buffer.from(await writeAttendanceReportCsv(report()))
      .toString()
      .split('\r\n');
    expect(head).toContain('حضور (دقیقه)');
    expect(first).toBe('1,کریمی,سارا,محمدرضا,127*****47,ح,غ,,ت,160,0,90,90,44.44,59.25');
  });
});
