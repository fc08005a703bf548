import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { Backend } from './backend.js';
import { CannotStart } from './cannot-start.js';
import { backup } from './upkeep/backup.js';
import { backupBeforeUpgrade, forgetOldUpgrades } from './upkeep/backups.js';
import { mayMakeTables } from './upkeep/grants.js';
import { load, personKeysFor, verifyBackup } from './upkeep/restore.js';
import { withoutReferences } from './upkeep/tables.js';
import { beginUnfinished, endUnfinished, unfinished } from './upkeep/unfinished.js';

/**
 * Brings the tables up to this version. Two processes may start at once: on a server, one migrates and one waits.
 * Tables that hold something are backed up first; when a migration fails, or was cut off by a kill, they go back to
 * that backup. Stop the processes of the old version before: what they write meanwhile would go back too.
 *
 * @throws CannotStart a migration failed; the tables are as they were before
 */
export async function migrate(backend: Upgraded): Promise<void> {
  const { dataSource, settings } = backend;
  if (!unfinished(settings) && !(await dataSource.showMigrations())) return;
  await alone(dataSource, async () => {
    await resume(backend);
    if (!(await dataSource.showMigrations())) return;
    if (!(await mayMakeTables(dataSource))) throw new CannotStart(...ANOTHER_USER_MIGRATES);
    const isNew = await withoutReferences(dataSource, (tables) => tables.isEmpty());
    if (isNew) await begin(backend);
    else await upgrade(backend);
  });
}

const ANOTHER_USER_MIGRATES: [fa: string, en: string] = [
  'جدول‌ها به این نسخه نرسیده‌اند و این کاربر پایگاه داده حق تغییر آنها را ندارد. «npm run cli -- migrate» را با DATABASE_URL کاربر مهاجرت بزنید و سپس «grants» را.',
  'The tables are not at this version, and this database user may not change them. Run `npm run cli -- migrate` with the DATABASE_URL of the migration user, and then `grants`.',
];

async function begin(backend: Upgraded): Promise<void> {
  beginUnfinished(backend.settings, { work: 'first tables' });
  await run(backend);
  endUnfinished(backend.settings);
}

type Upgraded = Pick<Backend, 'dataSource' | 'log' | 'settings' | 'keys' | 'files' | 'clock'>;

async function run({ dataSource, log }: Upgraded): Promise<void> {
  for (const { name } of await dataSource.runMigrations({ transaction: 'each' }))
    log.info({ migration: name }, 'migrated');
}

async function upgrade(backend: Upgraded): Promise<void> {
  const { settings, clock, log } = backend;
  const archive = backupBeforeUpgrade(settings, clock.now());
  await backup(backend, archive, { files: false });
  log.info({ archive }, 'backed up before the upgrade');
  beginUnfinished(settings, { work: 'upgrade', archive });
  try {
    await run(backend);
    endUnfinished(settings);
    await forgetOldUpgrades(settings);
  } catch (error) {
    log.error({ error }, 'a migration failed');
    await goBack(backend, archive);
    const why = error instanceof Error ? error.message : String(error);
    throw new CannotStart(
      `ارتقا به این نسخه شکست خورد (${why}). داده‌ها همان‌اند که پیش از ارتقا بودند؛ نسخهٔ پیشین را اجرا کنید. پشتیبان: ${archive}`,
      `The upgrade to this version failed (${why}). The data are as they were before it; run the previous version. Backup: ${archive}`,
    );
  }
}

/** Ends what a kill or a power cut has left half done. */
async function resume(backend: Upgraded): Promise<void> {
  const note = unfinished(backend.settings);
  if (note?.work === 'restore')
    throw new CannotStart(
      `بازگرداندن پشتیبان «${note.archive}» ناتمام مانده است؛ پوشهٔ داده و پایگاه داده را خالی کنید و دوباره بازگردانید.`,
      `The restore of ${note.archive} was cut off; empty the data folder and the database, and restore again.`,
    );
  if (!note) return;
  if (note.work === 'first tables') {
    backend.log.warn({}, 'the first start was cut off while it made the tables: making them anew');
    // Another machine may have made and filled them meanwhile.
    await withoutReferences(backend.dataSource, async (tables) => {
      if (!(await tables.holdRows())) await tables.drop();
    });
    return endUnfinished(backend.settings);
  }
  backend.log.warn({ archive: note.archive }, 'the last upgrade was cut off: going back to before it');
  await goBack(backend, note.archive);
}

async function goBack({ dataSource, settings, keys }: Upgraded, archive: string): Promise<void> {
  const manifest = await verifyBackup(archive);
  const personKeys = manifest.byPerson ? await personKeysFor(settings, archive, manifest) : undefined;
  await withoutReferences(dataSource, (tables) => tables.drop());
  await load(dataSource, archive, manifest, { keys, personKeys });
  endUnfinished(settings);
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
