import type { DataSource } from 'typeorm';

/** The few places where SQLite and MariaDB/MySQL must be told differently. */
export interface Dialect {
  readonly name: 'sqlite' | 'mariadb';
  /** The database's own clock, UTC with milliseconds: leases do not trust the clocks of many machines. */
  readonly now: string;
  inMilliseconds(milliseconds: number): string;
  /** What ends a SELECT whose rows are held until the commit. SQLite has no row locks and needs none: its units run one by one. */
  readonly forUpdate: string;
  /** The same, for rows that several may hold at once while nobody changes them. */
  readonly forShare: string;
  readonly insertIgnore: string;
  /** What follows the VALUES of an insert that overwrites the row of the same key. */
  onConflict(keyColumns: string[], assignments: string[]): string;
  /** The value that was to be inserted, in an assignment of `onConflict`. */
  incoming(column: string): string;
}

const sqlite: Dialect = {
  name: 'sqlite',
  now: "strftime('%Y-%m-%d %H:%M:%f','now')",
  inMilliseconds: (ms) => `strftime('%Y-%m-%d %H:%M:%f','now','${(whole(ms) / 1000).toFixed(3)} seconds')`,
  forUpdate: '',
  forShare: '',
  insertIgnore: 'INSERT OR IGNORE',
  onConflict: (keys, assignments) => `ON CONFLICT (${keys.join(', ')}) DO UPDATE SET ${assignments.join(', ')}`,
  incoming: (column) => `excluded.${column}`,
};

const mariadb: Dialect = {
  name: 'mariadb',
  now: 'UTC_TIMESTAMP(3)',
  inMilliseconds: (ms) => `UTC_TIMESTAMP(3) + INTERVAL ${whole(ms) * 1000} MICROSECOND`,
  forUpdate: ' FOR UPDATE',
  forShare: ' LOCK IN SHARE MODE',
  insertIgnore: 'INSERT IGNORE',
  onConflict: (_, assignments) => `ON DUPLICATE KEY UPDATE ${assignments.join(', ')}`,
  incoming: (column) => `VALUES(${column})`,
};

const whole = (n: number): number => Math.round(n);

export const isEmbedded = (dataSource: DataSource): boolean => dataSource.options.type === 'better-sqlite3';

export const dialectOf = (dataSource: DataSource): Dialect => (isEmbedded(dataSource) ? sqlite : mariadb);

/** An instant as a hand-written statement returns it: a text on SQLite, a date on MariaDB. */
export const asInstant = (value: unknown): Date =>
  value instanceof Date ? value : new Date(`${String(value).replace(' ', 'T')}Z`);
