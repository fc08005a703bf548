import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { buffer, json, text } from 'node:stream/consumers';
import type { DataSource } from 'typeorm';
import { type FileStore, MasterKey, type Settings, writePlainKeys } from '@app/platform';
import { databaseOf, filesOf } from '../adapters.js';
import { assertWritable, loadKeys } from '../backend.js';
import { CannotStart } from '../cannot-start.js';
import { openDatabase } from '../open-database.js';
import { type Manifest, readArchive } from './archive.js';
import { SEALED_KEYS } from './backup.js';
import { openKeys, type SealedKeys } from './sealed-keys.js';
import { type RawRow, withoutReferences } from './tables.js';
import { beginUnfinished, endUnfinished } from './unfinished.js';

/** Reads a whole backup and checks every byte. @throws CannotStart it is not one, or damaged */
export const verifyBackup = (file: string): Promise<Manifest> => readArchive(file);

/**
 * Restores a backup into an empty installation, whatever its engine: tables, files and, with the passphrase, the keys.
 * Everything is checked before the first write and again after the last; on a failure nothing is left behind.
 *
 * @throws CannotStart the backup is damaged or of a newer version, the place is not empty, the keys or the passphrase
 *   are missing or wrong
 */
export async function restore(settings: Settings, file: string, passphrase?: string): Promise<Manifest> {
  let sealed: SealedKeys | undefined;
  const manifest = await readArchive(file, async (path, body) => {
    if (path === SEALED_KEYS) sealed = (await json(body)) as SealedKeys;
  });
  assertWritable(settings.dataDir);
  const files = filesOf(settings);
  const dataSource = await openDatabase(databaseOf(settings));
  try {
    await assertEmpty(dataSource, files);
    const keyFile = await keysFor(settings, manifest, sealed, passphrase);
    beginUnfinished(settings, { work: 'restore', archive: file });
    try {
      if (keyFile) writePlainKeys(settings.keyFile, keyFile, MasterKey.of(settings));
      await load(dataSource, file, manifest, files);
      await dataSource.runMigrations({ transaction: 'each' });
    } catch (error) {
      await withoutReferences(dataSource, (tables) => tables.drop());
      for await (const key of files.keys('')) await files.remove(key);
      if (keyFile) await rm(settings.keyFile, { force: true });
      endUnfinished(settings);
      throw error;
    }
    endUnfinished(settings);
    return manifest;
  } finally {
    await dataSource.destroy();
  }
}

/**
 * Fills a database that has no tables from an archive, and the file store when one is given: the tables as the
 * archive's version knew them, then the rows, then a check of every row, every reference and every file.
 */
export async function load(
  dataSource: DataSource,
  file: string,
  { migrations, tables }: Manifest,
  files?: FileStore,
): Promise<void> {
  await migrateTo(dataSource, migrations);
  await withoutReferences(dataSource, async (target) => {
    const shapes = new Map((await target.shapes()).map((shape) => [shape.name, shape]));
    if ([...shapes.keys()].join() !== Object.keys(tables).join())
      throw new Error('The tables of the backup are not those its migrations make');
    await target.empty();
    await readArchive(file, async (path, body) => {
      const [kind, ...rest] = path.split('/');
      if (kind === 'tables') {
        const shape = shapes.get(rest[0] ?? '');
        if (!shape) throw new Error(`The backup holds an unknown table: ${path}`);
        const lines = (await text(body)).trimEnd().split('\n');
        await target.insert(
          shape,
          lines.map((line) => JSON.parse(line) as RawRow),
        );
      } else if (kind === 'files' && files) await putFile(files, rest.join('/'), await buffer(body));
    });
    for (const shape of shapes.values()) {
      const { rows, sha256 } = await target.fingerprint(shape);
      if (sha256 !== tables[shape.name]?.sha256)
        throw new Error(
          `${shape.name} has ${rows} rows that differ from the ${tables[shape.name]?.rows} of the backup`,
        );
    }
    const broken = await target.broken();
    if (broken.length > 0) throw new Error(`Rows refer to nothing: ${broken.join(', ')}`);
  });
}

