import { conditions, type Reads } from '@app/platform';
import { SessionStatus } from '../session/session.entity.js';
import type { AttendanceStatus } from './attendance.entity.js';
import type { AttendanceTally } from './attendance.rules.js';

/** The marks of one run, or of several, summed up by enrolment and status, in one statement. Cancelled sessions count for nobody. */
export async function talliesOf(tx: Reads, runId: string | readonly string[]): Promise<Map<string, AttendanceTally[]>> {
  const runs = conditions('m', { runId });
  const rows = await tx.query<{
    enrolmentId: string;
    status: AttendanceStatus;
    sessionMinutes: number | string;
    presentMinutes: number | string;
  }>(
    `SELECT m.enrolmentId, m.status, SUM(s.endMinute - s.startMinute) AS sessionMinutes,
            SUM(m.presentMinutes) AS presentMinutes
     FROM attendance_mark m JOIN session s ON s.id = m.sessionId
     WHERE ${runs.sql} AND s.status <> ? GROUP BY m.enrolmentId, m.status`,
    [...runs.values, SessionStatus.CANCELLED],
  );
  const tallies = new Map<string, AttendanceTally[]>();
  for (const { enrolmentId, status, sessionMinutes, presentMinutes } of rows) {
    // MariaDB sums into decimals, which come as text.
    const tally = { status, sessionMinutes: Number(sessionMinutes), presentMinutes: Number(presentMinutes) };
    tallies.set(enrolmentId, [...(tallies.get(enrolmentId) ?? []), tally]);
  }
  return tallies;
}
