/*
 * The container of a backup is a plain tar, so that a person without this program can still open it. Only what we
 * write is read: files, in order, whose lengths are known before they begin.
 */

const BLOCK = 512;
const NAME = 100;
/** What ends a tar. */
export const tarEnd = Buffer.alloc(2 * BLOCK);

/** What stands before a file of `bytes` bytes. A path too long for the classic head stands in a pax head before it. */
export function tarHead(path: string, bytes: number): Buffer {
  if (Buffer.byteLength(path) <= NAME) return head(path, bytes, '0');
  const record = paxPath(path);
  const pax = [head('long-path', record.length, 'x'), record, tarPadding(record.length)];
  return Buffer.concat([...pax, head('long-path', bytes, '0')]);
}

/** What stands after a file of `bytes` bytes. */
export const tarPadding = (bytes: number): Buffer => Buffer.alloc((BLOCK - (bytes % BLOCK)) % BLOCK);

/** A file of a tar. Its body can be read once, before the next file is asked for. */
interface TarFile {
  path: string;
  bytes: number;
  body: AsyncIterable<Buffer>;
}

/** @throws Error the tar is cut off or not a tar */
export async function* readTar(source: AsyncIterable<Buffer>): AsyncGenerator<TarFile> {
  const input = new Input(source);
  let longPath: string | undefined;
  for (;;) {
    const block = await input.take(BLOCK);
    if (block.every((byte) => byte === 0)) return;
    const sum = parseInt(text(block, 148, 8), 8);
    if (sum !== checksum(block)) throw new Error('not a tar, or damaged');
    const bytes = parseInt(text(block, 124, 12), 8);
    if (text(block, 156, 1) === 'x') {
      longPath = pathOfPax(await input.take(bytes));
      await input.take(tarPadding(bytes).length);
      continue;
    }
    const body = input.next(bytes);
    yield { path: longPath ?? text(block, 0, NAME), bytes, body };
    longPath = undefined;
    for await (const _ of body);
    await input.take(tarPadding(bytes).length);
  }
}

function head(path: string, bytes: number, type: '0' | 'x'): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(path, 0, NAME);
  block.write('0000600\0' + '0000000\0'.repeat(2), 100);
  block.write(`${octal(bytes)}\0${octal(0)}\0`, 124);
  block.write(type, 156);
  block.write('ustar\x0000', 257);
  block.write(`${checksum(block).toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

const octal = (n: number): string => n.toString(8).padStart(11, '0');

const text = (block: Buffer, from: number, length: number): string =>
  block.toString('utf8', from, from + length).replace(/[\0 ]+$/, '');

/** The sum of all bytes of a head, with blanks where the sum itself stands. */
function checksum(block: Buffer): number {
  let sum = 8 * 32;
  for (const [at, byte] of block.entries()) if (at < 148 || at >= 156) sum += byte;
  return sum;
}

/** `LENGTH path=VALUE\n`, where LENGTH counts itself. */
function paxPath(path: string): Buffer {
  const rest = ` path=${path}\n`;
  let length = Buffer.byteLength(rest);
  while (length !== Buffer.byteLength(`${length}${rest}`)) length = Buffer.byteLength(`${length}${rest}`);
  return Buffer.from(`${length}${rest}`);
}

const pathOfPax = (record: Buffer): string => /^\d+ path=(.*)\n$/s.exec(record.toString())?.[1] ?? '';

/** A stream of bytes that is read in pieces of chosen lengths. */
class Input {
  private readonly chunks: AsyncIterator<Buffer>;
  private held = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.chunks = source[Symbol.asyncIterator]();
  }

  async take(bytes: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of this.next(bytes)) parts.push(part);
    return Buffer.concat(parts);
  }

  /** The next bytes, as they come. What one reader leaves, the next one of the same iterable reads. */
  next(bytes: number): AsyncIterable<Buffer> {
    let left = bytes;
    const read = async (): Promise<IteratorResult<Buffer>> => {
      if (left === 0) return { done: true, value: undefined };
      if (this.held.length === 0) {
        const chunk = await this.chunks.next();
        if (chunk.done) throw new Error('cut off');
        this.held = chunk.value as Buffer<ArrayBuffer>;
      }
      const value = this.held.subarray(0, left);
      this.held = this.held.subarray(value.length);
      left -= value.length;
      return { done: false, value };
    };
    return { [Symbol.asyncIterator]: () => ({ next: read }) };
  }
}
