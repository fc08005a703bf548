import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { type Backend, CannotStart } from './backend.js';

/** Brings the tables up to this version. Two processes may start at once: on a server, one migrates and one waits. */
export async function migrate({ dataSource, log }: Pick<Backend, 'dataSource' | 'log'>): Promise<void> {
  if (!(await dataSource.showMigrations())) return;
  await alone(dataSource, async () => {
    for (const { name } of await dataSource.runMigrations({ transaction: 'each' })) log.info({ name }, 'migrated');
  });
}

/** Waits until another process has brought the tables up to this version. */
export async function awaitMigrations({ dataSource }: Pick<Backend, 'dataSource'>, seconds = 60): Promise<void> {
  for (let waited = 0; await dataSource.showMigrations(); waited++) {
    if (waited >= seconds)
      throw new CannotStart(
        'جدول‌های پایگاه داده به این نسخه نرسیده‌اند؛ نخست API را اجرا کنید یا «npm run cli -- migrate» را بزنید.',
        'The tables are not at this version: start the API first, or run `npm run cli -- migrate`.',
      );
    await sleep(1000);
  }
}

/** The named lock is for upkeep only; what the product promises never rests on it. */
export async function alone(dataSource: DataSource, work: () => Promise<void>): Promise<void> {
  if (dataSource.options.type === 'better-sqlite3') return work();
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query("SELECT GET_LOCK('maharat migrations', 300)");
    await work();
  } finally {
    await runner.query("SELECT RELEASE_LOCK('maharat migrations')");
    await runner.release();
  }
}
