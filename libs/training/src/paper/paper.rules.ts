import { CourseRunStatus as Status } from '../course-run/course-run.entity.js';
import type { ExamPart } from '../exam/exam-result.entity.js';
import type { AttendanceRules } from '../rules/dated-rules.entity.js';
import { PaperFormat } from './paper-format.rules.js';
import { PaperKind } from './paper-order.entity.js';

/** Why a paper is not drawn: rules P1-P7 of the training README. */
export enum PaperRefusal {
  NOT_IN_THIS_STATE = 'NOT_IN_THIS_STATE', // P1
  DETAILS_MISSING = 'DETAILS_MISSING', // P2: the sitting, the reason or the sheet of labels is not told
  NO_SESSION_IN_MONTH = 'NO_SESSION_IN_MONTH', // P3
  EXAM_BEFORE_COURSE_ENDS = 'EXAM_BEFORE_COURSE_ENDS', // P4
  LABELS_OFF_PAGE = 'LABELS_OFF_PAGE', // P5: the labels do not lie on an A4 page, or it starts at none of them
  NOBODY_TO_NAME = 'NOBODY_TO_NAME', // P6: nobody is enrolled, has completed the course, or may still try this part
  ONLY_ON_PAPER = 'ONLY_ON_PAPER', // P7
}

/** What is said about a paper when it is ordered. Millimetres and whole minutes. */
export interface PaperDetails {
  /** Without colours, for a laser printer. */
  grey: boolean;
  /** Left out of orders that are older than the choice: a PDF. */
  format?: PaperFormat;
  /** A day of the month it is about; null for the whole course. */
  month: string | null;
  sitting: { part: ExamPart; day: string; startMinute: number; place: string } | null;
  letter: {
    number: string | null;
    day: string;
    attachments: string | null;
    addressee: LetterAddressee;
    request: string;
    reason: string;
  } | null;
  labels: {
    columns: number;
    rows: number;
    widthMm: number;
    heightMm: number;
    topMm: number;
    rightMm: number;
    columnGapMm: number;
    rowGapMm: number;
    start: number;
  } | null;
}

export enum LetterAddressee {
  INSTITUTE = 'INSTITUTE',
  TRAINER = 'TRAINER',
}

const { APPROVED, RUNNING, FINISHED, CLOSED, CANCELLED } = Status;

/** Rule P1: when there is something to put on each paper. */
const statesFor: Record<PaperKind, readonly Status[]> = {
  ATTENDANCE_SHEET: [APPROVED, RUNNING],
  ATTENDANCE_REPORT: [APPROVED, RUNNING, FINISHED, CLOSED],
  CLASS_LIST: [APPROVED, RUNNING, FINISHED, CLOSED],
  EXAM_LIST: [FINISHED],
  EXAM_CARDS: [FINISHED],
  COMPLETION_NOTICES: [FINISHED, CLOSED],
  LETTER_OF_THANKS: [FINISHED, CLOSED],
  LETTER_OF_REFUSAL: [APPROVED, RUNNING, FINISHED, CLOSED, CANCELLED],
  LABELS: [APPROVED, RUNNING, FINISHED, CLOSED],
};

export const isPaperOf = (status: Status, kind: PaperKind): boolean => statesFor[kind].includes(status);

/** Rule P2: what must be told about each paper. */
function isTold(kind: PaperKind, { sitting, letter, labels }: PaperDetails): boolean {
  switch (kind) {
    case PaperKind.EXAM_LIST:
    case PaperKind.EXAM_CARDS:
      return sitting !== null;
    case PaperKind.LETTER_OF_THANKS:
      return letter !== null;
    case PaperKind.LETTER_OF_REFUSAL:
      return letter !== null && letter.request !== '' && letter.reason !== '';
    case PaperKind.LABELS:
      return labels !== null;
    case PaperKind.ATTENDANCE_SHEET:
    case PaperKind.ATTENDANCE_REPORT:
    case PaperKind.CLASS_LIST:
    case PaperKind.COMPLETION_NOTICES:
      return true;
  }
}

const NAMES_PEOPLE: readonly PaperKind[] = [
  PaperKind.EXAM_LIST,
  PaperKind.EXAM_CARDS,
  PaperKind.COMPLETION_NOTICES,
  PaperKind.LABELS,
];

/** What is known of the run when a paper is ordered. */
export interface PaperFacts {
  status: Status;
  endsOn: string;
  /** Sessions that the paper would be about. */
  sessionCount: number;
  /** People whom the paper would name. */
  personCount: number;
}

/** The first rule that stands against a paper. */
export function refusePaper(kind: PaperKind, details: PaperDetails, facts: PaperFacts): PaperRefusal | null {
  if (!isPaperOf(facts.status, kind)) return PaperRefusal.NOT_IN_THIS_STATE;
  if (!isTold(kind, details)) return PaperRefusal.DETAILS_MISSING;
  if (kind !== PaperKind.ATTENDANCE_REPORT && (details.format ?? PaperFormat.PDF) !== PaperFormat.PDF)
    return PaperRefusal.ONLY_ON_PAPER;
  if (details.month && facts.sessionCount === 0) return PaperRefusal.NO_SESSION_IN_MONTH;
  if (details.sitting && details.sitting.day < facts.endsOn) return PaperRefusal.EXAM_BEFORE_COURSE_ENDS;
  if (details.labels && !isOnPage(details.labels)) return PaperRefusal.LABELS_OFF_PAGE;
  if (NAMES_PEOPLE.includes(kind) && facts.personCount === 0) return PaperRefusal.NOBODY_TO_NAME;
  return null;
}

const A4 = { widthMm: 210, heightMm: 297 };

function isOnPage(labels: NonNullable<PaperDetails['labels']>): boolean {
  const { columns, rows, widthMm, heightMm, topMm, rightMm, columnGapMm, rowGapMm, start } = labels;
  const across = rightMm + columns * widthMm + (columns - 1) * columnGapMm;
  const down = topMm + rows * heightMm + (rows - 1) * rowGapMm;
  return across <= A4.widthMm && down <= A4.heightMm && start <= columns * rows;
}

/** Who has completed the course: all is entered, and the absence is within the limits the run began with. */
export function hasCompleted(
  absence: { plannedMinutes: number; excusedMinutes: number; unexcusedMinutes: number; notEnteredMinutes: number },
  limits: Pick<AttendanceRules, 'unexcusedLimitPercent' | 'totalLimitPercent'>,
): boolean {
  const { plannedMinutes, excusedMinutes, unexcusedMinutes, notEnteredMinutes } = absence;
  const within = (minutes: number, percent: number) => minutes * 100 <= plannedMinutes * percent;
  return (
    notEnteredMinutes === 0 &&
    within(unexcusedMinutes, limits.unexcusedLimitPercent) &&
    within(unexcusedMinutes + excusedMinutes, limits.totalLimitPercent)
  );
}
