import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { assertFileKey, type FileBytes, FileMissing, type FileStore, inPieces } from '@app/platform';

/** Where files grow until they are whole. No key begins with a dot, so no key leads here. */
const GROWING = '.growing';
/** After this time nobody writes to a growing file any more: its process was killed. */
const ABANDONED_MS = 60 * 60 * 1000;

/** Files in a folder. A file is written aside, forced to the disk and renamed, so it is whole or absent. */
export class LocalFiles implements FileStore {
  readonly kind = 'local';
  private readonly growing: string;

  constructor(private readonly folder: string) {
    this.growing = join(folder, GROWING);
  }

  async put(key: string, bytes: FileBytes): Promise<void> {
    const path = this.path(key);
    const grown = await this.grow(bytes);
    try {
      await mkdir(dirname(path), { recursive: true });
      await rename(grown, path);
    } catch (error) {
      await rm(grown, { force: true });
      throw error;
    }
    await this.syncFolders(key);
  }

  async get(key: string): Promise<Buffer> {
    return readFile(this.path(key)).catch(orMissing(key));
  }

  async open(key: string): Promise<{ stream: Readable; bytes: number }> {
    const file = await open(this.path(key)).catch(orMissing(key));
    const found = await file.stat();
    if (!found.isFile()) {
      await file.close();
      throw new FileMissing(key);
    }
    return { stream: file.createReadStream(), bytes: found.size };
  }

  async has(key: string): Promise<boolean> {
    try {
      return (await stat(this.path(key)).catch(orMissing(key))).isFile();
    } catch (error) {
      if (error instanceof FileMissing) return false;
      throw error;
    }
  }

  async remove(key: string): Promise<void> {
    if (!(await this.has(key))) return;
    await rm(this.path(key), { force: true });
    await syncFolder(dirname(this.path(key)));
  }

  async *keys(prefix: string): AsyncIterable<string> {
    const under = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    if (under) assertFileKey(under.slice(0, -1));
    for await (const key of this.walk(under)) if (key.startsWith(prefix)) yield key;
  }

  /** Also clears away what killed processes left half written. */
  async check(): Promise<void> {
    await rm(await this.grow(Buffer.from('probe')));
    for (const name of await readdir(this.growing)) {
      const path = join(this.growing, name);
      const found = await stat(path).catch(() => undefined);
      if (found && found.mtimeMs < Date.now() - ABANDONED_MS) await rm(path, { force: true });
    }
  }

  private path(key: string): string {
    assertFileKey(key);
    return join(this.folder, key);
  }

  /** Writes a file that is on the disk, but under no key yet. */
  private async grow(bytes: FileBytes): Promise<string> {
    await mkdir(this.growing, { recursive: true });
    const path = join(this.growing, randomUUID());
    try {
      await writeFile(path, inPieces(bytes), { flag: 'wx', mode: 0o600, flush: true });
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    return path;
  }

  private async *walk(under: string): AsyncIterable<string> {
    const entries = await readdir(join(this.folder, under), { withFileTypes: true }).catch(orNothing);
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory()) yield* this.walk(`${under}${entry.name}/`);
      else if (entry.isFile()) yield under + entry.name;
    }
  }

  /** A name is durable when its folder is, and a new folder when the one above it is. */
  private async syncFolders(key: string): Promise<void> {
    const parts = key.split('/');
    for (let depth = parts.length - 1; depth >= 0; depth--)
      await syncFolder(join(this.folder, ...parts.slice(0, depth)));
  }
}

/** Makes the names in a folder durable. */
export async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder and writes its names through.
  if (process.platform === 'win32') return;
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'EISDIR']);
const isAbsent = (error: NodeJS.ErrnoException) => ABSENT.has(error.code ?? '');

const orMissing = (key: string) => (error: NodeJS.ErrnoException) => {
  throw isAbsent(error) ? new FileMissing(key) : error;
};

function orNothing(error: NodeJS.ErrnoException): [] {
  if (isAbsent(error)) return [];
  throw error;
}
