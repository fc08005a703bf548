import type { EnumOf } from '../../shared/api/graphql.js';

export type Status = EnumOf<'AttendanceStatus'>;

export interface Mark {
  status: Status;
  /** Minutes of the session the trainee was there; only with late and left early. */
  presentMinutes: number | null;
}

interface SheetRow {
  enrolmentId: string;
  status: Status | null;
  presentMinutes: number | null;
}

/** What was changed since the sheet was opened, by enrolment. */
export type Changes = ReadonlyMap<string, Mark>;

/** What was changed after these changes were sent. */
export const changedSince = (sent: Changes, now: Changes): Changes =>
  new Map([...now].filter(([enrolmentId, mark]) => mark !== sent.get(enrolmentId)));

const isPart = (status: Status): boolean => status === 'LATE' || status === 'LEFT_EARLY';

const saved = ({ status, presentMinutes }: SheetRow): Mark | null =>
  status && { status, presentMinutes: isPart(status) ? presentMinutes : null };

/** True before anybody of the sheet was marked: only then everyone is shown as present, and as not recorded. */
export const isUntouched = (rows: readonly SheetRow[]): boolean => rows.every(({ status }) => status === null);

/** What the screen shows of a row: the change, else what is recorded, else on an untouched sheet present. */
export function markOf(row: SheetRow, changes: Changes, untouched: boolean): Mark | null {
  return changes.get(row.enrolmentId) ?? saved(row) ?? (untouched ? { status: 'PRESENT', presentMinutes: null } : null);
}

/** The mark after a touch: who was present is absent, everyone else is present. */
export const touched = (mark: Mark | null): Mark => ({
  status: mark?.status === 'PRESENT' ? 'UNEXCUSED' : 'PRESENT',
  presentMinutes: null,
});

/** The marks to send: those that are shown and not recorded like this. */
export function marksToSend(rows: readonly SheetRow[], changes: Changes): ({ enrolmentId: string } & Mark)[] {
  const untouched = isUntouched(rows);
  return rows.flatMap((row) => {
    const mark = markOf(row, changes, untouched);
    const before = saved(row);
    const same = mark?.status === before?.status && mark?.presentMinutes === before?.presentMinutes;
    return mark && !same ? [{ enrolmentId: row.enrolmentId, ...mark }] : [];
  });
}

/** How many of the sheet have each status; null counts those who are not entered. */
export function counts(marks: readonly (Mark | null)[]): Record<Status | 'NOT_ENTERED', number> {
  const found = { PRESENT: 0, LATE: 0, LEFT_EARLY: 0, EXCUSED: 0, UNEXCUSED: 0, NOT_ENTERED: 0 };
  for (const mark of marks) found[mark?.status ?? 'NOT_ENTERED']++;
  return found;
}
