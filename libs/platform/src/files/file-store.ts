import type { Readable } from 'node:stream';

/** A file, whole or in pieces that follow each other: what many files begin with need not be copied for each. */
export type FileBytes = Uint8Array | readonly Uint8Array[];

export const inPieces = (file: FileBytes): readonly Uint8Array[] => (file instanceof Uint8Array ? [file] : file);

/**
 * Whole files under a key. A key is lower-case ASCII with slashes, chosen by us, never by a user; a file once
 * stored is never changed. Kept by every adapter: a file is there whole or not at all, however the process ends.
 */
export abstract class FileStore {
  /** What this adapter is, for the first log line: `local`, `s3`. */
  abstract readonly kind: string;
  /** Stores the bytes; storing the same key again with the same bytes is no error. Resolves when they are durable. */
  abstract put(key: string, bytes: FileBytes): Promise<void>;
  /** The whole file. @throws FileMissing */
  abstract get(key: string): Promise<Buffer>;
  /** The file as a stream, with its length in bytes. @throws FileMissing */
  abstract open(key: string): Promise<{ stream: Readable; bytes: number }>;
  abstract has(key: string): Promise<boolean>;
  /** Removes the file; one that is not there is no error. */
  abstract remove(key: string): Promise<void>;
  /** All keys that begin with the prefix, in any order. For backup and doctor. */
  abstract keys(prefix: string): AsyncIterable<string>;
  /** Throws when the store cannot be written to. */
  abstract check(): Promise<void>;
}

/** There is no file under this key. */
export class FileMissing extends Error {
  constructor(readonly key: string) {
    super(`No file under ${key}`);
  }
}

const KEY = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/;

/** Refuses a key that could leave the store's folder or differ between stores. */
export function assertFileKey(key: string): void {
  if (key.length > 200 || !KEY.test(key) || key.includes('..')) throw new Error(`Not a file key: ${key}`);
}
