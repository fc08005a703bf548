import {
  code,
  date,
  fa,
  line,
  number,
  Paper,
  TooManyForPaper,
  widthOf,
  type Box,
  type Field,
  type Style,
} from '@app/documents/pure';
import { dayInTehran, formatJalali, toPersianDigits } from '@app/persian';
import {
  LEGEND,
  titleOf,
  type AttendanceReportModel,
  type AttendanceReportSession,
} from './attendance-report-model.document.js';
import {
  drawGroup,
  hours,
  lookOf,
  MARGIN,
  RIGHT,
  TABLE_BOTTOM,
  WIDTH,
  type Look,
} from './attendance-report-table.document.js';

/** A square at the right edge, over the facts. */
const EMBLEM = 28;
const TABLE_TOP = 98;
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
function sessionsOf(group: AttendanceReportSession[]): Field {
  return line`جلسهٔ ${number(group[0]!.ordinal)} تا ${number(group.at(-1)!.ordinal)}`;
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
