import { collected, inOrder, writeCsv, writeXlsx, type Cell, type Sheet } from '@app/documents/pure';
import { formatJalali, formatTime } from '@app/persian';
import {
  LEGEND,
  LETTER,
  titleOf,
  type AttendanceReportModel,
  type AttendanceReportTrainee,
} from './attendance-report-model.document.js';

/** The same report as an Excel sheet: right to left, typed cells, dates in both calendars. */
export function writeAttendanceReportXlsx(model: AttendanceReportModel): Promise<Uint8Array> {
  return collected(writeXlsx(sheetOf(model)));
}

/** The same report as CSV, with durations in whole minutes. */
export function writeAttendanceReportCsv(model: AttendanceReportModel): Promise<Uint8Array> {
  return collected(writeCsv(sheetOf(model)));
}

const bothCalendars = (day: string) => `${formatJalali(day)} (${inOrder(day)})`;

function sheetOf(model: AttendanceReportModel): Sheet {
  const minutes = ['حضور', 'غیبت موجه', 'غیبت غیرموجه', 'ثبت‌نشده'];
  return {
    name: 'حضور و غیاب',
    preface: [
      `${titleOf(model)}، ${model.officeName}`,
      `آموزشگاه: ${model.instituteName}، شمارهٔ پروانه: ${inOrder(model.licenceNumber)}`,
      `استاندارد: ${model.standardTitle} (${model.standardCode})، شمارهٔ دوره: ${inOrder(model.runNumber)}`,
      `مربی: ${model.trainerName}، کارگاه: ${model.roomName}`,
      `از ${bothCalendars(model.startsOn)} تا ${bothCalendars(model.endsOn)}`,
      ...(model.watermark ? [model.watermark] : []),
      LEGEND,
    ],
    columns: [
      { title: 'ردیف', kind: 'count' },
      { title: 'نام خانوادگی', kind: 'text' },
      { title: 'نام', kind: 'text' },
      { title: 'نام پدر', kind: 'text' },
      { title: 'کد ملی', kind: 'text' },
      ...model.sessions.map(({ day, startMinute, held }) => ({
        title: `${formatJalali(day)} ${formatTime(startMinute)}\n${day}${held ? '' : '\nبرگزار نشده'}`,
        kind: 'text' as const,
      })),
      ...minutes.map((title) => ({ title, kind: 'minutes' as const })),
      { title: 'حضور از برنامه', kind: 'percent' },
      { title: 'حضور از برگزارشده', kind: 'percent' },
    ],
    rows: rowsOf(model.trainees),
  };
}

function* rowsOf(trainees: AttendanceReportTrainee[]): Generator<Cell[]> {
  for (const trainee of trainees) {
    yield [
      trainee.row,
      trainee.familyName,
      trainee.givenName,
      trainee.fatherName,
      trainee.nationalIdMasked,
      ...trainee.marks.map((mark) => mark && LETTER[mark]),
      trainee.presentMinutes,
      trainee.excusedMinutes,
      trainee.unexcusedMinutes,
      trainee.notEnteredMinutes,
      trainee.percentOfPlannedHundredths,
      trainee.percentOfHeldHundredths,
    ];
  }
}
