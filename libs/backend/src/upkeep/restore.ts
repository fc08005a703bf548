import { createHash, type Hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buffer, json, text } from 'node:stream/consumers';
import type { DataSource } from 'typeorm';
import { type FileStore, type Keys, MasterKey, type Settings, writePlainKeys } from '@app/platform';
import { databaseOf, filesOf } from '../adapters.js';
import { assertWritable, loadKeys } from '../backend.js';
import { CannotStart } from '../cannot-start.js';
import { openDatabase } from '../open-database.js';
import { type Manifest, readArchive } from './archive.js';
import { FILES_BY_PERSON, SEALED_KEYS } from './backup.js';
import { type Line, openBy, openLines, PERSON_KEYS, secretsOf } from './person-keys.js';
import { openKeys, type SealedKeys } from './sealed-keys.js';
import { ndjson, withoutReferences } from './tables.js';
import { beginUnfinished, endUnfinished } from './unfinished.js';

/** Reads a whole backup and checks every byte. @throws CannotStart it is not one, or damaged */
export const verifyBackup = (file: string): Promise<Manifest> => readArchive(file);

/**
 * Restores a backup into an empty installation, whatever its engine: tables, files and, with the passphrase, the keys.
 * Everything is checked before the first write and again after the last; on a failure nothing is left behind. What has
 * been erased since the backup was made stands erased: its key is not among those of persons any more.
 *
 * @throws CannotStart the backup is damaged or of a newer version, the place is not empty, the keys, those of persons or
 *   the passphrase are missing or wrong
 */
