import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { MissingGlyph, TextDoesNotFit } from '@app/documents';
import { addDays } from '@app/persian';
import { emblem, judgePaper, pdfText } from '@app/testing';
import { drawAttendanceSheet, type AttendanceSheetModel } from '../attendance/attendance-sheet.document.js';
import { drawClassList } from '../class-list/class-list.document.js';
import { drawCompletionNotices } from '../completion-notice/completion-notice.document.js';
import { drawExamCards } from '../exam/exam-card.document.js';
import { drawExamList } from '../exam/exam-list.document.js';
import { drawLabelSheet } from '../label/label-sheet.document.js';
import { drawLetter } from '../letter/letter.document.js';
import type { RunPaperModel } from './run-form.document.js';

interface HardName {
  given_store: string;
  family_store: string;
  acceptable: boolean;
}

/** Names that break naive code. */
const hardNames = (
  JSON.parse(readFileSync(new URL('../../../persian/data/vectors/names-hard-cases.json', import.meta.url), 'utf8')) as {
    cases: HardName[];
  }
).cases.filter(({ acceptable }) => acceptable);

const NATIONAL_ID = '1270000047';

/** The family name of the 22nd person, where a spec gives one. */
let strange = '';
const people = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    familyName: (at === 21 && strange) || hardNames[at % hardNames.length]!.family_store,
    givenName: hardNames[at % hardNames.length]!.given_store,
    fatherName: hardNames[(at + 7) % hardNames.length]!.given_store,
    nationalIdMasked: '•••••••۰۴۷',
    nationalId: NATIONAL_ID,
    mobile: at % 4 ? '09123456789' : '',
    presentMinutes: 5_400,
    excusedMinutes: 240,
    unexcusedMinutes: 135,
  }));

const run = (sessions = 12): RunPaperModel => ({
  provincialOfficeName: 'اداره کل آموزش فنی و حرفه‌ای استان سیستان و بلوچستان',
  officeName: 'مرکز آموزش فنی و حرفه‌ای زاهدان',
  instituteName: 'آموزشگاه آزاد خواهران نقش جهان',
  licenceNumber: '1402/5512',
  standardTitle: 'بافندهٔ فرش دستباف به سبک گلیم‌بافی',
  standardCode: '731899000000002',
  runNumber: '15-1405-00012',
  trainerName: 'سیده فاطمه‌زهرا علی‌پور شیرازی',
  roomName: 'کارگاه بافت ۲',
  startsOn: '2026-09-05',
  endsOn: '2026-12-21',
  plannedMinutes: 27_000,
  sessions: Array.from({ length: sessions }, (_, at) => ({
    ordinal: at + 1,
    day: addDays('2026-09-05', Math.floor(at / 3) * 7 + (at % 3) * 2),
    startMinute: 480,
    endMinute: 720,
  })),
  drawnAt: new Date('2026-11-21T08:00:00Z'),
  watermark: null,
  emblem: null,
  grey: false,
});
const sitting = { part: 'WRITTEN', day: '2026-12-27', startMinute: 540, place: 'مرکز شمارهٔ ۲، سالن آزمون' } as const;
const letter = {
  number: '1405/12/3345',
  day: '2026-11-21',
  attachments: null,
  addressee: 'INSTITUTE',
  request: 'تغییر زمان دوره',
  reason: 'کارگاه برای این شمار کارآموز کوچک است.',
  traineeCount: 24,
} as const;
const grid = {
  columns: 3,
  rows: 8,
  widthMm: 63.5,
  heightMm: 33.9,
  topMm: 12.9,
  rightMm: 7.2,
  columnGapMm: 2.5,
  rowGapMm: 0,
};

