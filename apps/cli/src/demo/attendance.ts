import { read, utils } from '@e965/xlsx';
import { toPersianDigits } from '@app/persian';
import type { Notebook } from './notebook.js';
import type { OpenedRun } from './open-runs.js';
import { download, type StoredDocument } from './papers.js';
import type { Person } from './person.js';
import { type DemoMark, type DemoTotals, recountMinutes, seeded } from './recount.rules.js';

export interface DemoTrainee {
  id: string;
  givenName: string;
  familyName: string;
  maskedNationalId: string;
  attendance: DemoTotals;
}

interface Session {
  id: string;
  ordinal: number;
  day: string;
  startMinute: number;
  endMinute: number;
}

interface RunPage {
  plannedMinutes: number;
  heldMinutes: number;
  sessions: Session[];
  enrolments: DemoTrainee[];
}

/** What was typed into the sheets of a run, and what it comes to by our own count. */
export interface MarkedRun {
  plannedMinutes: number;
  heldMinutes: number;
  trainees: DemoTrainee[];
  /** By enrolment; one mark for each session, null when the trainee was not entered. */
  marks: Map<string, (DemoMark | null)[]>;
  totals: Map<string, DemoTotals>;
}

const PAGE = `query ($id: ID!) { courseRun(id: $id) { plannedMinutes heldMinutes
  sessions { id ordinal day startMinute endMinute }
  enrolments { id givenName familyName maskedNationalId attendance {
    presentMinutes excusedMinutes unexcusedMinutes notEnteredMinutes presentOfPlanned presentOfHeld } } } }`;
const MARK = `mutation ($input: MarkAttendanceInput!) { markAttendance(input: $input) {
  ... on AttendanceSheet { sessionId rows { enrolmentId status presentMinutes markedAt } }
  ... on AttendanceRefused { reason } } }`;

/** Step 3: the trainer marks every session, the whole sheet in one go. */
export async function markSessions(
  book: Notebook,
  { id: runId }: OpenedRun,
  { trainer, stranger }: { trainer: Person; stranger: Person },
): Promise<MarkedRun> {
  const page = await runPage(trainer, runId);
  const { sessions, enrolments: trainees } = page;
  const random = seeded(14_050_915);
  const marks = new Map<string, (DemoMark | null)[]>(trainees.map(({ id }) => [id, []]));
  let wrongSheets = 0;
  for (const session of sessions) {
    const sessionMinutes = session.endMinute - session.startMinute;
    for (const [at, { id }] of trainees.entries())
      marks.get(id)!.push(markOf(at, session.ordinal, sessionMinutes, random));
    const sheet = await mark(trainer, session, marks);
    const typed = new Map(sheet.rows.map(({ enrolmentId, status }) => [enrolmentId, status]));
    if (trainees.some(({ id }) => typed.get(id) !== (marks.get(id)!.at(-1)?.status ?? null))) wrongSheets++;
  }
  book.say(
    `${toPersianDigits(sessions.length)} برگه، هر یک ${toPersianDigits(trainees.length)} نفر`,
    `${sessions.length} sheets of ${trainees.length} people`,
  );
  book.check('هر برگه همان را نشان می‌دهد که نوشته شد', 'every sheet shows what was written', wrongSheets, 0);

  const [first] = sessions as [Session];
  const firstMarks = new Map([...marks].map(([id, own]) => [id, own.slice(0, 1)]));
  const [once, twice] = [await mark(trainer, first, firstMarks), await mark(trainer, first, firstMarks)];
  book.check('همان برگه دوباره چیزی را عوض نمی‌کند', 'the same sheet again changes nothing', twice, once);
  book.check(
    'مربی دیگر این جلسه را نمی‌بیند',
    'another trainer does not find the session',
    await stranger.refusal(MARK, { input: { sessionId: first.id, marks: lines(firstMarks) } }),
    'NOT_FOUND',
  );

  const { plannedMinutes, heldMinutes, enrolments } = await runPage(trainer, runId);
  const held = sessions.reduce((sum, { startMinute, endMinute }) => sum + endMinute - startMinute, 0);
  book.check('دقیقه‌های برگزارشده', 'minutes held', heldMinutes, held);
  const totals = new Map([...marks].map(([id, own]) => [id, recountMinutes(own, { plannedMinutes, heldMinutes })]));
  const told = new Map(enrolments.map(({ id, attendance }) => [id, attendance]));
  book.check(
    'دقیقه و درصد هر فراگیر با شمارش خودمان یکی است',
    "everyone's minutes and per cents equal our own count",
    trainees.map(({ id }) => told.get(id)),
    trainees.map(({ id }) => totals.get(id)),
  );
  await writeTables(book, sessions, trainees, marks, totals);
  return { plannedMinutes, heldMinutes, trainees, marks, totals };
}

