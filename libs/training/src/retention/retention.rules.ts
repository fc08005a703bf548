import type { Database, FileStore, Reads } from '@app/platform';
import type { RetentionRule, RetentionSubject } from './retention-rule.entity.js';

/** How one subject is erased. What is due is erased in blocks, each whole; run again, it goes on with what is left. */
export interface Eraser {
  subject: RetentionSubject;
  /** How many rows are due. @param before the first day that is still kept, `YYYY-MM-DD`, Gregorian */
  due(tx: Reads, before: string): Promise<number>;
  /** Erases what is due, with an event for each row, and tells how many that were. */
  erase(db: Database, files: FileStore, before: string): Promise<number>;
}

/** P3: the first day that is still kept; null when no rule has begun. */
export function keptFrom(
  rules: readonly Pick<RetentionRule, 'subject' | 'effectiveFrom' | 'months'>[],
  subject: RetentionSubject,
  today: string,
): string | null {
  const [rule] = rules
    .filter((one) => one.subject === subject && one.effectiveFrom <= today)
    .sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1));
  return rule ? monthsBefore(today, rule.months) : null;
}

/** The same day of an earlier month, or its last day when it has no such day. */
function monthsBefore(day: string, months: number): string {
  const [year, month, dayOfMonth] = day.split('-').map(Number) as [number, number, number];
  const first = new Date(Date.UTC(year, month - 1 - months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(dayOfMonth, last));
  return first.toISOString().slice(0, 10);
}