/** Each paper of a run, of a class of so many. */
const papers: [name: string, draw: (count: number, changes?: Partial<RunPaperModel>) => Promise<Uint8Array>][] = [
  ['attendance sheet', (n, own) => drawAttendanceSheet({ ...run(), ...own, trainees: people(n), month: null })],
  ['class list', (n, own) => drawClassList({ ...run(), ...own, capacity: 30, trainees: people(n) })],
  ['exam list', (n, own) => drawExamList({ ...run(), ...own, sitting, candidates: people(n) })],
  ['exam card', (n, own) => drawExamCards({ ...run(), ...own, sitting, candidates: people(n) })],
  [
    'completion notice',
    (n, own) => drawCompletionNotices({ ...run(), ...own, heldMinutes: 26_000, trainees: people(n) }),
  ],
  ['letter of thanks', (_, own) => drawLetter({ ...run(), ...own, ...letter, kind: 'THANKS' })],
  ['letter of refusal', (_, own) => drawLetter({ ...run(), ...own, ...letter, kind: 'REFUSAL' })],
  ['label sheet', (n, own) => drawLabelSheet({ ...run(), ...own, grid, start: 1, trainees: people(n) })],
];

describe.each(papers)('the %s of a run', (name, draw) => {
  it('gives the same bytes for the same model, in colour and in grey', async () => {
    const drawn = await draw(25);
    expect(await draw(25)).toEqual(drawn);
    expect(await draw(25, { grey: true })).not.toEqual(drawn);
  });

  it('has Persian digits only, and names the course run', async () => {
    const text = (await pdfText(await draw(25))).join('\n');
    // pdf.js turns a code with dashes in a sentence round; pdftotext and the eye do not.
    for (const part of ['۱۴۰۵', '۰۰۰۱۲']) expect(text).toContain(part);
    expect(text).not.toMatch(/[0-9]/);
  });

  it('says whose name it cannot draw, by the row', async () => {
    if (name.startsWith('letter')) return;
    strange = '漢';
    const refused = await draw(25).catch((error: unknown) => error);
    strange = '';
    expect(refused).toMatchObject({ codePoint: 0x6f22, row: 22 });
    expect((refused as MissingGlyph).messageFa).toContain('ردیف ۲۲');
    expect((refused as MissingGlyph).messageEn).toContain('row 22');
  });

  it('names everybody of a class of sixty', async () => {
    if (name.startsWith('letter')) return;
    const text = (await pdfText(await draw(60))).join('\n');
    const count = (word: string) => text.split(word).length - 1;
    const times = name === 'completion notice' ? 2 : 1;
    expect(count('کریمی')).toBe(people(60).filter(({ familyName }) => familyName === 'کریمی').length * times);
    expect(count('طباطبایی')).toBe(
      people(60).filter(({ familyName }) => familyName.includes('طباطبایی')).length * times,
    );
  });

  it('shows the last digits of a national ID at most, but on the list for the office', async () => {
    const text = (await pdfText(await draw(5))).join('\n');
    expect(text.includes('۱۲۷۰۰۰۰۰۴۷')).toBe(name === 'class list');
  });

  it('refuses a name that has no room and letters it cannot draw, and says neither', async () => {
    await expect(draw(3, { instituteName: 'ب'.repeat(2_000), officeName: 'ب'.repeat(2_000) })).rejects.toBeInstanceOf(
      TextDoesNotFit,
    );
    const runNumber = '15-\u{1f9f6}';
    await expect(draw(3, { runNumber })).rejects.toBeInstanceOf(MissingGlyph);
  });
});

for (const [name, draw] of papers) judgePaper(name, import.meta.url, () => draw(24), 2);
judgePaper('attendance sheet in grey with an emblem', import.meta.url, () =>
  papers[0]![1](5, { grey: true, emblem: emblem() }),
);

