import {
  A4_LANDSCAPE,
  code,
  date,
  drawTable,
  fa,
  inksFor,
  line,
  number,
  Paper,
  TooManyForPaper,
  widthOf,
  type Box,
  type Column,
  type Field,
  type Inks,
  type Style,
  type TableCell,
  type TableRow,
} from '@app/documents/pure';
import {
  dayInTehran,
  formatJalali,
  formatMinutesAsHours,
  formatPercent,
  formatTime,
  toPersianDigits,
} from '@app/persian';

/** How a trainee was at a session; null in its place means that nobody has entered it yet. */
export type AttendanceReportMark = 'PRESENT' | 'LATE' | 'LEFT_EARLY' | 'EXCUSED' | 'UNEXCUSED';

export interface AttendanceReportSession {
  ordinal: number;
  /** `YYYY-MM-DD`, Gregorian. */
  day: string;
  startMinute: number;
  endMinute: number;
  minutes: number;
  /** False: not yet, or cancelled. Nobody is expected to have a mark. */
  held: boolean;
}

export interface AttendanceReportTrainee {
  row: number;
  familyName: string;
  givenName: string;
  fatherName: string;
  nationalIdMasked: string;
  /** One for each session, in their order. */
  marks: (AttendanceReportMark | null)[];
  presentMinutes: number;
  excusedMinutes: number;
  unexcusedMinutes: number;
  notEnteredMinutes: number;
  percentOfPlannedHundredths: number;
  percentOfHeldHundredths: number;
}

/** All that the paper shows, read from the database at one moment. Trainees come sorted by their Persian names. */
export interface AttendanceReportModel {
  officeName: string;
  instituteName: string;
  licenceNumber: string;
  standardTitle: string;
  standardCode: string;
  runNumber: string;
  trainerName: string;
  roomName: string;
  startsOn: string;
  endsOn: string;
  plannedMinutes: number;
  heldMinutes: number;
  sessions: AttendanceReportSession[];
  trainees: AttendanceReportTrainee[];
  drawnAt: Date;
  watermark: string | null;
  /** The picture of the province on the letterhead, or null. */
  emblem: Uint8Array | null;
  /** A day of the Jalali month that the report is about; null for the whole course. */
  month: string | null;
  /** Without colours, for a laser printer. */
  grey: boolean;
}

type Status = AttendanceReportMark;

/** The letter of each status, on paper and in sheets. */
export const LETTER: Record<Status, string> = {
  PRESENT: 'ح',
  LATE: 'ت',
  LEFT_EARLY: 'ز',
  EXCUSED: 'م',
  UNEXCUSED: 'غ',
};
const MEANING: Record<Status, string> = {
  PRESENT: 'حاضر',
  LATE: 'با تأخیر',
  LEFT_EARLY: 'زودتر رفته',
  EXCUSED: 'غیبت موجه',
  UNEXCUSED: 'غیبت غیرموجه',
};
const COLOUR: Record<Status, string> = {
  PRESENT: '#1c6b4b',
  LATE: '#7f5300',
  LEFT_EARLY: '#7f5300',
  EXCUSED: '#0d6670',
  UNEXCUSED: '#a3302a',
};
const STATUSES = Object.keys(LETTER) as Status[];
/** What the letters mean. */
export const LEGEND = `${STATUSES.map((status) => `${LETTER[status]}: ${MEANING[status]}`).join('، ')}، خانهٔ خالی: ثبت نشده`;

/** With what the report is drawn, in colours and for a laser printer without them. */
interface Look extends Inks {
  /** Cells of marks are made once: a large class has thousands of them. */
  marks: Record<Status, TableCell>;
  notHeld: TableCell;
  notHeldMeans: string;
  /** Under the totals. */
  totals: string;
  /** A line to sign on. */
  sign: string;
}

const marksIn = (colourOf: (status: Status) => string | undefined) =>
  Object.fromEntries(
    STATUSES.map((status): [Status, TableCell] => [
      status,
      { field: fa(LETTER[status]), colour: colourOf(status), bold: status === 'UNEXCUSED' },
    ]),
  ) as Record<Status, TableCell>;

const COLOURED: Look = {
  ...inksFor(false),
  marks: marksIn((status) => COLOUR[status]),
  notHeld: { field: null, fill: '#e8e1d5' },
  notHeldMeans: 'خانهٔ رنگی: برگزار نشده',
  totals: '#f5f1ea',
  sign: '#857a67',
};
/** A full page has thousands of letters and lines: lighter ones keep it within the toner of a form. */
const LIGHTER: Partial<Inks> = { text: '#333333', line: '#b5b5b5' };
const GREY: Look = {
  ...inksFor(true),
  ...LIGHTER,
  // An absence is as black as it can be.
  marks: marksIn((status) => (status === 'UNEXCUSED' ? undefined : LIGHTER.text)),
  notHeld: { field: fa('–') },
  notHeldMeans: 'خط تیره: برگزار نشده',
  totals: '#ffffff',
  sign: inksFor(true).line,
};
const lookOf = ({ grey }: AttendanceReportModel) => (grey ? GREY : COLOURED);
const NOT_ENTERED: TableCell = { field: null };

