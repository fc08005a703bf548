import { conditions, type Reads } from '@app/platform';
import { SessionStatus } from '../session/session.entity.js';
import type { AttendanceStatus } from './attendance.entity.js';
import type { AttendanceTally } from './attendance.rules.js';

/** The marks of one run, or of several, summed up by enrolment and status, in one statement. Cancelled sessions count for nobody. */
export const talliesOf = (tx: Reads, runId: string | readonly string[]): Promise<Map<string, AttendanceTally[]>> =>
  tallies(tx, { runId });

/** The same of some enrolments in some runs. */
export async function tallies(
  tx: Reads,
  where: { runId: string | readonly string[]; enrolmentId?: readonly string[] },
): Promise<Map<string, AttendanceTally[]>> {
  const marks = conditions('m', where);
  const rows = await tx.query<{
    enrolmentId: string;
    status: AttendanceStatus;
    sessionMinutes: number | string;
    presentMinutes: number | string;
  }>(
    `SELECT m.enrolmentId, m.status, SUM(s.endMinute - s.startMinute) AS sessionMinutes,
            SUM(m.presentMinutes) AS presentMinutes
     FROM attendance_mark m JOIN session s ON s.id = m.sessionId
     WHERE ${marks.sql} AND s.status <> ? GROUP BY m.enrolmentId, m.status`,
    [...marks.values, SessionStatus.CANCELLED],
  );
  const summed = new Map<string, AttendanceTally[]>();
  for (const { enrolmentId, status, sessionMinutes, presentMinutes } of rows) {
    // MariaDB sums into decimals, which come as text.
    const tally = { status, sessionMinutes: Number(sessionMinutes), presentMinutes: Number(presentMinutes) };
    summed.set(enrolmentId, [...(summed.get(enrolmentId) ?? []), tally]);
  }
  return summed;
}