export async function restore(settings: Settings, file: string, passphrase?: string): Promise<Manifest> {
  const { manifest, sealed } = await readSealedKeys(file);
  const personKeys = manifest.byPerson ? await personKeysFor(settings, file, manifest) : undefined;
  assertWritable(settings.dataDir);
  const files = filesOf(settings);
  const dataSource = await openDatabase(databaseOf(settings));
  try {
    await assertEmpty(dataSource, files);
    // Those beside the keys of persons are younger: they open both.
    const keyFile = await keysFor(settings, manifest, [personKeys?.sealed, sealed], passphrase);
    beginUnfinished(settings, { work: 'restore', archive: file });
    try {
      if (keyFile) writePlainKeys(settings.keyFile, keyFile, MasterKey.of(settings));
      const keys = loadKeys(settings, false);
      await load(dataSource, file, manifest, { files, keys, personKeys });
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

async function readSealedKeys(file: string): Promise<{ file: string; manifest: Manifest; sealed?: SealedKeys }> {
  let sealed: SealedKeys | undefined;
  const manifest = await readArchive(file, async (path, body) => {
    if (path === SEALED_KEYS) sealed = (await json(body)) as SealedKeys;
  });
  return { file, manifest, ...(sealed && { sealed }) };
}

/** The keys of persons as they are now: where the settings say, or beside the archive. */
export async function personKeysFor(
  { personKeysFile }: Pick<Settings, 'personKeysFile'>,
  archive: string,
  of: Manifest,
) {
  const beside = join(dirname(archive), 'person-keys.tar.gz');
  const file = [personKeysFile, beside].find((path) => existsSync(path));
  if (!file)
    throw new CannotStart(
      `کلیدهای افراد (person-keys.tar.gz) در کنار پشتیبان نیستند؛ تازه‌ترین نسخهٔ آن را کنار پشتیبان بگذارید یا با PERSON_KEYS_FILE بدهید.`,
      'The keys of persons (person-keys.tar.gz) are not beside the backup; put the newest copy there, or give it by PERSON_KEYS_FILE.',
    );
  const found = await readSealedKeys(file);
  if (found.manifest.keys.fingerprint === of.keys.fingerprint) return found;
  throw new CannotStart(
    `کلیدهای افراد در «${file}» از سامانهٔ دیگری است؛ پروندهٔ همان سامانه را با PERSON_KEYS_FILE بدهید.`,
    `The keys of persons in ${file} are those of another installation; give those of this backup by PERSON_KEYS_FILE.`,
  );
}

/** With what an archive is opened. */
interface Opening {
  keys: Keys;
  /** For an archive that is sealed by person. */
  personKeys: { file: string; manifest: Manifest } | undefined;
  /** Where the files go; without it they are left out. */
  files?: FileStore;
}

/**
 * Fills a database that has no tables from an archive, and the file store when one is given: the tables as the
 * archive's version knew them, then the keys of persons, then the rows, then a check of every row, every reference and
 * every file.
 */
export async function load(
  dataSource: DataSource,
  file: string,
  { migrations, tables }: Manifest,
  { keys, personKeys, files }: Opening,
): Promise<void> {
  await migrateTo(dataSource, migrations);
  await withoutReferences(dataSource, async (target) => {
    const shapes = new Map((await target.shapes()).map((shape) => [shape.name, shape]));
    if ([...shapes.keys()].join() !== Object.keys(tables).join())
      throw new Error('The tables of the backup are not those its migrations make');
    await target.empty();
    /** The tables as they are read: what was erased since they were written differs. */
    const read = new Map<string, Hash>();
    const differing = new Set<string>();
    const part = async (path: string, body: AsyncIterable<Buffer>): Promise<void> => {
      const [kind, name = '', ...rest] = path.split('/');
      if (kind === 'tables') {
        const shape = shapes.get(name);
        if (!shape) throw new Error(`The backup holds an unknown table: ${path}`);
        const lines = (await text(body)).trimEnd().split('\n');
        const { rows, erased } = await openLines(
          target.query,
          keys,
          name,
          lines.map((line) => JSON.parse(line) as Line),
        );
        if (erased > 0) differing.add(name);
        if (rows.length > 0) await target.insert(shape, rows);
        const hash = read.get(name) ?? createHash('sha256');
        read.set(name, hash.update(ndjson(rows)));
      } else if (kind === 'files' && files) await putFile(files, [name, ...rest].join('/'), await buffer(body));
      else if (kind === FILES_BY_PERSON && files) {
        const secret = (await secretsOf(target.query, keys, [name])).get(name);
        const key = rest.join('/');
        if (secret) await putFile(files, key, openBy(secret, await buffer(body), key));
      }
    };
    if (personKeys) await readArchive(personKeys.file, part);
    await readArchive(file, part);
    for (const shape of shapes.values()) {
      const { rows, sha256 } = await target.fingerprint(shape);
      const written = shape.name === PERSON_KEYS && personKeys ? personKeys.manifest.tables : tables;
      const expected = written[shape.name];
      if (sha256 !== (differing.has(shape.name) ? read.get(shape.name)?.digest('hex') : expected?.sha256))
        throw new Error(`${shape.name} has ${rows} rows that differ from the ${expected?.rows} of the backup`);
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
  sealed: (SealedKeys | undefined)[],
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
  const there = sealed.filter((one) => one !== undefined);
  if (there.length === 0)
    throw new CannotStart(
      'کلیدها در این پشتیبان نیستند؛ پروندهٔ کلید همان سامانه را با KEY_FILE بدهید.',
      'This backup does not hold the keys; give the key file of that installation by KEY_FILE.',
    );
  if (!passphrase)
    throw new CannotStart(
      'کلیدهای این پشتیبان رمز شده‌اند؛ گذرواژهٔ آن را با BACKUP_PASSPHRASE یا پروندهٔ کلید را با KEY_FILE بدهید.',
      'The keys of this backup are encrypted; give its passphrase by BACKUP_PASSPHRASE, or the key file by KEY_FILE.',
    );
  for (const one of there) {
    const opened = await openKeys(one, passphrase);
    if (opened) return opened;
  }
  throw new CannotStart(
    'گذرواژهٔ پشتیبان درست نیست؛ BACKUP_PASSPHRASE را درست کنید.',
    'The passphrase is not that of this backup; correct BACKUP_PASSPHRASE.',
  );
}
