import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import type { DataSource } from 'typeorm';
import {
  Chainer,
  Clock,
  createLog,
  Database,
  type FileStore,
  Installation,
  JobRegistry,
  Jobs,
  Keys,
  type Log,
  MasterKey,
  MasterKeyFault,
  Nights,
  type Queue,
  type Settings,
} from '@app/platform';
import type { Messengers } from '@app/messaging';
import { adapters } from './adapters.js';
import { CannotStart } from './cannot-start.js';
import { openDatabase } from './open-database.js';

/** The parts of one running process, put together once from the settings. */
export interface Backend {
  settings: Settings;
  clock: Clock;
  keys: Keys;
  log: Log;
  dataSource: DataSource;
  database: Database;
  files: FileStore;
  queue: Queue;
  messengers: Messengers;
  registry: JobRegistry;
  jobs: Jobs;
  nights: Nights;
  chainer: Chainer;
  close(): Promise<void>;
}

/**
 * Refuses a queue that would lose jobs. One that is away is no reason to refuse: what it would have been told stands in
 * the table, and it is told when it is back.
 *
 * @throws CannotStart
 */
export async function assertQueueKeeps({ queue, log }: Pick<Backend, 'queue' | 'log'>): Promise<void> {
  await queue.check().catch((error: unknown) => {
    if (!(error instanceof CannotStart && error.passing)) throw error;
    log.warn({ error }, 'the queue is away');
  });
}

/**
 * Connects to the database, the files and the queue that the settings name. Changes nothing in them.
 *
 * @throws CannotStart the data folder cannot be written, an outside system cannot be reached, or the keys are not there
 */
export async function openBackend(settings: Settings, processName: string): Promise<Backend> {
  assertWritable(settings.dataDir);
  const log = createLog(settings.LOG_LEVEL, processName);
  const { database: options, files, queue, messengers, describe } = adapters(settings, log);
  log.info({ engines: describe, node: process.version }, describe);
  const clock = new Clock();
  const registry = new JobRegistry();
  const dataSource = await openDatabase(options).catch((error: Error) => {
    throw new CannotStart(
      `پایگاه داده در دسترس نیست (${error.message}). DATABASE_URL را درست کنید.`,
      `The database cannot be reached (${error.message}). Correct DATABASE_URL.`,
    );
  });
  const keys = await keysFor(dataSource, settings).catch(async (error: unknown) => {
    await dataSource.destroy();
    throw error;
  });
  const database = new Database(dataSource, keys, registry, clock);
  const jobs = new Jobs(database, registry, queue, log, settings.JOB_LEASE_SECONDS * 1000);
  const nights = new Nights(database, clock, log);
  const chainer = new Chainer(database, log);
  return {
    settings,
    clock,
    keys,
    log,
    dataSource,
    database,
    files,
    queue,
    messengers,
    registry,
    jobs,
    nights,
    chainer,
    async close() {
      await nights.stop();
      await chainer.stop();
      await jobs.stop();
      await dataSource.destroy();
    },
  };
}

/** The keys of the installation. New ones are made for a new installation only: beside sealed data they open nothing. */
async function keysFor(dataSource: DataSource, settings: Settings): Promise<Keys> {
  const { keyFile } = settings;
  if (!existsSync(keyFile) && (await isClaimed(dataSource)))
    throw new CannotStart(
      `پروندهٔ کلید ${keyFile} نیست و داده‌ها بدون آن باز نمی‌شوند. آن را از نسخهٔ پشتیبان بازگردانید یا KEY_FILE را درست کنید.`,
      `The key file ${keyFile} is missing, and without it the data do not open. Bring it back from a backup, or correct KEY_FILE.`,
    );
  return loadKeys(settings, true);
}

/** @throws CannotStart the master key or the key file is not what it should be */
export function loadKeys(settings: Settings, mayCreate: boolean): Keys {
  const { keyFile } = settings;
  try {
    return Keys.load(keyFile, mayCreate, MasterKey.of(settings));
  } catch (error) {
    if (error instanceof MasterKeyFault) throw masterKeySentence(error, keyFile);
    // What a parser says may quote the keys; a code of the system does not.
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new CannotStart(
      `${keyFile} پروندهٔ کلید نیست یا خوانده نمی‌شود ${code}. آن را از نسخهٔ پشتیبان بازگردانید یا KEY_FILE را درست کنید.`,
      `${keyFile} is no key file, or cannot be read ${code}. Bring it back from a backup, or correct KEY_FILE.`,
    );
  }
}

const masterKeyFaults: Record<MasterKeyFault['fault'], (where: string, keyFile: string) => [fa: string, en: string]> = {
  MISSING: (where, keyFile) => [
    `کلید اصلی «${where}» نیست و پروندهٔ کلید ${keyFile} بی آن باز نمی‌شود. آن را از جای امنش بازگردانید یا MASTER_KEY یا MASTER_KEY_FILE را درست کنید.`,
    `The master key ${where} is missing, and without it the key file ${keyFile} does not open. Bring it back from where it is kept, or correct MASTER_KEY or MASTER_KEY_FILE.`,
  ],
  NOT_A_KEY: (where) => [
    `در «${where}» کلید اصلی نیست: ۳۲ بایت به صورت ۶۴ رقم شانزده‌شانزدهی یا base64 بدهید.`,
    `${where} holds no master key: it is 32 bytes, as 64 hexadecimal digits or in base 64.`,
  ],
  WRONG: (where, keyFile) => [
    `کلید اصلی «${where}» کلید پروندهٔ ${keyFile} نیست؛ MASTER_KEY یا MASTER_KEY_FILE همان سامانه را بدهید.`,
    `The master key ${where} is not the one of the key file ${keyFile}; give that installation's by MASTER_KEY or MASTER_KEY_FILE.`,
  ],
};

export const masterKeySentence = ({ fault, where }: MasterKeyFault, keyFile: string): CannotStart =>
  new CannotStart(...masterKeyFaults[fault](where, keyFile));

async function isClaimed(dataSource: DataSource): Promise<boolean> {
  const runner = dataSource.createQueryRunner();
  try {
    return (await runner.hasTable('installation')) && (await runner.manager.existsBy(Installation, { id: '1' }));
  } finally {
    await runner.release();
  }
}

/** @throws CannotStart the folder cannot be made or written to */
export function assertWritable(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
  } catch {
    throw new CannotStart(
      `پوشهٔ داده قابل نوشتن نیست: ${folder}. DATA_DIR را به پوشه‌ای بدهید که می‌توانید در آن بنویسید.`,
      `The data folder cannot be written: ${folder}. Set DATA_DIR to a folder you may write to.`,
    );
  }
}
