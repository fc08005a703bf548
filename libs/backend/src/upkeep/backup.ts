import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, readFile, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { FileMissing, MasterKey, plainKeys, projectFile } from '@app/platform';
import type { Backend } from '../backend.js';
import { ArchiveWriter, type Manifest } from './archive.js';
import { rowFiles } from './row-files.js';
import { sealKeys } from './sealed-keys.js';
import { inSnapshot, ndjson, type Tables, type TableShape } from './tables.js';

export const SEALED_KEYS = 'keys.sealed.json';
const PART_BYTES = 1024 * 1024;

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
 * Personal columns and uploads stay sealed, papers are as they are printed: keep a backup as safe as the data folder.
 *
 * @throws CannotStart there is a file of this name
 */
export async function backup(backend: Parts, file: string, { passphrase, files = true }: Options = {}) {
  const { settings, keys, dataSource, clock } = backend;
  const archive = await ArchiveWriter.create(file);
  const fileList = `${file}.files`;
  try {
    const madeAt = clock.now().toISOString();
    if (passphrase) {
      const sealed = await sealKeys(plainKeys(settings.keyFile, MasterKey.of(settings)), passphrase);
      await archive.add(SEALED_KEYS, Buffer.from(`${JSON.stringify(sealed, null, 2)}\n`));
    }
    await rm(fileList, { force: true });
    await appendFile(fileList, '', { mode: 0o600 });
    const { tables, migrations } = await inSnapshot(dataSource, (source) => copyTables(source, archive, fileList));
    const copied = files ? await copyFiles(backend, archive, fileList) : { files: 0, missingFiles: [] };
    const manifest: Omit<Manifest, 'format' | 'indexes'> = {
      product: await productVersion(),
      madeAt,
      engine: String(dataSource.options.type),
      migrations,
      tables,
      ...copied,
      keys: { fingerprint: keys.fingerprint(), included: Boolean(passphrase) },
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

async function copyTables(source: Tables, archive: ArchiveWriter, fileList: string) {
  const tables: Manifest['tables'] = {};
  for (const shape of await source.shapes()) tables[shape.name] = await copyTable(source, shape, archive, fileList);
  return { tables, migrations: await source.history() };
}

async function copyTable(source: Tables, shape: TableShape, archive: ArchiveWriter, fileList: string) {
  const hash = createHash('sha256');
  const named = rowFiles[shape.name];
  let rows = 0;
  let part = '';
  let parts = 0;
  const endPart = async () => {
    if (part) await archive.add(`tables/${shape.name}/${++parts}.ndjson`, Buffer.from(part));
    part = '';
  };
  for await (const page of source.pages(shape)) {
    const lines = ndjson(page);
    hash.update(lines);
    rows += page.length;
    part += lines;
    if (part.length >= PART_BYTES) await endPart();
    if (named) {
      const keys = page.map((row) => named.key(row)).filter((key) => key !== null);
      // The list may be longer than memory, and the snapshot should not stay open while files are copied.
      await appendFile(fileList, keys.map((key) => `${shape.name} ${key}\n`).join(''));
    }
  }
  await endPart();
  return { rows, sha256: hash.digest('hex') };
}

async function copyFiles({ files }: Parts, archive: ArchiveWriter, fileList: string) {
  const missingFiles: string[] = [];
  let copied = 0;
  for await (const line of createInterface(createReadStream(fileList))) {
    const [table = '', key = ''] = line.split(' ');
    const found = await files.open(key).catch((error: unknown) => {
      if (error instanceof FileMissing) return null;
      throw error;
    });
    if (found) {
      await archive.addStream(`files/${key}`, found.bytes, found.stream);
      copied++;
    } else if (!rowFiles[table]?.mayBeGone) missingFiles.push(key);
  }
  return { files: copied, missingFiles };
}

async function productVersion(): Promise<string> {
  return (JSON.parse(await readFile(projectFile('package.json'), 'utf8')) as { version: string }).version;
}
