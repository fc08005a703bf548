import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { FileMissing, MasterKey, plainKeys, projectFile } from '@app/platform';
import type { Backend } from '../backend.js';
import { ArchiveWriter, type Manifest } from './archive.js';
import { rowFiles } from './row-files.js';
import { sealKeys } from './sealed-keys.js';
import { type Line, PERSON_KEYS, PersonSeal, sealBy, secretsOf } from './person-keys.js';
import { personParts } from './person-parts.js';
import { inSnapshot, ndjson, type Tables, type TableShape, withConnection } from './tables.js';

export const SEALED_KEYS = 'keys.sealed.json';
/** The folder in an archive of the files that go with a person's part: below it the key's id, then the file's key. */
export const FILES_BY_PERSON = 'files-by-person';
const PART_BYTES = 1024 * 1024;
/** So long the keys of many million parts take to write. */
const RENEWING_MS = 10 * 60_000;

type Parts = Pick<Backend, 'settings' | 'keys' | 'dataSource' | 'files' | 'clock'>;

interface Options {
  /** Seals the keys into the backup. Without it they are left out. */
  passphrase?: string | undefined;
  /** `false` leaves the files out: a migration does not touch them. */
  files?: boolean;
}

/**
 * Writes the whole installation into one archive while it runs: every table as of one moment, then every file that a
 * row of that moment names. The files may be copied later than the rows, because a file is stored before its row and
 * never changed after. The archive is engine-neutral: it restores into SQLite as into MariaDB.
 *
 * Personal columns and uploads stay sealed, other papers are as they are printed: keep a backup as safe as the data
 * folder. What a rule erases is sealed once more, by person; the keys for that are renewed in a file apart.
 *
 * @throws CannotStart there is a file of this name
 */
export async function backup(backend: Parts, file: string, { passphrase, files = true }: Options = {}) {
  const { keys, dataSource, clock } = backend;
  const archive = await ArchiveWriter.create(file);
  const fileList = `${file}.files`;
  try {
    const madeAt = clock.now().toISOString();
    const sealedKeys = passphrase ? await sealedKeysOf(backend, passphrase) : undefined;
    if (sealedKeys) await archive.add(SEALED_KEYS, sealedKeys);
    await rm(fileList, { force: true });
    await appendFile(fileList, '', { mode: 0o600 });
    const seal = await sealByPerson(backend);
    const { tables, migrations } = await inSnapshot(dataSource, (source) =>
      copyTables(source, archive, fileList, seal),
    );
    const copied = files ? await copyFiles(backend, archive, fileList) : { files: 0, missingFiles: [] };
    // They stand on the disk before the archive that needs them.
    if (seal) tables[PERSON_KEYS] = await renewPersonKeys(backend, sealedKeys);
    const manifest: Omit<Manifest, 'format' | 'indexes'> = {
      product: await productVersion(),
      madeAt,
      engine: String(dataSource.options.type),
      migrations,
      tables: Object.fromEntries(Object.entries(tables).sort(([a], [b]) => (a < b ? -1 : 1))),
      ...copied,
      keys: { fingerprint: keys.fingerprint(), included: Boolean(passphrase) },
      byPerson: Boolean(seal),
    };
    await archive.finish(manifest);
    return manifest;
  } catch (error) {
    await archive.abandon();
    throw error;
  } finally {
    await rm(fileList, { force: true });
  }
}

const sealedKeysOf = async ({ settings }: Parts, passphrase: string): Promise<Buffer> =>
  Buffer.from(
    `${JSON.stringify(await sealKeys(plainKeys(settings.keyFile, MasterKey.of(settings)), passphrase), null, 2)}\n`,
  );

/** A version from before there were keys of persons has no table for them, and is backed up as it is. */
const sealByPerson = ({ dataSource, keys }: Parts): Promise<PersonSeal | undefined> =>
  withConnection(dataSource, async (tables) => {
    if (!(await tables.shape(PERSON_KEYS))) return undefined;
    const seal = new PersonSeal(dataSource, keys);
    await seal.drawAll(tables);
    return seal;
  });

async function copyTables(source: Tables, archive: ArchiveWriter, fileList: string, seal?: PersonSeal) {
  const tables: Manifest['tables'] = {};
  for (const shape of await source.shapes())
    if (shape.name !== PERSON_KEYS) tables[shape.name] = await copyTable(source, shape, archive, { fileList, seal });
  return { tables, migrations: await source.history() };
}

