import { Readable } from 'node:stream';
import { type FileBytes, FileMissing, FileStore, inPieces } from '@app/platform';

/** Files that live as long as the spec. */
export class MemoryFiles extends FileStore {
  readonly kind = 'memory';
  private readonly files = new Map<string, Buffer>();

  async put(key: string, bytes: FileBytes): Promise<void> {
    this.files.set(key, Buffer.concat(inPieces(bytes)));
  }

  async get(key: string): Promise<Buffer> {
    const bytes = this.files.get(key);
    if (!bytes) throw new FileMissing(key);
    return bytes;
  }

  async open(key: string): Promise<{ stream: Readable; bytes: number }> {
    const bytes = await this.get(key);
    return { stream: Readable.from([bytes]), bytes: bytes.length };
  }

  async has(key: string): Promise<boolean> {
    return this.files.has(key);
  }

  async remove(key: string): Promise<void> {
    this.files.delete(key);
  }

  async *keys(prefix: string): AsyncIterable<string> {
    for (const key of this.files.keys()) if (key.startsWith(prefix)) yield key;
  }

  async check(): Promise<void> {}
}