/** What is read back is what the archive holds. */
async function putFile(files: FileStore, key: string, bytes: Buffer): Promise<void> {
  await files.put(key, bytes);
  const hash = createHash('sha256');
  for await (const chunk of (await files.open(key)).stream) hash.update(chunk as Buffer);
  if (hash.digest('hex') !== createHash('sha256').update(bytes).digest('hex'))
    throw new Error(`${key} cannot be read back as it was written`);
}

/** Makes the tables as they were after these migrations. */
async function migrateTo(dataSource: DataSource, names: string[]): Promise<void> {
  const all = dataSource.migrations;
  const known = new Set(all.map(({ constructor }) => constructor.name));
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0)
    throw new CannotStart(
      `این پشتیبان با نسخهٔ تازه‌تری از برنامه ساخته شده است (${unknown.join('، ')})؛ با همان نسخه یا نسخه‌ای تازه‌تر آن را بازگردانید.`,
      `This backup was made by a newer version of the product (${unknown.join(', ')}); restore it with that version or a later one.`,
    );
  // TypeORM runs all it knows or none.
  const only = (migrations: DataSource['migrations']) => Object.assign(dataSource, { migrations });
  only(all.filter(({ constructor }) => names.includes(constructor.name)));
  try {
    await dataSource.runMigrations({ transaction: 'each' });
  } finally {
    only(all);
  }
}

async function assertEmpty(dataSource: DataSource, files: FileStore): Promise<void> {
  const noTables = await withoutReferences(dataSource, (tables) => tables.isEmpty());
  let noFiles = true;
  for await (const _ of files.keys('')) {
    noFiles = false;
    break;
  }
  if (noTables && noFiles) return;
  throw new CannotStart(
    'پشتیبان فقط در جای خالی بازگردانده می‌شود و این پایگاه داده یا پوشهٔ پرونده‌ها خالی نیست؛ DATA_DIR (و DATABASE_URL) را به جای خالی بدهید.',
    'A backup is restored into an empty place only, and this database or file store is not empty; point DATA_DIR (and DATABASE_URL) to an empty one.',
  );
}

/** The keys to be written, or null when the right one stands there. */
async function keysFor(
  settings: Settings,
  { keys }: Manifest,
  sealed: SealedKeys | undefined,
  passphrase: string | undefined,
): Promise<Buffer | null> {
  const { keyFile } = settings;
  if (existsSync(keyFile)) {
    if (loadKeys(settings, false).fingerprint() === keys.fingerprint) return null;
    throw new CannotStart(
      `کلیدهای «${keyFile}» کلیدهای این پشتیبان نیستند؛ پروندهٔ کلید درست را با KEY_FILE بدهید یا این پرونده را کنار بگذارید.`,
      `The keys in ${keyFile} are not those of this backup; give the right key file by KEY_FILE, or move this one away.`,
    );
  }
  if (!sealed)
    throw new CannotStart(
      'کلیدها در این پشتیبان نیستند؛ پروندهٔ کلید همان سامانه را با KEY_FILE بدهید.',
      'This backup does not hold the keys; give the key file of that installation by KEY_FILE.',
    );
  if (!passphrase)
    throw new CannotStart(
      'کلیدهای این پشتیبان رمز شده‌اند؛ گذرواژهٔ آن را با BACKUP_PASSPHRASE یا پروندهٔ کلید را با KEY_FILE بدهید.',
      'The keys of this backup are encrypted; give its passphrase by BACKUP_PASSPHRASE, or the key file by KEY_FILE.',
    );
  const opened = await openKeys(sealed, passphrase);
  if (opened) return opened;
  throw new CannotStart(
    'گذرواژهٔ پشتیبان درست نیست؛ BACKUP_PASSPHRASE را درست کنید.',
    'The passphrase is not that of this backup; correct BACKUP_PASSPHRASE.',
  );
}
