import { daysBetween } from '@app/persian';
import { CourseRunStatus as Status } from './course-run.entity.js';
import type { PlannedSession, PlanRefusal, TakenTime } from '../session/session.rules.js';

const { APPROVED, RUNNING, FINISHED, CLOSED, CANCELLED } = Status;

/** The moves of a course run. A move that is not here is refused; what is CLOSED or CANCELLED stays so. */
const moves: Record<Status, readonly Status[]> = {
  APPROVED: [RUNNING, CANCELLED],
  RUNNING: [FINISHED, CANCELLED],
  FINISHED: [CLOSED],
  CLOSED: [],
  CANCELLED: [],
};

export const mayMove = (from: Status, to: Status): boolean => moves[from].includes(to);

/** What can be done to a course run. */
export enum CourseRunAction {
  ENROL = 'ENROL', // enrol, withdraw, hand in a class list
  MARK_ATTENDANCE = 'MARK_ATTENDANCE',
  REQUEST_ATTENDANCE_REPORT = 'REQUEST_ATTENDANCE_REPORT',
  FINISH = 'FINISH',
  ENTER_EXAM_MARKS = 'ENTER_EXAM_MARKS',
  CANCEL = 'CANCEL',
}

/** In which states each thing can be done. */
const statesFor: Record<CourseRunAction, readonly Status[]> = {
  ENROL: [APPROVED, RUNNING],
  MARK_ATTENDANCE: [APPROVED, RUNNING],
  REQUEST_ATTENDANCE_REPORT: [APPROVED, RUNNING, FINISHED, CLOSED],
  FINISH: [RUNNING],
  ENTER_EXAM_MARKS: [FINISHED],
  CANCEL: [APPROVED, RUNNING],
};

export const allows = (status: Status, action: CourseRunAction): boolean => statesFor[action].includes(status);

/** Why a course run cannot be opened: rules R1-R11 and, of the timetable, S1-S4 of the training README. */
export enum CourseRunRefusal {
  START_OUT_OF_RANGE = 'START_OUT_OF_RANGE', // R1: more than a year ago (a late entry) or more than a year ahead
  NO_HOURS_KNOWN = 'NO_HOURS_KNOWN', // S1
  DAY_TOO_LONG = 'DAY_TOO_LONG', // S2
  NO_OPEN_DAY = 'NO_OPEN_DAY', // S3
  TOO_MANY_SESSIONS = 'TOO_MANY_SESSIONS', // S4
  FIELD_NOT_LICENSED = 'FIELD_NOT_LICENSED', // R2: the licence does not name the standard's field
  LICENCE_NOT_BEGUN = 'LICENCE_NOT_BEGUN', // R3: the licence was issued after the first session
  LICENCE_EXPIRED = 'LICENCE_EXPIRED', // R3: the licence ends before the last session
  TRAINER_NOT_APPOINTED = 'TRAINER_NOT_APPOINTED', // R4: no appointment for this standard, here, through the last day
  TRAINER_CARD_EXPIRED = 'TRAINER_CARD_EXPIRED', // R5: the card ends before the last session
  ROOM_TOO_SMALL = 'ROOM_TOO_SMALL', // R6
  ENROLMENT_CLOSES_WRONG = 'ENROLMENT_CLOSES_WRONG', // R7: before today, or after both today and the last session
  ROOM_TAKEN = 'ROOM_TAKEN', // R8
  TRAINER_TAKEN = 'TRAINER_TAKEN', // R9
  NOT_IN_THIS_STATE = 'NOT_IN_THIS_STATE', // R10: the move is not in the table
  SESSIONS_LEFT = 'SESSIONS_LEFT', // R11: a run with sessions that are still to come is not finished
}

/** A reason, with the day it is about and the run that stands in the way. */
export interface RefusedRun {
  reason: CourseRunRefusal;
  day: string | null;
  runNumber: string | null;
}

/** How far from today a run may begin: a run is entered late when papers come late. */
const DAYS_OFF = 366;

const later = (a: string, b: string): string => (a > b ? a : b);

/** Enrolment is open until the first day unless the office says otherwise; for a run entered late, today. */
export const enrolmentCloses = (startsOn: string, today: string): string => later(startsOn, today);

/** What is known when a course run is to be opened. */
export interface OpeningFacts {
  today: string;
  startsOn: string;
  enrolmentClosesOn: string;
  capacity: number;
  plan: { refusal: PlanRefusal | null; sessions: readonly PlannedSession[] };
  fieldLicensed: boolean;
  licenceIssuedOn: string;
  licenceExpiresOn: string;
  /** Of the trainer's appointments for this standard in this institute. */
  appointments: readonly { startsOn: string; endsOn: string }[];
  cardExpiresOn: string;
  roomCapacity: number;
  roomClash: TakenTime | null;
  trainerClash: TakenTime | null;
}

/**
 * Every rule that stands against opening a course run, in the order a person would mend them: the timetable, the
 * papers, the numbers, and last what other runs have taken. Empty when it may open.
 */
export function refuseOpening(facts: OpeningFacts): RefusedRun[] {
  const { plan, startsOn } = facts;
  const refused: RefusedRun[] = [];
  const because = (reason: CourseRunRefusal, day: string | null = null, runNumber: string | null = null) =>
    refused.push({ reason, day, runNumber });

  if (Math.abs(daysBetween(facts.today, startsOn)) > DAYS_OFF) because(CourseRunRefusal.START_OUT_OF_RANGE);
  if (plan.refusal) because(CourseRunRefusal[plan.refusal]);
  if (!facts.fieldLicensed) because(CourseRunRefusal.FIELD_NOT_LICENSED);
  // Without sessions the last day is not known; what is over on the first day is over in any case.
  const firstDay = plan.sessions[0]?.day ?? startsOn;
  const lastDay = plan.sessions.at(-1)?.day ?? startsOn;
  if (facts.licenceIssuedOn > firstDay) because(CourseRunRefusal.LICENCE_NOT_BEGUN, facts.licenceIssuedOn);
  if (facts.licenceExpiresOn < lastDay) because(CourseRunRefusal.LICENCE_EXPIRED, facts.licenceExpiresOn);
  if (!facts.appointments.some((appointment) => appointment.startsOn <= firstDay && appointment.endsOn >= lastDay))
    because(CourseRunRefusal.TRAINER_NOT_APPOINTED);
  if (facts.cardExpiresOn < lastDay) because(CourseRunRefusal.TRAINER_CARD_EXPIRED, facts.cardExpiresOn);
  if (facts.capacity > facts.roomCapacity) because(CourseRunRefusal.ROOM_TOO_SMALL);
  if (facts.enrolmentClosesOn < facts.today || facts.enrolmentClosesOn > later(facts.today, lastDay))
    because(CourseRunRefusal.ENROLMENT_CLOSES_WRONG, later(facts.today, lastDay));
  if (facts.roomClash) because(CourseRunRefusal.ROOM_TAKEN, facts.roomClash.day, facts.roomClash.runNumber);
  if (facts.trainerClash) because(CourseRunRefusal.TRAINER_TAKEN, facts.trainerClash.day, facts.trainerClash.runNumber);
  return refused;
}

/** `15-1405-00012`: the province, the Jalali year the run begins in, and its place among the runs of both. */
export const runNumber = (provinceCode: string, jalaliYear: number, place: number): string =>
  `${provinceCode}-${jalaliYear}-${String(place).padStart(5, '0')}`;
