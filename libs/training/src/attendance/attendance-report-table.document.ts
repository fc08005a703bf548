import {
  A4_LANDSCAPE,
  date,
  drawTable,
  fa,
  inksFor,
  line,
  number,
  type Paper,
  type Column,
  type Inks,
  type Style,
  type TableCell,
  type TableRow,
} from '@app/documents/pure';
import { formatJalali, formatMinutesAsHours, formatPercent, formatTime } from '@app/persian';
import {
  STATUSES,
  LETTER,
  type AttendanceReportMark,
  type AttendanceReportModel,
  type AttendanceReportSession,
  type AttendanceReportTrainee,
} from './attendance-report-model.document.js';

export const MARGIN = 28;
export const RIGHT = A4_LANDSCAPE.width - MARGIN;
export const WIDTH = A4_LANDSCAPE.width - 2 * MARGIN;
/** Under the table there is room for a foot. */
export const TABLE_BOTTOM = 563;

type Status = AttendanceReportMark;

const COLOUR: Record<Status, string> = {
  PRESENT: '#1c6b4b',
  LATE: '#7f5300',
  LEFT_EARLY: '#7f5300',
  EXCUSED: '#0d6670',
  UNEXCUSED: '#a3302a',
};

/** With what the report is drawn, in colours and for a laser printer without them. */
export interface Look extends Inks {
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
export const lookOf = ({ grey }: AttendanceReportModel) => (grey ? GREY : COLOURED);
const NOT_ENTERED: TableCell = { field: null };

export const hours = (minutes: number) => number(formatMinutesAsHours(minutes, 'compact'));
const percent = (hundredths: number) => number(formatPercent(hundredths / 100));

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

/** The marks of some sessions, with the totals. @returns where it ends */
export function drawGroup(
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
