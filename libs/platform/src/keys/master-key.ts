import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { randomBytes, randomUUID } from 'node:crypto';
import type { Settings } from '../settings/settings.js';

/** The master key is not there, is none, or is not the one that wraps these keys. */
export class MasterKeyFault extends Error {
  constructor(
    readonly fault: 'MISSING' | 'NOT_A_KEY' | 'WRONG',
    /** The setting or the file that it concerns. */
    readonly where: string,
  ) {
    super(`The master key (${where}): ${fault}`);
  }
}

/**
 * The key that wraps those of the key files. It is read anew each time it is needed, so that a process learns of one that
 * was put in its file's place, and never kept longer than the wrapping takes.
 */
export class MasterKey {
  private constructor(
    readonly where: string,
    private readonly text: () => string | undefined,
    private readonly made: () => void,
  ) {}

  /** By the settings: as it is, in a file, or in a file of its own beside the key file. */
  static of({ MASTER_KEY, MASTER_KEY_FILE, masterKeyFile }: Settings): MasterKey {
    if (MASTER_KEY !== undefined) return MasterKey.written(MASTER_KEY);
    // Only one that nobody has named is made: a name that is mistyped must not lead to a second key.
    return MasterKey.inFile(masterKeyFile, MASTER_KEY_FILE === undefined);
  }

  static written(text: string): MasterKey {
    return new MasterKey(
      'MASTER_KEY',
      () => text,
      () => undefined,
    );
  }

  static inFile(path: string, mayBeMade: boolean): MasterKey {
    const text = () => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
    const make = () => createOnce(path, `${randomBytes(32).toString('base64')}\n`);
    return new MasterKey(path, text, mayBeMade ? make : () => undefined);
  }

  /** @throws MasterKeyFault it is not there, or none */
  read(): Buffer {
    const text = this.text();
    if (text === undefined) throw new MasterKeyFault('MISSING', this.where);
    const key = readMasterKey(text.trim());
    if (!key) throw new MasterKeyFault('NOT_A_KEY', this.where);
    return key;
  }

  /** The same, for keys that nothing wraps yet: one that has a file of its own is made when it is missing. */
  readOrMake(): Buffer {
    if (this.text() === undefined) this.made();
    return this.read();
  }
}

/** How 32 bytes are written: 64 hexadecimal digits, or base 64. */
export const MASTER_KEY_FORM = /^([0-9a-f]{64}|[A-Za-z0-9+/_-]{42}[AEIMQUYcgkosw048]=?)$/i;

/** The 32 bytes, or null when it is not so written. */
export function readMasterKey(text: string): Buffer | null {
  if (!MASTER_KEY_FORM.test(text)) return null;
  return Buffer.from(text, text.length === 64 ? 'hex' : 'base64');
}

/** Two processes may start at once: the link makes one file win, whole. Its owner alone may read it. */
export function createOnce(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}`;
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    closeSync(file);
    rmSync(draft);
  }
}
