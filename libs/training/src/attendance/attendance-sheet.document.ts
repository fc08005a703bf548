import { fa, type Column, type Form, line, number, type Style, type TableRow } from '@app/documents/pure';
import { formatJalali, formatTime } from '@app/persian';
import {
  dayOf,
  drawRunTable,
  hours,
  nameCells,
  nameColumns,
  persianCode,
  runForm,
  timesOf,
  type RunPaperModel,
  type RunPaperPerson,
  type RunPaperSession,
} from '../paper/run-form.document.js';

/** All that the sheet shows. Nothing in it is a mark: it is filled in by hand. */
export interface AttendanceSheetModel extends RunPaperModel {
  trainees: RunPaperPerson[];
  /** A day of the Jalali month the sheet is for; null for the whole course. */
  month: string | null;
}

/** More sessions than this go to another page: a narrower column is too small for a letter written by hand. */
const SESSIONS_PER_PAGE = 26;
const ROWS_PER_PAGE = 20;
/** Five millimetres. */
const ROW = 14.2;
const HEAD = 40;
const SIGNATURE_ROW = 17;
const SIGNATURES = 54;
const WIDTHS = { ordinal: 17, family: 76, given: 56, father: 50, nationalId: 50, total: 24, remark: 50 };
const TOTALS = ['حضور', 'موجه', 'غیرموجه', 'درصد'];
const LEGEND = fa('ح: حاضر، غ: غایب، م: غیبت موجه، ت: با تأخیر، خانهٔ خالی: ثبت نشده. حضور، موجه و غیرموجه به ساعت');

/** The attendance sheet with an empty grid. Pure; same model, same bytes. */
export async function drawAttendanceSheet(model: AttendanceSheetModel): Promise<Uint8Array> {
  const form = runForm(model, {
    issuers: [model.provincialOfficeName, model.officeName, model.instituteName],
    title: 'برگ حضور و غیاب',
    subtitle: model.month ? line`${fa(formatJalali(model.month, 'month'))}` : null,
    orientation: 'landscape',
    facts: [
      [
        { label: 'آموزشگاه', value: fa(model.instituteName), share: 0.27 },
        { label: 'شمارهٔ پروانه', value: persianCode(model.licenceNumber), share: 0.14 },
        { label: 'دوره', value: fa(model.standardTitle), share: 0.25 },
        { label: 'کد استاندارد', value: persianCode(model.standardCode), share: 0.18 },
        { label: 'شمارهٔ دوره', value: persianCode(model.runNumber), share: 0.16 },
      ],
      [
        { label: 'مربی', value: fa(model.trainerName), share: 0.2 },
        { label: 'کارگاه', value: fa(model.roomName), share: 0.15 },
        { label: 'تاریخ', value: line`${dayOf(model.startsOn)} تا ${dayOf(model.endsOn)}`, share: 0.21 },
        { label: 'روز و ساعت', value: timesOf(model.sessions), share: 0.34 },
        { label: 'ساعت دوره', value: hours(model.plannedMinutes), share: 0.1 },
      ],
    ],
    legend: LEGEND,
  });
  const pages = chunks(model.trainees, ROWS_PER_PAGE);
  for (const group of groupsOf(model.sessions))
    for (const [at, trainees] of pages.entries()) drawSheet(form, group, trainees, at * ROWS_PER_PAGE);
  return form.bytes();
}

/** As even as can be: 40 sessions are two groups of 20. A run without sessions has one empty group. */
function groupsOf(sessions: RunPaperSession[]): RunPaperSession[][] {
  const count = Math.max(1, Math.ceil(sessions.length / SESSIONS_PER_PAGE));
  return chunks(sessions, Math.max(1, Math.ceil(sessions.length / count)));
}

/** At least one chunk, which may be empty. */
function chunks<T>(items: T[], size: number): T[][] {
  const count = Math.max(1, Math.ceil(items.length / size));
  return Array.from({ length: count }, (_, at) => items.slice(at * size, (at + 1) * size));
}