const MARGIN = 28;
const RIGHT = A4_LANDSCAPE.width - MARGIN;
const WIDTH = A4_LANDSCAPE.width - 2 * MARGIN;
/** A square at the right edge, over the facts. */
const EMBLEM = 28;
const TABLE_TOP = 98;
const TABLE_BOTTOM = 563;
const SIGNATURES = 34;
const FOOT: Box = { x: MARGIN, y: 567, width: WIDTH, height: 14 };
/** More sessions than this go to another group of pages: a narrower column has no room for its mark. */
const SESSIONS_PER_PAGE = 40;
/** No course run is planned with more (rule S4): so many pages are a mistake. */
const MOST_SESSIONS = 400;

/** The attendance report as a PDF: every mark, the totals in hours, repeated heads. Pure; same model, same bytes. */
export async function drawAttendanceReport(model: AttendanceReportModel): Promise<Uint8Array> {
  const { length } = model.sessions;
  if (length > MOST_SESSIONS) throw new TooManyForPaper('جلسه‌ها', length, MOST_SESSIONS);
  const title = `${titleOf(model)}، دورهٔ ${model.runNumber}`;
  const paper = new Paper({ title, drawnAt: model.drawnAt, watermark: model.watermark });
  const groups = groupsOf(model.sessions);
  let end = 0;
  for (const group of groups) {
    const nextPage = () => {
      paper.addPage();
      paper.layWatermark();
      drawPageHead(paper, model, groups.length > 1 ? group : null);
      return TABLE_TOP;
    };
    end = drawGroup(paper, model, group, nextPage);
  }
  drawSignatures(paper, lookOf(model), end, () => {
    paper.addPage();
    paper.layWatermark();
    drawPageHead(paper, model, null);
    return TABLE_TOP;
  });
  paper.numberPages(FOOT, { size: 8, align: 'left', colour: lookOf(model).quiet });
  return paper.bytes();
}

/** «گزارش حضور و غیاب آبان ۱۴۰۵», or of the whole course without a month. */
export const titleOf = ({ month }: AttendanceReportModel) =>
  month ? `گزارش حضور و غیاب ${formatJalali(month, 'month')}` : 'گزارش حضور و غیاب';

/** As even as can be: 100 sessions are three groups of 34, 34 and 32. A run without sessions has one empty group. */
function groupsOf(sessions: AttendanceReportSession[]): AttendanceReportSession[][] {
  const count = Math.max(1, Math.ceil(sessions.length / SESSIONS_PER_PAGE));
  const size = Math.ceil(sessions.length / count);
  return Array.from({ length: count }, (_, at) => sessions.slice(at * size, (at + 1) * size));
}

function drawPageHead(paper: Paper, model: AttendanceReportModel, group: AttendanceReportSession[] | null): void {
  const { text, quiet, accent, notHeldMeans } = lookOf(model);
  const top = { y: 20, height: 24 };
  const third = WIDTH / 3;
  const { emblem, officeName } = model;
  const taken = emblem ? EMBLEM + 6 : 0;
  if (emblem)
    paper.picture('emblem', emblem, { x: RIGHT - EMBLEM, y: 16, width: EMBLEM, height: EMBLEM }, 'نشان استان');
  paper.text(
    'office',
    fa(officeName),
    { ...top, x: RIGHT - third, width: third - taken },
    { size: 10, floor: 7, colour: text },
  );
  const name = fa(titleOf(model));
  const title = group ? line`${name}، ${sessionsOf(group)}` : name;
  paper.text(
    'title',
    title,
    { ...top, x: MARGIN + third, width: third },
    { face: 'bold', size: 14, floor: 9, align: 'centre', colour: accent },
  );
  const drawnOn = line`تاریخ گزارش: ${date(formatJalali(dayInTehran(model.drawnAt)))}`;
  paper.text(
    'date of the report',
    drawnOn,
    { ...top, x: MARGIN, width: third },
    { size: 9, align: 'left', colour: quiet },
  );

  const facts: [string, Field][][] = [
    [
      ['آموزشگاه', fa(model.instituteName)],
      ['شمارهٔ پروانه', code(toPersianDigits(model.licenceNumber))],
      ['مربی', fa(model.trainerName)],
      ['کارگاه', fa(model.roomName)],
    ],
    [
      ['استاندارد', fa(model.standardTitle)],
      ['کد استاندارد', code(toPersianDigits(model.standardCode))],
      ['شمارهٔ دوره', code(toPersianDigits(model.runNumber))],
      ['تاریخ', line`${date(formatJalali(model.startsOn))} تا ${date(formatJalali(model.endsOn))}`],
    ],
    [
      ['ساعت برنامه', hours(model.plannedMinutes)],
      ['ساعت برگزارشده', hours(model.heldMinutes)],
      ['فراگیران', line`${number(model.trainees.length)} نفر`],
      ['جلسه‌ها', line`${number(model.sessions.length)} جلسه، ${number(heldIn(model.sessions))} برگزارشده`],
    ],
  ];
  const shares = [0.34, 0.22, 0.2, 0.24];
  for (const [at, row] of facts.entries()) drawFacts(paper, lookOf(model), row, shares, 46 + at * 16.5);
  const legend = heldIn(model.sessions) < model.sessions.length ? `${LEGEND}، ${notHeldMeans}` : LEGEND;
  paper.text('legend', fa(legend), FOOT, { size: 8, colour: quiet });
}

