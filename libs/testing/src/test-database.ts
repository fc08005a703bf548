import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { DataSource, type DataSourceOptions, type FindOptionsWhere, type Logger, type ObjectLiteral } from 'typeorm';
import { openDatabase, serverDatabase } from '@app/backend';
import { BusinessEvent, Clock, Database, type EventIds, Job, JobRegistry, Keys, SYSTEM } from '@app/platform';

/** Counts the statements that reach the database, and keeps their text. */
export class StatementLog implements Logger {
  statements: string[] = [];
  logQuery(statement: string): void {
    this.statements.push(statement);
  }
  logQueryError(): void {}
  logQuerySlow(): void {}
  logSchemaBuild(): void {}
  logMigration(): void {}
  log(): void {}
}

/** Options of a new, empty database: SQLite in a temporary folder; on a MariaDB server when TEST_DATABASE_URL names one. */
export async function emptyDatabase(): Promise<{
  options: DataSourceOptions;
  url: string | undefined;
  drop(): Promise<void>;
}> {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) {
    const folder = await mkdtemp(join(tmpdir(), 'maharat-test-'));
    const options = {
      type: 'better-sqlite3',
      driver: createRequire(import.meta.url)('libsql'),
      database: join(folder, 'maharat.db'),
      enableWAL: true,
      // A spec's data need not outlive a power cut.
      prepareDatabase: (db: { pragma(text: string): void }) => db.pragma('synchronous = OFF'),
    } as DataSourceOptions;
    return { options, url: undefined, drop: async () => rmSync(folder, { recursive: true, force: true }) };
  }
  const { url, drop } = await newServerDatabase();
  return { options: serverDatabase(url, 10), url, drop };
}

/** A new, empty database on the server that TEST_DATABASE_URL names. */
export async function newServerDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) throw new Error('TEST_DATABASE_URL names no server');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  const admin = await new DataSource({
    type: 'mariadb',
    url: server.replace(/\/?$/, '/mysql'),
    poolSize: 1,
  }).initialize();
  await admin.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  return {
    url: url.href,
    async drop() {
      await admin.query(`DROP DATABASE ${name}`);
      await admin.destroy();
    },
  };
}

/** A database of its own for one spec file, made by the migrations and dropped at the end. */
export class TestDatabase {
  readonly statements = new StatementLog();
  readonly jobs = new JobRegistry();
  readonly keys = Keys.random();
  dataSource: DataSource;
  database: Database;
  private drop: () => Promise<void>;

  constructor(private readonly clock: Clock) {}

  async open(): Promise<void> {
    const { options, drop } = await emptyDatabase();
    this.drop = drop;
    this.dataSource = await openDatabase(options, this.statements);
    if (options.type === 'mariadb')
      await this.dataSource.query('SET GLOBAL TRANSACTION ISOLATION LEVEL READ COMMITTED');
    await this.dataSource.runMigrations();
    this.database = new Database(this.dataSource, this.keys, this.jobs, this.clock);
  }

  async close(): Promise<void> {
    await this.dataSource.destroy();
    await this.drop();
  }

  count<T extends ObjectLiteral>(entity: new () => T, where: FindOptionsWhere<T> = {}): Promise<number> {
    return this.database.read((tx) => tx.repo(entity).countBy(where));
  }

  /** What events of this name carried, oldest first. */
  async events(name: string): Promise<EventIds[]> {
    const rows = await this.database.read((tx) =>
      tx.repo(BusinessEvent).find({ where: { name }, order: { id: 'ASC' } }),
    );
    return rows.map(({ payload }) => payload);
  }

  /** Does the work that waits in the job table, by the handlers of `jobs`, until none is left. */
  async runJobs(): Promise<void> {
    for (;;) {
      const [job] = await this.database.read((tx) => tx.repo(Job).find({ order: { id: 'ASC' }, take: 1 }));
      if (!job) return;
      await this.jobs.named(job.name)?.run(job.payload);
      await this.database.write(SYSTEM, (tx) => tx.remove(Job, { id: job.id }));
    }
  }

  /** How many statements some work sends. */
  async statementsOf(work: () => Promise<unknown>): Promise<number> {
    const before = this.statements.statements.length;
    await work();
    return this.statements.statements.length - before;
  }
}

/** Opens a database before the specs of this file and drops it after them. */
export function testDatabase(clock: Clock = new Clock()): TestDatabase {
  const db = new TestDatabase(clock);
  beforeAll(() => db.open(), 60_000);
  afterAll(() => db.close());
  return db;
}