function drawSheet(form: Form, sessions: RunPaperSession[], trainees: RunPaperPerson[], before: number): void {
  const columns = columnsOf(form.width, sessions);
  const rest = columns.length - 5;
  const empty = Array.from({ length: rest }, () => ({ field: null }));
  const rows = trainees.map((trainee, at): TableRow => ({
    number: before + at + 1,
    cells: [...nameCells(before + at + 1, trainee, trainee.nationalIdMasked), ...empty],
  }));
  const blank: TableRow = { cells: Array.from({ length: columns.length }, () => ({ field: null })) };
  const blanks = Math.max(0, ROWS_PER_PAGE - trainees.length);
  const signed: TableRow = { height: SIGNATURE_ROW, cells: [{ field: fa('امضای مربی'), span: 5 }, ...empty] };
  const end = drawRunTable(
    form,
    {
      columns,
      headHeight: HEAD,
      headStyle: { size: 7.5, floor: 4.5, align: 'centre', lines: 2, leading: 1.3, colour: form.inks.text },
      rowHeight: ROW,
      rows: [...rows, ...Array.from({ length: blanks }, () => blank)],
      totals: [signed],
    },
    SIGNATURES + 6,
  );
  ruleThrough(form, end - SIGNATURE_ROW, blanks);
  form.signatures(
    end,
    [
      { label: 'امضای مربی' },
      { label: 'مهر و امضای مدیر آموزشگاه', stamped: true },
      { label: 'بازدید ناظر', lines: ['تاریخ', 'ساعت', 'تعداد حاضر', 'نام و امضا'] },
    ],
    SIGNATURES,
  );
}

/** Empty rows are ruled through, so that no name is added to a list that is closed. */
function ruleThrough({ paper, inks, left, right }: Form, bottom: number, rows: number): void {
  if (rows === 0) return;
  const inset = rows === 1 ? ROW / 2 : 4;
  paper.pdf
    .lineWidth(0.6)
    .moveTo(right - 4, bottom - rows * ROW + inset)
    .lineTo(left + 4, bottom - inset)
    .stroke(inks.line);
}

function columnsOf(width: number, sessions: RunPaperSession[]): Column[] {
  const named = WIDTHS.ordinal + WIDTHS.family + WIDTHS.given + WIDTHS.father + WIDTHS.nationalId;
  const room = width - named - TOTALS.length * WIDTHS.total - WIDTHS.remark;
  const session = Math.min(20, room / Math.max(1, sessions.length));
  // What a short course leaves over goes to the names and to the remark.
  const spare = (room - session * sessions.length) / 4;
  const widths = {
    ...WIDTHS,
    family: WIDTHS.family + spare,
    given: WIDTHS.given + spare,
    father: WIDTHS.father + spare,
  };
  const names: Style = { size: 7.75, floor: 5.5, lines: 2, leading: 1.25 };
  const figures: Style = { size: 7.5, floor: 5, align: 'centre' };
  const twice = new Set(sessions.filter(({ day }, at) => sessions[at - 1]?.day === day).map(({ day }) => day));
  const headOf = ({ day, startMinute }: RunPaperSession) => {
    const shown = fa(formatJalali(day, 'dayMonth'));
    return twice.has(day) ? line`${shown}، ${number(formatTime(startMinute))}` : shown;
  };
  return [
    ...nameColumns({ place: 'row', title: fa('ردیف'), upright: true }, widths, [names, figures]),
    ...sessions.map((each) => ({
      place: `session ${each.ordinal}`,
      title: headOf(each),
      upright: true,
      width: session,
      style: figures,
    })),
    ...TOTALS.map((title) => ({ place: title, title: fa(title), upright: true, width: WIDTHS.total, style: figures })),
    { place: 'remark', title: fa('ملاحظات'), width: WIDTHS.remark + spare, style: names },
  ];
}