const runPage = async (person: Person, id: string) =>
  (await person.ask<{ courseRun: RunPage }>(PAGE, { id })).courseRun;

interface Sheet {
  rows: { enrolmentId: string; status: string | null; presentMinutes: number | null; markedAt: string | null }[];
}

async function mark(trainer: Person, { id: sessionId }: Session, marks: MarkedRun['marks']): Promise<Sheet> {
  const input = { sessionId, marks: lines(marks) };
  const { markAttendance } = await trainer.ask<{ markAttendance: Sheet | { reason: string } }>(MARK, { input });
  if ('reason' in markAttendance) throw new Error(`The sheet is refused: ${markAttendance.reason}`);
  return markAttendance;
}

/** The last mark of each trainee as a line of the sheet; who is not entered is left out. */
const lines = (marks: MarkedRun['marks']) =>
  [...marks].flatMap(([enrolmentId, own]) => {
    const last = own.at(-1);
    return last ? [{ enrolmentId, status: last.status, presentMinutes: last.presentMinutes }] : [];
  });

/** Most come. One stays away without excuse, one falls ill for long, two are forgotten on a few sheets. */
function markOf(trainee: number, ordinal: number, sessionMinutes: number, random: () => number): DemoMark | null {
  const chance = random();
  const minutes = sessionMinutes - 5 * Math.ceil(random() * 12);
  const part = (status: 'LATE' | 'LEFT_EARLY'): DemoMark => ({ status, sessionMinutes, presentMinutes: minutes });
  const absent = (status: 'EXCUSED' | 'UNEXCUSED'): DemoMark => ({ status, sessionMinutes, presentMinutes: 0 });
  if (trainee === 3 && chance < 0.3) return absent('UNEXCUSED');
  if (trainee === 7 && chance < 0.4) return absent('EXCUSED');
  if ((trainee === 11 || trainee === 15) && ordinal % 16 === trainee % 16) return null;
  if (chance < 0.03) return absent('UNEXCUSED');
  if (chance < 0.06) return absent('EXCUSED');
  if (chance < 0.11) return part('LATE');
  if (chance < 0.15) return part('LEFT_EARLY');
  return { status: 'PRESENT', sessionMinutes, presentMinutes: sessionMinutes };
}

async function writeTables(
  book: Notebook,
  sessions: Session[],
  trainees: DemoTrainee[],
  marks: MarkedRun['marks'],
  totals: MarkedRun['totals'],
): Promise<void> {
  await book.table(
    'attendance-marks.csv',
    ['enrolment', 'session', 'day', 'sessionMinutes', 'status', 'presentMinutes'],
    trainees.flatMap(({ id }) =>
      sessions.map(({ ordinal, day, startMinute, endMinute }, at) => {
        const own = marks.get(id)![at];
        const entered = own ? ([own.status, own.presentMinutes] as const) : (['NOT_ENTERED', null] as const);
        return [id, ordinal, day, endMinute - startMinute, ...entered];
      }),
    ),
  );
  const names = ['presentMinutes', 'excusedMinutes', 'unexcusedMinutes', 'notEnteredMinutes'] as const;
  const shares = ['presentOfPlanned', 'presentOfHeld'] as const;
  await book.table(
    'minutes.csv',
    ['enrolment', 'familyName', 'givenName', ...names, ...shares.map((share) => `${share}Hundredths`)],
    trainees.map(({ id, familyName, givenName }) => {
      const own = totals.get(id)!;
      return [id, familyName, givenName, ...[...names, ...shares].map((name) => own[name])];
    }),
  );
}

