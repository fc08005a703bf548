import type { Reads } from '@app/platform';
import { SessionStatus } from '../session/session.entity.js';
import type { AttendanceStatus } from './attendance.entity.js';
import type { AttendanceTally } from './attendance.rules.js';

/** The marks of a run summed up by enrolment and status, in one statement. Cancelled sessions count for nobody. */
export async function talliesOf(tx: Reads, runId: string): Promise<Map<string, AttendanceTally[]>> {
  const rows = await tx.query<{
    enrolmentId: string;
    status: AttendanceStatus;
    sessionMinutes: number | string;
    presentMinutes: number | string;
  }>(
    `SELECT m.enrolmentId, m.status, SUM(s.endMinute - s.startMinute) AS sessionMinutes,
            SUM(m.presentMinutes) AS presentMinutes
     FROM attendance_mark m JOIN session s ON s.id = m.sessionId
     WHERE m.runId = ? AND s.status <> ? GROUP BY m.enrolmentId, m.status`,
    [runId, SessionStatus.CANCELLED],
  );
  const tallies = new Map<string, AttendanceTally[]>();
  for (const { enrolmentId, status, sessionMinutes, presentMinutes } of rows) {
    // MariaDB sums into decimals, which come as text.
    const tally = { status, sessionMinutes: Number(sessionMinutes), presentMinutes: Number(presentMinutes) };
    tallies.set(enrolmentId, [...(tallies.get(enrolmentId) ?? []), tally]);
  }
  return tallies;
}
