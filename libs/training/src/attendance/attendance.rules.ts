import type { CourseRun } from '../course-run/course-run.entity.js';
import { allows, CourseRunAction } from '../course-run/course-run.rules.js';
import { type Session, SessionStatus } from '../session/session.entity.js';
import { AttendanceStatus as Status } from './attendance.entity.js';

/** Why a sheet is refused: rules A1-A5 of the training README. Nothing of a refused sheet is written. */
export enum AttendanceRefusal {
  RUN_NOT_MARKED = 'RUN_NOT_MARKED', // A1: the run is finished, closed or cancelled
  SESSION_CANCELLED = 'SESSION_CANCELLED', // A2: it counts for nobody
  BEFORE_SESSION = 'BEFORE_SESSION', // A3: the day of the session has not come
  NOT_ENROLLED = 'NOT_ENROLLED', // A4: a mark for someone who has no seat in this run
  WRONG_MINUTES = 'WRONG_MINUTES', // A5: late and left early ask for minutes, more than none and fewer than all
}

/** Rules A1-A3: whether the sheet of a session may be marked today. */
export function refuseSheet(
  run: Pick<CourseRun, 'status'>,
  session: Pick<Session, 'status' | 'day'>,
  today: string,
): AttendanceRefusal | null {
  if (!allows(run.status, CourseRunAction.MARK_ATTENDANCE)) return AttendanceRefusal.RUN_NOT_MARKED;
  if (session.status === SessionStatus.CANCELLED) return AttendanceRefusal.SESSION_CANCELLED;
  return today < session.day ? AttendanceRefusal.BEFORE_SESSION : null;
}

/** One line of the sheet as it was written down. */
export interface MarkInput {
  enrolmentId: string;
  status: Status;
  presentMinutes?: number | null;
}

/**
 * The minutes that a mark stands for: all when present, none when absent, those written down when late or left early.
 *
 * @returns null when minutes are missing, not inside the session, or contradict the mark (rule A5)
 */
export function presentMinutes(mark: MarkInput, sessionMinutes: number): number | null {
  const given = mark.presentMinutes ?? null;
  switch (mark.status) {
    case Status.PRESENT:
      return given === null || given === sessionMinutes ? sessionMinutes : null;
    case Status.EXCUSED:
    case Status.UNEXCUSED:
      return given === null || given === 0 ? 0 : null;
    case Status.LATE:
    case Status.LEFT_EARLY:
      return given !== null && given > 0 && given < sessionMinutes ? given : null;
  }
}

/** All marks of one enrolment that have the same status, summed up. */
export interface AttendanceTally {
  status: Status;
  sessionMinutes: number;
  presentMinutes: number;
}

/** What is written down of one trainee. Present, excused, unexcused and not entered are the planned minutes. */
export interface AttendanceTotals {
  presentMinutes: number;
  excusedMinutes: number;
  /** With the minutes that were missed by coming late or leaving early (rule A6). */
  unexcusedMinutes: number;
  /** Of all sessions that are not cancelled, those not yet held too. Never shown as present. */
  notEnteredMinutes: number;
  /** Hundredths of a per cent of the planned minutes, rounded half up. */
  presentOfPlanned: number;
  /** Hundredths of a per cent of the minutes held so far; null when nothing was held. */
  presentOfHeld: number | null;
}

/**
 * Sums up one trainee's marks.
 *
 * @param plannedMinutes of the run's sessions that are not cancelled
 * @param heldMinutes    of the sessions that were held
 */
export function attendanceTotals(
  tallies: readonly AttendanceTally[],
  plannedMinutes: number,
  heldMinutes: number,
): AttendanceTotals {
  const sum = (of: (tally: AttendanceTally) => number) => tallies.reduce((total, tally) => total + of(tally), 0);
  const present = sum((tally) => tally.presentMinutes);
  const excused = sum(({ status, sessionMinutes }) => (status === Status.EXCUSED ? sessionMinutes : 0));
  const entered = sum((tally) => tally.sessionMinutes);
  return {
    presentMinutes: present,
    excusedMinutes: excused,
    unexcusedMinutes: entered - present - excused,
    notEnteredMinutes: plannedMinutes - entered,
    presentOfPlanned: hundredths(present, plannedMinutes),
    presentOfHeld: heldMinutes > 0 ? hundredths(present, heldMinutes) : null,
  };
}

/** A share in hundredths of a per cent, rounded half up, in whole numbers all the way. */
const hundredths = (part: number, whole: number): number =>
  whole > 0 ? Math.floor((2 * part * 10_000 + whole) / (2 * whole)) : 0;