const REPORT = `mutation ($input: AttendanceReportInput!) { requestAttendanceReport(input: $input) {
  pdf { id } xlsx { id } } }`;
const PROGRESS = 'subscription ($id: ID!) { documentProgress(id: $id) { state reason } }';

/** The documents of the report, once they are drawn. */
export interface Report {
  pdf: string;
  xlsx: string;
}

/** Step 4: the officer asks for the report, sees it being made, and looks at the figures in it. */
export async function fetchReport(
  book: Notebook,
  { id: runId, number }: OpenedRun,
  run: MarkedRun,
  officer: Person,
): Promise<Report> {
  const { requestAttendanceReport: asked } = await officer.ask<{
    requestAttendanceReport: { pdf: { id: string }; xlsx: { id: string } };
  }>(REPORT, { input: { runId } });
  const report = { pdf: asked.pdf.id, xlsx: asked.xlsx.id };
  const states = await Promise.all(Object.values(report).map((id) => followDocument(officer, id)));
  book.say(`وضعیت: ${states[0]!.join('، ')}`, `states seen: ${states[0]!.join(', ')}`);
  book.check(
    'هر دو پرونده آماده شد',
    'both files are ready',
    states.map((seen) => seen.at(-1)),
    ['READY', 'READY'],
  );
  await download(book, officer, report.pdf, `attendance-${number}.pdf`);
  const workbook = await download(book, officer, report.xlsx, `attendance-${number}.xlsx`);
  const { preface, rows } = cellsOf(workbook);
  book.check(
    'کاربرگ نشان «نمونه، فاقد اعتبار» دارد',
    'the workbook says that it is a sample',
    preface.includes('نمونه، فاقد اعتبار'),
    true,
  );
  book.check(
    'خانه‌های کاربرگ با شمارش خودمان یکی است',
    'the cells of the workbook equal our own count',
    sorted(rows),
    sorted(run.trainees.map((trainee) => expectedCells(trainee, run))),
  );
  return report;
}

async function followDocument(officer: Person, id: string): Promise<string[]> {
  const came = await officer.follow<{ documentProgress: Pick<StoredDocument, 'state'> }>(PROGRESS, { id });
  return came.map(({ documentProgress }) => documentProgress.state);
}

type Cells = (string | number | null)[];

const LETTERS = { PRESENT: 'ح', LATE: 'ت', LEFT_EARLY: 'ز', EXCUSED: 'م', UNEXCUSED: 'غ' };

/** Names, letters, four durations in minutes and two shares in hundredths of a per cent, as the report must have them. */
function expectedCells(
  { id, familyName, givenName, maskedNationalId }: DemoTrainee,
  { marks, totals }: MarkedRun,
): Cells {
  const letters = marks.get(id)!.map((own) => own && LETTERS[own.status]);
  const { presentMinutes, excusedMinutes, unexcusedMinutes, notEnteredMinutes, ...shares } = totals.get(id)!;
  const durations = [presentMinutes, excusedMinutes, unexcusedMinutes, notEnteredMinutes];
  return [
    familyName,
    givenName,
    maskedNationalId,
    ...letters,
    ...durations,
    shares.presentOfPlanned,
    shares.presentOfHeld,
  ];
}

/** What stands in the workbook: Excel counts durations in days and shares as fractions. */
function cellsOf(workbook: Uint8Array): { preface: string[]; rows: Cells[] } {
  const { Sheets, SheetNames } = read(workbook, { type: 'array' });
  const all = utils.sheet_to_json<Cells>(Sheets[SheetNames[0]!]!, { header: 1, defval: null, raw: true });
  const head = all.findIndex(([first]) => first === 'ردیف');
  const width = all[head]!.length;
  const rows = all.slice(head + 1).map((cells) =>
    cells.flatMap((cell, at) => {
      if (at === 0 || at === 3) return []; // the place in the list, the father's name
      const factor = at >= width - 2 ? 10_000 : at >= width - 6 ? 1440 : 1;
      return [typeof cell === 'number' ? Math.round(cell * factor) : cell];
    }),
  );
  return { preface: all.slice(0, head).map(([text]) => String(text)), rows };
}

const sorted = (rows: Cells[]) => rows.map((cells) => cells.join('|')).sort();
