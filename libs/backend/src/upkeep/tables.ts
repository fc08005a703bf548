import { createHash } from 'node:crypto';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { asInstant, isEmbedded } from '@app/platform';

/*
 * Tables as the database itself knows them. A backup before a migration is made by a version whose entities are ahead
 * of the tables, so the entities are not asked.
 */

export type Value = string | number | boolean | null;
export type RawRow = Record<string, Value>;
/** Runs one statement on one connection; `?` stands for a parameter. */
export type Query = (sql: string, parameters?: unknown[]) => Promise<Record<string, unknown>[]>;

type Kind = 'plain' | 'flag' | 'instant';

export interface TableShape {
  name: string;
  /** In the order of their names, so that both engines write the same text. */
  columns: { name: string; kind: Kind }[];
  /** The columns of the primary key, in its order. */
  key: string[];
}

/** A foreign key: `table.column` names a row of `parent` by its id. */
interface Reference {
  table: string;
  column: string;
  parent: string;
}

/** TypeORM's own list of what has run; written by running the migrations, not by a backup. */
const HISTORY = 'migrations';
const ROWS_A_PAGE = 500;
const ROWS_A_STATEMENT = 250;

/** One connection to a database whose tables are copied, filled or dropped whole. */
export class Tables {
  constructor(
    private readonly dataSource: DataSource,
    readonly query: Query,
  ) {}

  /** Every table but the history, in the order of their names. */
  async shapes(): Promise<TableShape[]> {
    const columns = (await this.query(
      isEmbedded(this.dataSource)
        ? `SELECT t.name AS tableName, c.name AS name, c.type AS type, c.pk AS pk
           FROM sqlite_master t JOIN pragma_table_info(t.name) c
           WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'`
        : `SELECT c.TABLE_NAME AS tableName, c.COLUMN_NAME AS name, c.DATA_TYPE AS type, COALESCE(k.ORDINAL_POSITION, 0) AS pk
           FROM information_schema.COLUMNS c
           LEFT JOIN information_schema.KEY_COLUMN_USAGE k ON k.CONSTRAINT_NAME = 'PRIMARY' AND k.TABLE_SCHEMA = c.TABLE_SCHEMA
             AND k.TABLE_NAME = c.TABLE_NAME AND k.COLUMN_NAME = c.COLUMN_NAME
           WHERE c.TABLE_SCHEMA = DATABASE()`,
    )) as { tableName: string; name: string; type: string; pk: number }[];
    const names = [...new Set(columns.map(({ tableName }) => tableName))].sort();
    return names
      .filter((name) => name !== HISTORY)
      .map((name) => {
        const own = columns.filter(({ tableName }) => tableName === name);
        const key = own.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
        return {
          name,
          columns: own.map((c) => ({ name: c.name, kind: kindOf(c.type) })).sort((a, b) => (a.name < b.name ? -1 : 1)),
          key: key.map((c) => c.name),
        };
      });
  }

  async isEmpty(): Promise<boolean> {
    return (await this.shapes()).length === 0;
  }

  /** Whether any table holds a row. */
  async holdRows(): Promise<boolean> {
    for (const { name } of await this.shapes())
      if ((await this.query(`SELECT 1 FROM ${this.quoted(name)} LIMIT 1`)).length > 0) return true;
    return false;
  }

  /** One table, or undefined when there is none of this name. */
  async shape(table: string): Promise<TableShape | undefined> {
    return (await this.shapes()).find(({ name }) => name === table);
  }

  /** The migrations that have run, oldest first. */
  async history(): Promise<string[]> {
    const rows = (await this.query(`SELECT name FROM ${HISTORY} ORDER BY id`)) as { name: string }[];
    return rows.map(({ name }) => name);
  }

  /** All rows in the order of the key, a page at a time, as they are stored: sealed values stay sealed. */
  async *pages({ name, columns, key }: TableShape): AsyncGenerator<RawRow[]> {
    const selected = columns.map((c) => this.quoted(c.name)).join(', ');
    const order = key.map((c) => this.quoted(c)).join(', ');
    const from = `SELECT ${selected} FROM ${this.quoted(name)}`;
    let last: Record<string, unknown> | undefined;
    do {
      const values = last && key.map((column) => last?.[column]);
      const where = values ? `WHERE ${this.quoted(key[0] ?? '')} >= ? AND ${this.after(key)}` : '';
      const parameters = values ? [values[0], ...afterParameters(values)] : [];
      const rows = await this.query(`${from} ${where} ORDER BY ${order} LIMIT ${ROWS_A_PAGE}`, parameters);
      last = rows.length === ROWS_A_PAGE ? rows.at(-1) : undefined;
      if (rows.length > 0)
        yield rows.map((row) => Object.fromEntries(columns.map((c) => [c.name, encode(c.kind, row[c.name])])));
    } while (last);
  }

  /** How many rows there are, and one hash over all of them: equal on both engines when the rows are equal. */
  async fingerprint(shape: TableShape): Promise<{ rows: number; sha256: string }> {
    const hash = createHash('sha256');
    let rows = 0;
    for await (const page of this.pages(shape)) {
      hash.update(ndjson(page));
      rows += page.length;
    }
    return { rows, sha256: hash.digest('hex') };
  }

