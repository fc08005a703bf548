import { formatJalali } from '@app/persian';

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
export const STATUSES = Object.keys(LETTER) as Status[];
/** What the letters mean. */
export const LEGEND = `${STATUSES.map((status) => `${LETTER[status]}: ${MEANING[status]}`).join('، ')}، خانهٔ خالی: ثبت نشده`;

/** «گزارش حضور و غیاب آبان ۱۴۰۵», or of the whole course without a month. */
export const titleOf = ({ month }: AttendanceReportModel) =>
  month ? `گزارش حضور و غیاب ${formatJalali(month, 'month')}` : 'گزارش حضور و غیاب';
