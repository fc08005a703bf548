import { certificateNameRetention, STOCK_PRINT_DOCUMENT } from '@app/certification';
import type { Database, FileStore } from '@app/platform';
import { referralRetention } from '@app/referral';
import {
  contactRetention,
  type Eraser,
  keptFrom,
  paperRetention,
  RetentionRule,
  type RetentionSubject,
} from '@app/training';

/** In this order: what harms most when it is known goes first. */
const erasers: Eraser[] = [
  referralRetention,
  contactRetention,
  paperRetention(STOCK_PRINT_DOCUMENT),
  certificateNameRetention,
];

/** What the rules say about one subject today. */
export interface RetentionLine {
  subject: RetentionSubject;
  /** The first day that is still kept; null when no rule has begun, and nothing is erased. */
  keptFrom: string | null;
  /** Rows that are due, or that were erased. */
  rows: number;
}

/** What the rules would erase today. Changes nothing. */
export const retentionDue = (db: Database, today: string): Promise<RetentionLine[]> =>
  byRule(db, today, (eraser, before) => db.read((tx) => eraser.due(tx, before)));

/** Erases what the rules say. Run again, late or after a kill, it goes on with what is left. */
export const eraseByRule = (db: Database, files: FileStore, today: string): Promise<RetentionLine[]> =>
  byRule(db, today, (eraser, before) => eraser.erase(db, files, before));

async function byRule(db: Database, today: string, rowsOf: (eraser: Eraser, before: string) => Promise<number>) {
  const rules = await db.read((tx) => tx.repo(RetentionRule).find());
  const lines: RetentionLine[] = [];
  for (const eraser of erasers) {
    const before = keptFrom(rules, eraser.subject, today);
    const rows = before === null ? 0 : await rowsOf(eraser, before);
    lines.push({ subject: eraser.subject, keptFrom: before, rows });
  }
  return lines;
}
