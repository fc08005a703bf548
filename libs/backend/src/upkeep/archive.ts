import { createHash, type Hash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { json, text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { syncFolder } from '../adapters/local.files.js';
import { CannotStart } from '../cannot-start.js';
import { readTar, tarEnd, tarHead, tarPadding } from './tar.js';

/*
 * An archive is a tar under gzip. After every so many parts stands an index of their lengths and hashes; the manifest at
 * the end holds the hash of every index, and its own hash stands behind it: a changed or missing byte anywhere is found,
 * and however many files there are, only one index is held in memory.
 */

/** 2: what rules erase is sealed by person. Archives of 1 are read as well. */
const FORMAT = 2;
const MANIFEST = 'manifest.json';
const SEAL = 'manifest.sha256';
const INDEX = 'index/';
const PARTS_AN_INDEX = 1000;

/** What an archive says of itself. */
export interface Manifest {
  format: number;
  /** The version of the product that wrote it. */
  product: string;
  madeAt: string;
  engine: string;
  /** The migrations that had made its tables, in order. */
  migrations: string[];
  tables: Record<string, { rows: number; sha256: string }>;
  files: number;
  /** Files that a row names and that were not there when the archive was made. */
  missingFiles: string[];
  keys: { fingerprint: string; included: boolean };
  /** It opens with the keys of persons only, which are in a file of their own. */
  byPerson?: boolean;
  /** The hashes of the indexes, in order. */
  indexes: string[];
}

/** Writes one archive. Under its name it is there whole or not at all; until then it grows beside it. */
export class ArchiveWriter {
  private readonly gzip = createGzip();
  private readonly written: Promise<void>;
  private readonly growing: string;
  private readonly indexes: string[] = [];
  private lines: string[] = [];

  private constructor(private readonly file: string) {
    this.growing = `${file}.growing`;
    this.written = pipeline(this.gzip, createWriteStream(this.growing, { mode: 0o600, flush: true }));
    this.written.catch(() => undefined);
  }

  /** @throws CannotStart there is a file of this name: a backup is never overwritten, unless it is one that is renewed */
  static async create(file: string, { renews = false } = {}): Promise<ArchiveWriter> {
    if (!renews && existsSync(file))
      throw new CannotStart(
        `«${file}» از پیش هست و روی آن نوشته نمی‌شود؛ نام دیگری بدهید.`,
        `${file} exists already and is not overwritten; give another name.`,
      );
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    return new ArchiveWriter(file);
  }

  add(path: string, bytes: Buffer): Promise<void> {
    return this.addStream(path, bytes.length, [bytes]);
  }

  async addStream(path: string, bytes: number, body: AsyncIterable<Buffer> | Buffer[]): Promise<void> {
    const sha256 = await this.put(path, bytes, body);
    this.lines.push(indexLine(path, bytes, sha256));
    if (this.lines.length === PARTS_AN_INDEX) await this.endIndex();
  }

  /** Writes the manifest, forces all to the disk and gives the archive its name. */
  async finish(manifest: Omit<Manifest, 'format' | 'indexes'>): Promise<void> {
    if (this.lines.length > 0) await this.endIndex();
    const whole: Manifest = { format: FORMAT, ...manifest, indexes: this.indexes };
    const last = Buffer.from(`${JSON.stringify(whole, null, 2)}\n`);
    const seal = Buffer.from(await this.put(MANIFEST, last.length, [last]));
    await this.put(SEAL, seal.length, [seal]);
    this.gzip.end(tarEnd);
    await this.written;
    await rename(this.growing, this.file);
    await syncFolder(dirname(this.file));
  }

  /** Leaves nothing behind. */
  async abandon(): Promise<void> {
    this.gzip.destroy();
    await this.written.catch(() => undefined);
    await rm(this.growing, { force: true });
  }

  private async endIndex(): Promise<void> {
    const index = Buffer.from(this.lines.join(''));
    this.lines = [];
    this.indexes.push(await this.put(`${INDEX}${this.indexes.length + 1}.ndjson`, index.length, [index]));
  }

  private async put(path: string, bytes: number, body: AsyncIterable<Buffer> | Buffer[]): Promise<string> {
    const hash = createHash('sha256');
    let seen = 0;
    await this.write(tarHead(path, bytes));
    for await (const chunk of body) {
      hash.update(chunk);
      seen += chunk.length;
      await this.write(chunk);
    }
    if (seen !== bytes) throw new Error(`${path} has ${seen} bytes, not ${bytes}`);
    await this.write(tarPadding(bytes));
    return hash.digest('hex');
  }

  private async write(chunk: Buffer): Promise<void> {
    // When the disk is full nothing drains any more: the failed pipeline ends the wait.
    if (!this.gzip.write(chunk)) await Promise.race([once(this.gzip, 'drain'), this.written]);
  }
}

type Part = (path: string, body: AsyncIterable<Buffer>) => Promise<void>;

/**
 * Reads a whole archive and checks every byte of it; hands each part but indexes and manifest to `part`, which may
 * read its body. What `part` has been given is known to be right only when the manifest is returned.
 *
 * @throws CannotStart the file is absent, damaged, cut off, or of a newer format
 */
export async function readArchive(file: string, part: Part = async () => {}): Promise<Manifest> {
  const source = createReadStream(file);
  const gunzip = createGunzip();
  const piped = pipeline(source, gunzip);
  piped.catch(() => undefined);
  const indexes: string[] = [];
  let lines: string[] = [];
  let manifest: Manifest | undefined;
  let seal: string | undefined;
  try {
    for await (const { path, bytes, body } of readTar(gunzip)) {
      const hash = createHash('sha256');
      const hashed = hashing(body, hash);
      if (path === MANIFEST) {
        manifest = fitting((await json(hashed)) as Manifest, indexes, lines);
        seal = hash.digest('hex');
        continue;
      }
      if (path === SEAL) {
        if (!manifest || (await text(body)) !== seal) throw new Error('the manifest is not as it was written');
        return manifest;
      }
      if (path.startsWith(INDEX)) {
        if ((await text(hashed)) !== lines.join('')) throw new Error(`${path} does not fit its parts`);
        indexes.push(hash.digest('hex'));
        lines = [];
        continue;
      }
      await part(path, hashed).catch((error: unknown) => {
        throw new PartFailed(error);
      });
      for await (const _ of hashed);
      lines.push(indexLine(path, bytes, hash.digest('hex')));
    }
    throw new Error('no manifest');
  } catch (error) {
    if (error instanceof CannotStart) throw error;
    if (error instanceof PartFailed) throw error.cause;
    throw damaged(file, error as NodeJS.ErrnoException);
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

/** The work with a part failed; the archive itself may be in order. */
class PartFailed extends Error {
  constructor(cause: unknown) {
    super('part failed', { cause });
  }
}

function fitting(manifest: Manifest, indexes: string[], lines: string[]): Manifest {
  if (manifest.format > FORMAT)
    throw new CannotStart(
      'این پشتیبان با نسخهٔ تازه‌تری از برنامه ساخته شده است؛ با همان نسخه یا نسخه‌ای تازه‌تر آن را بازگردانید.',
      'This backup was made by a newer version of the product; restore it with that version or a later one.',
    );
  if (lines.length > 0 || manifest.indexes.join() !== indexes.join()) throw new Error('the manifest does not fit');
  return manifest;
}

const indexLine = (path: string, bytes: number, sha256: string): string =>
  `${JSON.stringify({ path, bytes, sha256 })}\n`;

/** Passes a body on and feeds its hash. Whoever reads on after another reads the rest. */
function hashing(body: AsyncIterable<Buffer>, hash: Hash): AsyncIterable<Buffer> {
  const chunks = body[Symbol.asyncIterator]();
  const next = async () => {
    const chunk = await chunks.next();
    if (!chunk.done) hash.update(chunk.value);
    return chunk;
  };
  return { [Symbol.asyncIterator]: () => ({ next }) };
}

function damaged(file: string, error: NodeJS.ErrnoException): CannotStart {
  if (error.code === 'ENOENT') return new CannotStart(`پرونده‌ای به نام «${file}» نیست.`, `There is no file ${file}.`);
  return new CannotStart(
    `پشتیبان «${file}» آسیب دیده یا ناتمام است (${error.message})؛ پشتیبان دیگری به کار ببرید.`,
    `The backup ${file} is damaged or cut off (${error.message}); use another one.`,
  );
}
