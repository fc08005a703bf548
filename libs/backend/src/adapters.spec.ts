import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { readSettings, silentLog } from '@app/platform';
import { adapters, serverDatabase } from './adapters.js';

const folder = mkdtempSync(join(tmpdir(), 'maharat-adapters-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const databaseUrl = process.env.TEST_DATABASE_URL;
const redisUrl = process.env.TEST_REDIS_URL;

describe('the choice of outside systems', () => {
  it('is SQLite, this process and a folder when nothing is set, and loads no other system', async () => {
    const { database, queue, describe: said } = adapters(readSettings({ DATA_DIR: folder }), silentLog);
    expect(said).toBe('database=sqlite queue=in-process files=local sms=console mail=console');
    await queue.close();
    const loaded = Object.keys(createRequire(import.meta.url).cache);
    expect(loaded.filter((path) => /node_modules\/(bullmq|ioredis|mysql2|@aws-sdk|nodemailer)\//.test(path))).toEqual(
      [],
    );

    const dataSource = await new DataSource(database).initialize();
    expect(existsSync(join(folder, 'maharat.db'))).toBe(true);
    expect(await dataSource.query('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    // 2 is FULL.
    expect(await dataSource.query('PRAGMA synchronous')).toEqual([{ synchronous: 2 }]);
    expect(await dataSource.query('PRAGMA foreign_keys')).toEqual([{ foreign_keys: 1 }]);
    await dataSource.destroy();
  });

  it('is the server, Redis and bucket that are set', async () => {
    const env = { DATA_DIR: folder, S3_BUCKET: 'b', S3_ACCESS_KEY_ID: 'k', S3_SECRET_ACCESS_KEY: 's' };
    for (const type of ['mariadb', 'mysql']) {
      const chosen = adapters(readSettings({ ...env, DATABASE_URL: `${type}://u:p@127.0.0.1/d` }), silentLog);
      expect(chosen.describe).toBe(`database=${type} queue=in-process files=s3 sms=console mail=console`);
    }
    if (!redisUrl) return;
    const { queue, describe: said } = adapters(readSettings({ DATA_DIR: folder, REDIS_URL: redisUrl }), silentLog);
    expect(said).toBe('database=sqlite queue=bullmq files=local sms=console mail=console');
    await queue.close();
  });
});

if (databaseUrl) {
  describe('a connection to MariaDB', () => {
    const url = databaseUrl.replace(/\/?$/, '/mysql');

    it('is in the session we want from its first statement on, every one of the pool', async () => {
      const dataSource = await new DataSource(serverDatabase(url, 5)).initialize();
      const sql = `SELECT CONNECTION_ID() AS id, @@SESSION.tx_isolation AS isolation, @@SESSION.time_zone AS zone,
        @@SESSION.innodb_lock_wait_timeout AS patience, @@SESSION.collation_connection AS collation,
        @@SESSION.sql_mode AS mode, SLEEP(0.2) AS slept`;
      const rows = await Promise.all(Array.from({ length: 5 }, () => dataSource.query<Record<string, unknown>[]>(sql)));
      const sessions = rows.flat();
      expect(new Set(sessions.map(({ id }) => id)).size).toBe(5);
      for (const session of sessions)
        expect(session).toMatchObject({
          isolation: 'READ-COMMITTED',
          zone: '+00:00',
          patience: 5,
          collation: 'utf8mb4_bin',
          mode: expect.stringContaining('STRICT_ALL_TABLES'),
        });
      await dataSource.destroy();
    });

    it('keeps instants in UTC and big numbers as numbers', async () => {
      const dataSource = await new DataSource(serverDatabase(url, 1)).initialize();
      const [row] = await dataSource.query<[{ at: Date; rial: unknown; half: unknown }]>(
        `SELECT CAST('2026-11-21 05:30:00.123' AS DATETIME(3)) AS at, CAST(9007199254740991 AS SIGNED) AS rial, 0.5 AS half`,
      );
      expect(row).toEqual({ at: new Date('2026-11-21T05:30:00.123Z'), rial: 9007199254740991, half: 0.5 });
      await dataSource.destroy();
    });
  });
}
