import { Mutex, type MutexInterface, withTimeout } from 'async-mutex';
import type { DataSource, QueryRunner } from 'typeorm';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';

/** How long a unit may wait for its turn, in milliseconds. A thousand waiting units take about four seconds. */
const TURN_TIMEOUT_MS = 60_000;

/**
 * Lets units take turns on SQLite. TypeORM hands every caller the same query runner, so that two transactions which
 * overlap become parts of each other and committed rows are lost (typeorm issue 1884). Here each caller gets a runner
 * of its own over the one connection; the runner whose transaction is open holds the turn from BEGIN to COMMIT. One that
 * only reads (TypeORM calls it a slave) needs no turn.
 * Call it before `initialize()`. Other engines are left as they are.
 */
export function takeTurns(dataSource: DataSource): DataSource {
  if (dataSource.options.type !== 'better-sqlite3') return dataSource;
  const driver = dataSource.driver as BetterSqlite3Driver;
  const turn = withTimeout(
    new Mutex(),
    TURN_TIMEOUT_MS,
    new Error('SQLite turn timed out: a table used outside the open unit?'),
  );
  const statements = new Map();
  // Its texts are of any length, and it knows no other word for that.
  const normalizeType = driver.normalizeType.bind(driver);
  driver.normalizeType = (column) => (column.type === 'longtext' ? 'text' : normalizeType(column));
  driver.createQueryRunner = (mode): QueryRunner =>
    mode === 'slave' ? new ViewRunner(driver) : new TurnRunner(driver, turn, statements);
  return dataSource;
}

/** What opens a connection, of which TypeORM knows one alone. */
interface Opens {
  createDatabaseConnection(): Promise<{ close(): void }>;
}

/**
 * Reads over a connection of its own: SQLite keeps the view of its first statement until the end, whatever is written
 * meanwhile, and nobody's turn waits for it.
 */
class ViewRunner extends BetterSqlite3QueryRunner {
  private own: Promise<{ close(): void }> | undefined;

  override connect(): Promise<unknown> {
    return (this.own ??= (this.driver as unknown as Opens).createDatabaseConnection());
  }

  override async release(): Promise<void> {
    (await this.own)?.close();
    await super.release();
  }
}

class TurnRunner extends BetterSqlite3QueryRunner {
  private giveBack: (() => void) | undefined;

  constructor(
    driver: BetterSqlite3Driver,
    private readonly turn: MutexInterface,
    statements: Map<unknown, unknown>,
  ) {
    super(driver);
    // One connection, so prepared statements are shared between the runners.
    Object.assign(this, { stmtCache: statements });
  }

  override async startTransaction(
    isolation?: Parameters<BetterSqlite3QueryRunner['startTransaction']>[0],
  ): Promise<void> {
    this.giveBack ??= await this.turn.acquire();
    try {
      await super.startTransaction(isolation);
    } catch (error) {
      this.endTurn();
      throw error;
    }
  }

  override async commitTransaction(): Promise<void> {
    try {
      await super.commitTransaction();
    } finally {
      this.endTurn();
    }
  }

  override async rollbackTransaction(): Promise<void> {
    try {
      await super.rollbackTransaction();
    } finally {
      this.endTurn();
    }
  }

  override async query<T = unknown>(sql: string, parameters?: unknown[], structured?: boolean): Promise<T> {
    // A unit that reads first and writes later must hold the write lock from the start, or it fails as busy.
    const text = sql === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE' : sql;
    const run = () =>
      (super.query(text, parameters as never, structured as never) as Promise<T>).catch((error: Error) => {
        // A full disk or an I/O error has undone all already; the turn must go on to the next unit.
        if (text === 'ROLLBACK' && error.message.includes('no transaction is active')) return undefined as T;
        throw error;
      });
    return this.giveBack ? run() : this.turn.runExclusive(run);
  }

  override async release(): Promise<void> {
    if (this.giveBack && this.isTransactionActive) await this.rollbackTransaction();
    this.endTurn();
    await super.release();
  }

  private endTurn(): void {
    if (this.isTransactionActive) return;
    this.giveBack?.();
    this.giveBack = undefined;
  }
}
