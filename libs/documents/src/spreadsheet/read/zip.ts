import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { LIMITS } from './limits.js';
import { SpreadsheetFault, UnreadableSpreadsheet } from './unreadable.js';

/**
 * The entries of a zip, unpacked one at a time and only when asked for. Refused as a bomb: too many entries,
 * too much said to be in them, and too much that comes out of them, whatever they said.
 */
export class Zip {
  private unpacked = 0;

  private constructor(
    private readonly file: ZipFile,
    private readonly entries: Map<string, Entry>,
  ) {}

  static async open(bytes: Buffer): Promise<Zip> {
    const file = await new Promise<ZipFile>((resolve, reject) => {
      yauzl.fromBuffer(bytes, { lazyEntries: true }, (error, opened) =>
        error ? reject(damaged(error)) : resolve(opened),
      );
    });
    if (file.entryCount > LIMITS.entries) throw new UnreadableSpreadsheet(SpreadsheetFault.ZIP_BOMB);
    const entries = await listEntries(file);
    const promised = [...entries.values()].reduce((sum, entry) => sum + entry.uncompressedSize, 0);
    if (promised > LIMITS.unpackedBytes) throw new UnreadableSpreadsheet(SpreadsheetFault.ZIP_BOMB);
    return new Zip(file, entries);
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** The text of an entry, piece by piece. A reader that stops early stops the unpacking. */
  async *text(name: string): AsyncGenerator<string> {
    const entry = this.entries.get(name);
    if (!entry) throw new UnreadableSpreadsheet(SpreadsheetFault.DAMAGED);
    if (entry.isEncrypted()) throw new UnreadableSpreadsheet(SpreadsheetFault.PASSWORD_PROTECTED);
    const decoder = new TextDecoder();
    let fromThis = 0;
    let checksum = 0;
    try {
      for await (const chunk of await this.stream(entry)) {
        fromThis += chunk.length;
        this.unpacked += chunk.length;
        const tooDense = fromThis > LIMITS.ratioFromBytes && fromThis > entry.compressedSize * LIMITS.ratio;
        if (tooDense || this.unpacked > LIMITS.unpackedBytes)
          throw new UnreadableSpreadsheet(SpreadsheetFault.ZIP_BOMB);
        checksum = crc32(chunk, checksum);
        yield decoder.decode(chunk, { stream: true });
      }
      if (checksum !== entry.crc32) throw new UnreadableSpreadsheet(SpreadsheetFault.DAMAGED);
    } catch (error) {
      throw damaged(error);
    }
    yield decoder.decode();
  }

  private stream(entry: Entry): Promise<Readable & AsyncIterable<Buffer>> {
    return new Promise((resolve, reject) => {
      this.file.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
    });
  }
}

function listEntries(file: ZipFile): Promise<Map<string, Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    file.on('entry', (entry: Entry) => {
      entries.set(entry.fileName, entry);
      file.readEntry();
    });
    file.on('end', () => resolve(entries));
    file.on('error', (error) => reject(damaged(error)));
    file.readEntry();
  });
}

/** An entry that holds more than it says was made to do harm; all else that goes wrong in a zip is damage. */
function damaged(error: unknown): UnreadableSpreadsheet {
  if (error instanceof UnreadableSpreadsheet) return error;
  const lied = error instanceof Error && error.message.startsWith('too many bytes');
  return new UnreadableSpreadsheet(lied ? SpreadsheetFault.ZIP_BOMB : SpreadsheetFault.DAMAGED, { cause: error });
}