async function copyTable(
  source: Tables,
  shape: TableShape,
  archive: ArchiveWriter,
  { fileList, seal }: { fileList?: string; seal?: PersonSeal | undefined } = {},
) {
  const hash = createHash('sha256');
  const named = rowFiles[shape.name];
  const sealed = personParts[shape.name] ? seal : undefined;
  let rows = 0;
  let part = '';
  let parts = 0;
  const endPart = async () => {
    if (part) await archive.add(`tables/${shape.name}/${++parts}.ndjson`, Buffer.from(part));
    part = '';
  };
  for await (const page of source.pages(shape)) {
    // Of the rows as they stand: they are to be the same again.
    hash.update(ndjson(page));
    rows += page.length;
    const lines: { line: Line; keyId: string | null }[] = sealed
      ? await sealed.lines(source.query, shape, page)
      : page.map((row) => ({ line: row, keyId: null }));
    part += ndjson(lines.map(({ line }) => line));
    if (part.length >= PART_BYTES) await endPart();
    if (named && fileList) {
      const files = page.flatMap((row, i) => {
        const key = named.key(row);
        return key === null ? [] : [`${shape.name} ${key} ${lines[i]?.keyId ?? ''}\n`];
      });
      // The list may be longer than memory, and the snapshot should not stay open while files are copied.
      await appendFile(fileList, files.join(''));
    }
  }
  await endPart();
  return { rows, sha256: hash.digest('hex') };
}

async function copyFiles({ files, dataSource, keys }: Parts, archive: ArchiveWriter, fileList: string) {
  const missingFiles: string[] = [];
  let copied = 0;
  for await (const line of createInterface(createReadStream(fileList))) {
    const [table = '', key = '', keyId = ''] = line.split(' ');
    const secret = keyId
      ? (await secretsOf((sql, values) => dataSource.query(sql, values), keys, [keyId])).get(keyId)
      : undefined;
    // Erased since.
    if (keyId && !secret) continue;
    const found = await files.open(key).catch((error: unknown) => {
      if (error instanceof FileMissing) return null;
      throw error;
    });
    if (found && secret) {
      await archive.add(`${FILES_BY_PERSON}/${keyId}/${key}`, sealBy(secret, await buffer(found.stream), key));
      copied++;
    } else if (found) {
      await archive.addStream(`files/${key}`, found.bytes, found.stream);
      copied++;
    } else if (!rowFiles[table]?.mayBeGone) missingFiles.push(key);
  }
  return { files: copied, missingFiles };
}

/** Takes the keys that an erasure has removed out of the file of keys too, where a backup has written one. */
export async function forgetShredded(backend: Parts): Promise<void> {
  if (existsSync(backend.settings.personKeysFile)) await renewPersonKeys(backend, undefined);
}

/**
 * Writes the keys of persons as they are now over those of before: a key that has been removed is then nowhere. With
 * them the key file, sealed, because it opens them and may be younger than the one of an archive.
 */
async function renewPersonKeys(backend: Parts, sealedKeys: Buffer | undefined): Promise<Manifest['tables'][string]> {
  const { settings, dataSource, keys, clock } = backend;
  const { personKeysFile: file, BACKUP_PASSPHRASE: passphrase } = settings;
  const keyFile = sealedKeys ?? (passphrase ? await sealedKeysOf(backend, passphrase) : undefined);
  return oneAtATime(`${file}.renewing`, async () => {
    const archive = await ArchiveWriter.create(file, { renews: true });
    try {
      if (keyFile) await archive.add(SEALED_KEYS, keyFile);
      const { copied, migrations } = await inSnapshot(dataSource, async (source) => ({
        copied: await copyTable(source, (await source.shape(PERSON_KEYS)) as TableShape, archive),
        migrations: await source.history(),
      }));
      await archive.finish({
        product: await productVersion(),
        madeAt: clock.now().toISOString(),
        engine: String(dataSource.options.type),
        migrations,
        tables: { [PERSON_KEYS]: copied },
        files: 0,
        missingFiles: [],
        keys: { fingerprint: keys.fingerprint(), included: Boolean(keyFile) },
      });
      return copied;
    } catch (error) {
      await archive.abandon();
      throw error;
    }
  });
}

/** Two backups may end at once, in two processes; whoever begins later reads later. A killed one is waited for in vain. */
async function oneAtATime<R>(mark: string, work: () => Promise<R>): Promise<R> {
  await mkdir(dirname(mark), { recursive: true, mode: 0o700 });
  for (;;) {
    const taken = await writeFile(mark, '', { flag: 'wx', mode: 0o600 }).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
        return false;
      },
    );
    if (taken) break;
    const since = await stat(mark).catch(() => null);
    if (since && Date.now() - since.mtimeMs > RENEWING_MS) await rm(mark, { force: true });
    else await sleep(100);
  }
  try {
    return await work();
  } finally {
    await rm(mark, { force: true });
  }
}

async function productVersion(): Promise<string> {
  return (JSON.parse(await readFile(projectFile('package.json'), 'utf8')) as { version: string }).version;
}