function drawFacts(paper: Paper, { quiet, text }: Look, facts: [string, Field][], shares: number[], y: number): void {
  let right = RIGHT;
  for (const [at, [label, value]] of facts.entries()) {
    const width = WIDTH * shares[at]!;
    const name = line`${fa(label)}:`;
    const labelStyle: Style = { size: 8.5, colour: quiet };
    const labelWidth = widthOf(name, labelStyle) + 4;
    paper.text(label, name, { x: right - labelWidth, y, width: labelWidth, height: 16 }, labelStyle);
    const box = { x: right - width + 6, y, width: width - labelWidth - 6, height: 16 };
    paper.text(label, value, box, { size: 8.5, floor: 5, lines: 2, leading: 1.45, colour: text });
    right -= width;
  }
}

const heldIn = (sessions: AttendanceReportSession[]) => sessions.filter(({ held }) => held).length;
const hours = (minutes: number) => number(formatMinutesAsHours(minutes, 'compact'));
const percent = (hundredths: number) => number(formatPercent(hundredths / 100));

function sessionsOf(group: AttendanceReportSession[]): Field {
  return line`جلسهٔ ${number(group[0]!.ordinal)} تا ${number(group.at(-1)!.ordinal)}`;
}

const TOTALS = [
  'حضور (ساعت)',
  'موجه (ساعت)',
  'غیرموجه (ساعت)',
  'ثبت‌نشده (ساعت)',
  'حضور از برنامه',
  'حضور از برگزارشده',
];
const TOTAL_WIDTH = 31;
const NAME_WIDTHS = { row: 22, family: 84, given: 64, father: 56, nationalId: 58 };

function drawGroup(
  paper: Paper,
  model: AttendanceReportModel,
  group: AttendanceReportSession[],
  nextPage: () => number,
): number {
  const first = model.sessions.indexOf(group[0]!);
  const look = lookOf(model);
  return drawTable(
    paper,
    {
      columns: columnsOf(group, look),
      headHeight: 58,
      headStyle: { size: 7.5, floor: 5, align: 'centre', lines: 2, leading: 1.4, colour: look.text },
      rowHeight: 12.8,
      rows: model.trainees.map((trainee) => rowOf(trainee, look, group, first)),
      totals: totalsOf(model, group, first),
      grid: look.line,
      headFill: look.fill,
    },
    { right: RIGHT, top: nextPage(), bottom: TABLE_BOTTOM, nextPage },
  );
}

function columnsOf(group: AttendanceReportSession[], { text: colour }: Look): Column[] {
  const named = Object.values(NAME_WIDTHS).reduce((sum, width) => sum + width, 0);
  const room = WIDTH - named - TOTALS.length * TOTAL_WIDTH;
  const session = group.length ? Math.min(18, room / group.length) : 0;
  // What narrow classes leave over goes to the names, which are the first to lack room.
  const spare = (room - session * group.length) / 3;
  const names: Style = { size: 7.75, floor: 6.25, lines: 3, leading: 1.4, align: 'right', colour };
  const figures: Style = { size: 7.5, floor: 5, align: 'centre', leading: 1.4, colour };
  const twice = new Set(group.filter(({ day }, at) => group[at - 1]?.day === day).map(({ day }) => day));
  return [
    { place: 'row', title: fa('ردیف'), upright: true, width: NAME_WIDTHS.row, style: figures },
    { place: 'نام خانوادگی', title: fa('نام خانوادگی'), width: NAME_WIDTHS.family + spare, style: names },
    { place: 'نام', title: fa('نام'), width: NAME_WIDTHS.given + spare, style: names },
    { place: 'نام پدر', title: fa('نام پدر'), width: NAME_WIDTHS.father + spare, style: names },
    { place: 'کد ملی', title: fa('کد ملی'), width: NAME_WIDTHS.nationalId, style: figures },
    ...group.map((each) => ({
      place: `session ${each.ordinal}`,
      title: twice.has(each.day) ? line`${dayOf(each)}، ${number(formatTime(each.startMinute))}` : dayOf(each),
      upright: true,
      series: true,
      width: session,
      style: { ...figures, size: Math.min(7.75, session), floor: 4, lines: 1 },
    })),
    ...TOTALS.map((title) => ({ place: title, title: fa(title), upright: true, width: TOTAL_WIDTH, style: figures })),
  ];
}

