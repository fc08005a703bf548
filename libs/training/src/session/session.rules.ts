import { addDays, isoWeekday } from '@app/persian';
import { type ClosedDays, type Closure, isClosed } from '../calendar/calendar.rules.js';

/** When a class meets. Times are minutes since midnight, weekdays ISO 1 Monday to 7 Sunday. */
export interface Timetable {
  startsOn: string;
  weekdays: readonly number[];
  startMinute: number;
  endMinute: number;
}

export interface PlannedSession {
  ordinal: number;
  day: string;
  startMinute: number;
  endMinute: number;
}

/** A day of the timetable on which nothing is held. A predicted or estimated holiday may still move. */
export type SkippedDay = Closure & { day: string };

/** Why no sessions can be laid out: rules S1-S4 of the training README. */
export enum PlanRefusal {
  NO_HOURS_KNOWN = 'NO_HOURS_KNOWN', // S1: the standard says no theory and practice minutes for that day
  DAY_TOO_LONG = 'DAY_TOO_LONG', // S2: more than eight class hours a day
  NO_OPEN_DAY = 'NO_OPEN_DAY', // S3: every weekday asked for is closed
  TOO_MANY_SESSIONS = 'TOO_MANY_SESSIONS', // S4: the days are too short for the standard's minutes
}

export interface SessionPlan {
  refusal: PlanRefusal | null;
  sessions: PlannedSession[];
  skipped: SkippedDay[];
}

const MOST_SESSIONS = 400;
const MOST_MINUTES_A_DAY = 480;

/**
 * Lays out sessions on the open days of a timetable until the planned minutes are reached exactly; the last session
 * may be shorter.
 *
 * @returns the sessions with the days left out between them; or the reason why there are none
 */
export function planSessions(plannedMinutes: number, timetable: Timetable, closed: ClosedDays): SessionPlan {
  const refusal = refusePlan(plannedMinutes, timetable, closed);
  if (refusal) return { refusal, sessions: [], skipped: [] };

  const { startsOn, weekdays, startMinute, endMinute } = timetable;
  const sessions: PlannedSession[] = [];
  const skipped: SkippedDay[] = [];
  for (let day = startsOn, left = plannedMinutes; left > 0; day = addDays(day, 1)) {
    if (!weekdays.includes(isoWeekday(day))) continue;
    const closure = isClosed(day, closed);
    if (closure) {
      skipped.push({ day, ...closure });
      continue;
    }
    if (sessions.length === MOST_SESSIONS) return { refusal: PlanRefusal.TOO_MANY_SESSIONS, sessions: [], skipped: [] };
    const length = Math.min(left, endMinute - startMinute);
    sessions.push({ ordinal: sessions.length + 1, day, startMinute, endMinute: startMinute + length });
    left -= length;
  }
  return { refusal: null, sessions, skipped };
}

function refusePlan(plannedMinutes: number, timetable: Timetable, closed: ClosedDays): PlanRefusal | null {
  if (plannedMinutes <= 0) return PlanRefusal.NO_HOURS_KNOWN;
  if (timetable.endMinute - timetable.startMinute > MOST_MINUTES_A_DAY) return PlanRefusal.DAY_TOO_LONG;
  if (timetable.weekdays.every((weekday) => closed.weekdays.includes(weekday))) return PlanRefusal.NO_OPEN_DAY;
  return null;
}

/** A session that stands already, with the number of its run. */
export interface TakenTime {
  day: string;
  startMinute: number;
  endMinute: number;
  runNumber: string;
}

/** The first of the taken times that overlaps a planned session. Times that only touch do not overlap. */
export function firstClash(sessions: readonly PlannedSession[], taken: readonly TakenTime[]): TakenTime | null {
  const byDay = new Map(sessions.map((session) => [session.day, session]));
  const clashes = taken.filter(({ day, startMinute, endMinute }) => {
    const session = byDay.get(day);
    return session !== undefined && startMinute < session.endMinute && endMinute > session.startMinute;
  });
  return clashes.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.startMinute - b.startMinute))[0] ?? null;
}