  async insert({ name, columns }: TableShape, rows: RawRow[]): Promise<void> {
    const names = columns.map((c) => this.quoted(c.name)).join(', ');
    const marks = `(${columns.map(() => '?').join(', ')})`;
    await this.query(isEmbedded(this.dataSource) ? 'BEGIN IMMEDIATE' : 'START TRANSACTION');
    try {
      for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) {
        const block = rows.slice(from, from + ROWS_A_STATEMENT);
        await this.query(
          `INSERT INTO ${this.quoted(name)} (${names}) VALUES ${block.map(() => marks).join(', ')}`,
          block.flatMap((row) => columns.map((c) => decode(c.kind, row[c.name]))),
        );
      }
      await this.query('COMMIT');
    } catch (error) {
      await this.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  /** Removes every row of every table but the history. */
  async empty(): Promise<void> {
    for (const { name } of await this.shapes()) await this.query(`DELETE FROM ${this.quoted(name)}`);
  }

  /** Removes every table. */
  async drop(): Promise<void> {
    for (const { name } of await this.shapes()) await this.query(`DROP TABLE ${this.quoted(name)}`);
    await this.query(`DROP TABLE IF EXISTS ${HISTORY}`);
  }

  /** The foreign keys that some row breaks. */
  async broken(): Promise<string[]> {
    const references = (await this.query(
      isEmbedded(this.dataSource)
        ? `SELECT t.name AS "table", f."from" AS "column", f."table" AS parent
           FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table'`
        : `SELECT TABLE_NAME AS \`table\`, COLUMN_NAME AS \`column\`, REFERENCED_TABLE_NAME AS parent
           FROM information_schema.KEY_COLUMN_USAGE
           WHERE TABLE_SCHEMA = DATABASE() AND REFERENCED_TABLE_NAME IS NOT NULL`,
    )) as unknown as Reference[];
    const broken: string[] = [];
    for (const { table, column, parent } of references) {
      const of = `c.${this.quoted(column)}`;
      const rows = await this.query(
        `SELECT 1 FROM ${this.quoted(table)} c LEFT JOIN ${this.quoted(parent)} p ON p.id = ${of}
         WHERE ${of} IS NOT NULL AND p.id IS NULL LIMIT 1`,
      );
      if (rows.length > 0) broken.push(`${table}.${column}`);
    }
    return broken;
  }

  /** `(a > ? OR (a = ? AND (b > ?)))`: behind the last row of the page before. */
  private after([first = '', ...rest]: string[]): string {
    const column = this.quoted(first);
    return rest.length === 0 ? `(${column} > ?)` : `(${column} > ? OR (${column} = ? AND ${this.after(rest)}))`;
  }

  private quoted(name: string): string {
    return this.dataSource.driver.escape(name);
  }
}

const afterParameters = ([first, ...rest]: unknown[]): unknown[] =>
  rest.length === 0 ? [first] : [first, first, ...afterParameters(rest)];

function kindOf(type: string): Kind {
  if (type.startsWith('datetime')) return 'instant';
  return type === 'boolean' || type === 'tinyint' ? 'flag' : 'plain';
}

function encode(kind: Kind, value: unknown): Value {
  if (value === null || value === undefined) return null;
  if (kind === 'flag') return Boolean(value);
  if (kind === 'instant') return asInstant(value).toISOString();
  return value as Value;
}

function decode(kind: Kind, value: Value | undefined): Value {
  if (value === null || value === undefined) return null;
  if (kind === 'flag') return value ? 1 : 0;
  if (kind === 'instant') return String(value).replace('T', ' ').replace('Z', '');
  return value;
}

/** One row a line. */
export const ndjson = (rows: RawRow[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

/**
 * One view of all tables as they are now, however long the work takes; nobody waits for it. On MariaDB by a snapshot;
 * on SQLite by a read transaction on a connection of its own, beside the one whose units take turns.
 */
export async function inSnapshot<R>(dataSource: DataSource, work: (tables: Tables) => Promise<R>): Promise<R> {
  if (isEmbedded(dataSource)) {
    const beside = await new DataSource({
      ...dataSource.options,
      entities: [],
      migrations: [],
    } as DataSourceOptions).initialize();
    try {
      await beside.query('BEGIN');
      return await work(new Tables(beside, (sql, parameters) => beside.query(sql, parameters)));
    } finally {
      await beside.destroy();
    }
  }
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    await runner.query('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY');
    return await work(new Tables(dataSource, (sql, parameters) => runner.query(sql, parameters)));
  } finally {
    await runner.query('ROLLBACK').catch(() => undefined);
    await runner.release();
  }
}

/** Works on tables as they are now, statement by statement, beside what else goes on. */
export const withConnection = <R>(dataSource: DataSource, work: (tables: Tables) => Promise<R>): Promise<R> =>
  work(new Tables(dataSource, (sql, parameters) => dataSource.query(sql, parameters)));

/**
 * Works on whole tables with the foreign keys asleep: rows may come in any order, also those that refer to their own
 * table. What is loaded must be checked with `broken()`.
 */
export async function withoutReferences<R>(dataSource: DataSource, work: (tables: Tables) => Promise<R>): Promise<R> {
  const embedded = isEmbedded(dataSource);
  const runner = dataSource.createQueryRunner();
  const references = (on: boolean) =>
    runner.query(embedded ? `PRAGMA foreign_keys = ${on ? 'ON' : 'OFF'}` : `SET foreign_key_checks = ${on ? 1 : 0}`);
  await references(false);
  try {
    return await work(new Tables(dataSource, (sql, parameters) => runner.query(sql, parameters)));
  } finally {
    await references(true);
    await runner.release();
  }
}