const dayOf = ({ day }: AttendanceReportSession) => date(formatJalali(day, 'dayMonth'));

function rowOf(
  trainee: AttendanceReportTrainee,
  look: Look,
  group: AttendanceReportSession[],
  first: number,
): TableRow {
  const marks = group.map(({ held }, at) => {
    const mark = trainee.marks[first + at];
    return mark ? look.marks[mark] : held ? NOT_ENTERED : look.notHeld;
  });
  return {
    cells: [
      { field: number(trainee.row) },
      { field: fa(trainee.familyName) },
      { field: fa(trainee.givenName) },
      { field: fa(trainee.fatherName) },
      { field: number(trainee.nationalIdMasked) },
      ...marks,
      { field: hours(trainee.presentMinutes) },
      { field: hours(trainee.excusedMinutes) },
      { field: hours(trainee.unexcusedMinutes), bold: trainee.unexcusedMinutes > 0 },
      { field: hours(trainee.notEnteredMinutes) },
      { field: percent(trainee.percentOfPlannedHundredths) },
      { field: percent(trainee.percentOfHeldHundredths) },
    ],
  };
}

const ATTENDED: ReadonlySet<Status> = new Set<Status>(['PRESENT', 'LATE', 'LEFT_EARLY']);

/** How many of each session were present, absent, not entered; below, the hours of all together. */
function totalsOf(model: AttendanceReportModel, group: AttendanceReportSession[], first: number): TableRow[] {
  const { trainees } = model;
  const { totals: fill, notHeld } = lookOf(model);
  // Three figures have no room in a column of marks unless they stand up.
  const large = trainees.length > 99;
  const counted = group.map((_, at) => {
    let [attended, absent] = [0, 0];
    for (const { marks } of trainees) {
      const mark = marks[first + at];
      if (!mark) continue;
      if (ATTENDED.has(mark)) attended++;
      else absent++;
    }
    return { attended, absent, notEntered: trainees.length - attended - absent };
  });
  const count = (label: string, of: keyof (typeof counted)[number]): TableRow => ({
    fill,
    height: large ? 17 : undefined,
    cells: [
      { field: fa(label), span: 5, bold: true },
      ...group.map(({ held }, at) => (held ? { field: number(counted[at]![of]), upright: large } : notHeld)),
      { field: null, span: TOTALS.length },
    ],
  });
  const sum = (of: (trainee: AttendanceReportTrainee) => number) => ({
    field: hours(trainees.reduce((total, trainee) => total + of(trainee), 0)),
    bold: true,
  });
  const label: TableCell = { field: fa('جمع ساعت فراگیران'), span: 5 + group.length, bold: true };
  return [
    count('حاضر (نفر)', 'attended'),
    count('غایب (نفر)', 'absent'),
    count('ثبت‌نشده (نفر)', 'notEntered'),
    {
      fill,
      cells: [
        label,
        sum(({ presentMinutes }) => presentMinutes),
        sum(({ excusedMinutes }) => excusedMinutes),
        sum(({ unexcusedMinutes }) => unexcusedMinutes),
        sum(({ notEnteredMinutes }) => notEnteredMinutes),
        { field: null, span: 2 },
      ],
    },
  ];
}

function drawSignatures(paper: Paper, { quiet, sign }: Look, end: number, nextPage: () => number): void {
  const top = end + SIGNATURES > TABLE_BOTTOM ? nextPage() : end + 4;
  const style: Style = { size: 8.5, colour: quiet };
  const places = ['امضای مربی', 'مهر و امضای مدیر آموزشگاه', 'بازدید ناظر (تاریخ، ساعت، تعداد حاضر، امضا)'];
  const width = WIDTH / places.length;
  for (const [at, label] of places.entries()) {
    const x = RIGHT - (at + 1) * width + 4;
    paper.text(label, fa(label), { x, y: top, width: width - 8, height: 12 }, style);
    paper.pdf
      .lineWidth(0.6)
      .moveTo(x, top + SIGNATURES - 8)
      .lineTo(x + width - 60, top + SIGNATURES - 8)
      .stroke(sign);
  }
}