describe('the attendance sheet', () => {
  const draw = (changes: Partial<AttendanceSheetModel> = {}) =>
    drawAttendanceSheet({ ...run(), trainees: people(20), month: null, ...changes });
  const pagesOf = async (changes: Partial<AttendanceSheetModel> = {}) => pdfText(await draw(changes));

  it('is one page for a class of twenty with 26 sessions', async () => {
    expect(await pagesOf({ sessions: run(26).sessions })).toHaveLength(1);
  });

  it('has the day of each session over its column, and no mark', async () => {
    const [page] = await pagesOf({ trainees: people(1), sessions: run(2).sessions });
    expect(page).toContain('۱۴ شهریور');
    expect(page).toContain('۱۶ شهریور');
    // The legend stands first on a page: only the grid comes after its last head.
    expect(page!.split('ملاحظات')[1]).not.toMatch(/(?<!\p{L})[حتغم](?!\p{L})/u);
  });

  it('tells two sessions of one day apart by their hour', async () => {
    const [first] = run(1).sessions;
    const [page] = await pagesOf({ sessions: [first!, { ...first!, ordinal: 2, startMinute: 840, endMinute: 960 }] });
    expect(page).toContain('۱۴:۰۰');
    expect(page).toContain('۸:۰۰');
  });

  it('goes on over pages by people and by sessions, and every page is signed', async () => {
    const pages = await pagesOf({ trainees: people(45), sessions: run(60).sessions });
    expect(pages).toHaveLength(9);
    for (const page of pages) {
      expect(page).toContain('امضای مربی');
      expect(page).toContain('بازدید ناظر');
      expect(page).toContain('نام خانوادگی');
    }
  });

  it('is a paper even before anyone is enrolled and any session is planned', async () => {
    expect(await pagesOf({ trainees: [], sessions: [] })).toHaveLength(1);
  });
});

describe('the exam cards', () => {
  it('bear the numbers of the list, six on a page, in the order of the cut piles', async () => {
    const pages = await pdfText(await drawExamCards({ ...run(), sitting, candidates: people(15) }));
    expect(pages).toHaveLength(3);
    const numbers = pages.map((page) => page.match(/شماره: [۰-۹]+/g)?.map((found) => found.slice(7)));
    expect(numbers).toEqual([
      ['۱', '۴', '۷', '۱۰', '۱۳'],
      ['۲', '۵', '۸', '۱۱', '۱۴'],
      ['۳', '۶', '۹', '۱۲', '۱۵'],
    ]);
  });
});

describe('the labels', () => {
  it('begin at the first label that is left of a part-used sheet', async () => {
    const names = people(24);
    const pages = await pdfText(await drawLabelSheet({ ...run(), grid, start: 23, trainees: names }));
    expect(pages).toHaveLength(2);
    expect(pages[0]!.match(/دوره/g)).toHaveLength(2);
    expect(pages[1]!.match(/دوره/g)).toHaveLength(22);
  });

  it('say the name even where there is room for little else', async () => {
    const low = { ...grid, rows: 18, heightMm: 15 };
    const [page] = await pdfText(await drawLabelSheet({ ...run(), grid: low, start: 1, trainees: people(2) }));
    expect(page).toContain('کریمی');
    expect(page).not.toContain('آموزشگاه');
  });
});

describe('a letter', () => {
  const textOf = async (kind: 'THANKS' | 'REFUSAL', changes = {}) =>
    (await pdfText(await drawLetter({ ...run(), ...letter, ...changes, kind }))).join('\n');

  it('of refusal says what was asked for and why it was refused', async () => {
    const text = await textOf('REFUSAL');
    for (const word of ['تغییر زمان دوره', 'کوچک است', '۱۴۰۵/۱۲/۳۳۴۵', '۱۴۰۵/۰۸/۳۰', 'ندارد'])
      expect(text).toContain(word);
  });

  it('of thanks goes to the institute or to the trainer, and gives no reason', async () => {
    expect(await textOf('THANKS')).toContain('مدیر محترم');
    const text = await textOf('THANKS', { addressee: 'TRAINER' });
    expect(text).toContain('مربی گرامی');
    expect(text).not.toContain('کوچک است');
  });

  it('refuses a reason longer than its page', async () => {
    await expect(textOf('REFUSAL', { reason: 'واژه '.repeat(2_000) })).rejects.toEqual(new TextDoesNotFit('letter'));
  });
});
