import { EnrolmentStatus } from '../enrolment/enrolment.entity.js';
import { EnrolmentRefusal, refuseAgain } from '../enrolment/enrolment.rules.js';
import type { ClassListPerson, ClassListRow, RowRepair } from './class-list.rules.js';
import { ClassListFault, ClassListField } from './class-list-texts.rules.js';

/** Why a class list is not taken, or its people are not enrolled. */
export enum ClassListRefusal {
  RUN_CLOSED = 'RUN_CLOSED', // enrolment rule E1
  NOT_READ = 'NOT_READ', // still being read, or refused: there is nobody to enrol
}

/** What becomes of a row of a class list. */
export enum RowOutcome {
  ACCEPTED = 'ACCEPTED', // will be enrolled by the real run
  ENROLLED = 'ENROLLED',
  REFUSED = 'REFUSED',
}

/** Why a row that could be read gets no seat: enrolment rules E2 to E4. */
const seatFaults = {
  ALREADY_ENROLLED: EnrolmentRefusal.ALREADY_ENROLLED,
  LEFT_BEFORE: EnrolmentRefusal.LEFT_BEFORE,
  RUN_FULL: EnrolmentRefusal.RUN_FULL,
} as const;
type SeatFault = keyof typeof seatFaults;

/** Every reason a row may be refused for. */
export const RowReason = { ...ClassListFault, ...seatFaults };
export type RowReason = ClassListFault | SeatFault;

const seatTexts: Record<SeatFault, [fa: string, en: string]> = {
  ALREADY_ENROLLED: [
    'این شخص در همین دوره ثبت‌نام شده است؛ کار دیگری لازم نیست.',
    'This person is enrolled in this run already; nothing more is needed.',
  ],
  LEFT_BEFORE: [
    'این شخص پیش‌تر از همین دوره بیرون رفته است و دوباره در آن ثبت‌نام نمی‌شود. در دورهٔ دیگری ثبت‌نام کنید.',
    'This person has left this run before and is not enrolled in it again. Enrol them in another run.',
  ],
  RUN_FULL: [
    'ظرفیت دوره پر شده است. از اداره ظرفیت بیشتر بخواهید یا این شخص را در دورهٔ دیگری ثبت‌نام کنید.',
    'The run is full. Ask the office for more seats, or enrol this person in another run.',
  ],
};

export interface ReportRefusal {
  /** Null when no single value is wrong. */
  field: ClassListField | null;
  reason: RowReason;
  messageFa: string;
  messageEn: string;
  duplicateOfRow: number | null;
}

/** One row of the report, as it is kept: who was read, what was repaired, what became of it. */
export interface ReportRow {
  row: number;
  name: string;
  /** Null when the row could not be read as a person. */
  person: ClassListPerson | null;
  repairs: RowRepair[];
  outcome: RowOutcome;
  refusal: ReportRefusal | null;
  /** There is a record of this person already; it is kept as it is. */
  known: boolean;
}

/** What the register and the run say of the people of a list. */
export interface SeatFacts {
  /** National IDs that have a record. */
  known: { has(nationalId: string): boolean };
  /** The earlier enrolment in this run, by national ID. */
  earlier: ReadonlyMap<string, EnrolmentStatus>;
  freeSeats: number;
}

/** The rows as they were read, before anyone looks for seats. */
export const asReport = (rows: readonly ClassListRow[]): ReportRow[] =>
  rows.map((read) => ({
    row: read.row,
    name: read.name,
    repairs: read.repairs,
    known: false,
    person: read.outcome === 'OK' ? read.person : null,
    outcome: read.outcome === 'OK' ? RowOutcome.ACCEPTED : RowOutcome.REFUSED,
    refusal: read.outcome === 'OK' ? null : { duplicateOfRow: null, ...read.refusal },
  }));

/**
 * Gives the free seats to the people of a list in the order of its rows. Looks at every readable row afresh, so that
 * the real run judges by the seats and enrolments of its own time, not by those of the dry run.
 */
export function giveSeats(rows: readonly ReportRow[], { known, earlier, freeSeats }: SeatFacts): ReportRow[] {
  let left = freeSeats;
  return rows.map((row) => {
    if (!row.person) return row;
    const { nationalId } = row.person;
    const again = refuseAgain(earlier.get(nationalId));
    const fault = again ?? (left > 0 ? null : EnrolmentRefusal.RUN_FULL);
    const judged = { ...row, known: known.has(nationalId) };
    if (fault === null) {
      left -= 1;
      return { ...judged, outcome: RowOutcome.ACCEPTED, refusal: null };
    }
    return { ...judged, outcome: RowOutcome.REFUSED, refusal: seatRefusal(seatFaults[fault as SeatFault]) };
  });
}

function seatRefusal(reason: SeatFault): ReportRefusal {
  const [messageFa, messageEn] = seatTexts[reason];
  const field = reason === EnrolmentRefusal.RUN_FULL ? null : ClassListField.NATIONAL_ID;
  return { field, reason, messageFa, messageEn, duplicateOfRow: null };
}
