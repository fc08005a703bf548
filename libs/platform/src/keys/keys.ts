import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  randomBytes,
  randomFillSync,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** The secrets of one installation, as they stand in the key file. All are 32 random bytes in base 64. */
interface KeyFile {
  version: 1;
  /** The id of the data key that seals new values; older ones open what they sealed. */
  current: string;
  data: Record<string, string>;
  index: string;
  link: string;
}

const NONCE = 12;
/** How soon a process learns of a key that another has added. */
const LOOK_EVERY_MS = 1000;
const TAG = 16;

/**
 * Seals personal values and signs links.
 *
 * A sealed value is `keyId:base64(nonce, ciphertext, tag)`, AES-256-GCM, with the place it belongs to (table, column,
 * row) as additional data: moved to another row or column it does not open.
 */
export class Keys {
  private data: ReadonlyMap<string, Buffer>;
  private readonly index: Buffer;
  private readonly link: Buffer;
  private readonly head: KeyObject;
  /** When the file was last looked at, and the state it had. */
  private lookedAt = Date.now();
  private seen = '';

  constructor(
    private file: KeyFile,
    private readonly path?: string,
  ) {
    this.seen = this.state();
    this.data = dataKeys(file);
    this.index = secret(file.index);
    this.link = secret(file.link);
    this.head = ed25519(createHmac('sha256', this.link).update('heads of the audit trail').digest());
    if (!this.data.has(file.current))
      throw new Error(`The key file names ${file.current} as current and does not hold it`);
  }

  /** Keys that no file holds: for specs. */
  static random(): Keys {
    return new Keys(newKeyFile());
  }

  /**
   * Reads the key file; makes it, readable by its owner only, when it is missing and `mayCreate`.
   *
   * @throws Error the file is missing or not a key file
   */
  static load(path: string, mayCreate: boolean): Keys {
    if (!existsSync(path)) {
      if (!mayCreate) throw new Error(`The key file ${path} is missing`);
      createOnce(path, JSON.stringify(newKeyFile(), null, 2));
    }
    return new Keys(JSON.parse(readFileSync(path, 'utf8')) as KeyFile, path);
  }

  /**
   * Adds a data key to the key file, which seals from now on; the older ones go on opening what they sealed, in backups
   * too. Other processes on the same file learn of it within a second. One rotation at a time.
   *
   * @returns the id of the new key
   * @throws Error another rotation is at the file, or has been killed at it
   */
  static rotate(path: string): string {
    const guard = openSync(`${path}.rotating`, 'wx', 0o600);
    try {
      const file = JSON.parse(readFileSync(path, 'utf8')) as KeyFile;
      const current = `k${Math.max(...Object.keys(file.data).map((keyId) => Number(keyId.slice(1)))) + 1}`;
      const data = { ...file.data, [current]: randomBytes(32).toString('base64') };
      writeSync(guard, JSON.stringify({ ...file, current, data }, null, 2));
      fsyncSync(guard);
      renameSync(`${path}.rotating`, path);
      return current;
    } catch (error) {
      rmSync(`${path}.rotating`, { force: true });
      throw error;
    } finally {
      closeSync(guard);
    }
  }

  /** The id of the key that seals now. */
  get currentId(): string {
    this.lookAgain();
    return this.file.current;
  }

  /** Reads the key file when another process has changed it. */
  private lookAgain(): void {
    this.lookedAt = Date.now();
    const state = this.state();
    if (!this.path || state === this.seen) return;
    const file = JSON.parse(readFileSync(this.path, 'utf8')) as KeyFile;
    this.data = dataKeys(file);
    this.file = file;
    this.seen = state;
  }

  /** Tells one writing of the file from the next; nothing of what is in it. A file that is away for a moment is as it was. */
  private state(): string {
    const stats = this.path === undefined ? undefined : statSync(this.path, { throwIfNoEntry: false });
    return stats ? `${stats.ino} ${stats.mtimeMs} ${stats.size}` : this.seen;
  }

  /** Tells one installation's keys from another's; says nothing about them. */
  fingerprint(): string {
    return createHash('sha256').update('fingerprint').update(this.index).digest('hex').slice(0, 16);
  }

  seal(plain: string | Buffer, place: string): string {
    if (this.path && Date.now() - this.lookedAt > LOOK_EVERY_MS) this.lookAgain();
    const nonce = newNonce();
    const cipher = createCipheriv('aes-256-gcm', this.data.get(this.file.current) as Buffer, nonce);
    cipher.setAAD(Buffer.from(place));
    const body = cipher.update(plain);
    // GCM gives all it has at once: the end adds no bytes.
    cipher.final();
    const sealed = Buffer.concat([nonce, body, cipher.getAuthTag()]);
    return `${this.file.current}:${sealed.toString('base64')}`;
  }

  /** @throws Error the value was sealed for another place, by unknown keys, or was changed */
  open(sealed: string, place: string): Buffer {
    const at = Math.max(0, sealed.indexOf(':'));
    const keyId = sealed.slice(0, at);
    if (!this.data.has(keyId)) this.lookAgain();
    const key = this.data.get(keyId);
    if (!key) throw new Error(`Sealed by a key that is not here: ${keyId}`);
    const bytes = Buffer.from(sealed.slice(at + 1), 'base64');
    const end = bytes.length - TAG;
    if (end < NONCE) throw new Error('Shorter than anything sealed');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE));
    decipher.setAAD(Buffer.from(place));
    decipher.setAuthTag(bytes.subarray(end));
    const plain = decipher.update(bytes.subarray(NONCE, end));
    decipher.final();
    return plain;
  }

  /** The keyed digest of a normalised personal value. `kind` keeps equal values of different kinds apart. */
  blindIndex(kind: string, value: string): string {
    return createHmac('sha256', this.index).update(`${kind}\n${value}`).digest('hex');
  }

  /** Signs what a link says. */
  sign(text: string): string {
    return createHmac('sha256', this.link).update(text).digest('base64url');
  }

  signed(text: string, signature: string): boolean {
    const given = Buffer.from(signature);
    const right = Buffer.from(this.sign(text));
    return given.length === right.length && timingSafeEqual(given, right);
  }

  /** Signs the day's ends of the audit trail (Ed25519), so that who holds the public key alone can check them. */
  signHead(text: string): string {
    return sign(null, Buffer.from(text), this.head).toString('base64url');
  }

  headSigned(text: string, signature: string): boolean {
    return verify(null, Buffer.from(text), createPublicKey(this.head), Buffer.from(signature, 'base64url'));
  }

  /** The public key of signed heads, base 64 of its 32 bytes. */
  get headKey(): string {
    return createPublicKey(this.head).export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
  }
}

/** The private key of a seed of 32 bytes, in the form that Node reads (RFC 8410). */
const ed25519 = (seed: Buffer): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
    format: 'der',
    type: 'pkcs8',
  });

/** Nonces are asked of the system many at a time: one by one they cost more than the sealing. */
const nonces = Buffer.alloc(NONCE * 1024);
let nextNonce = nonces.length;

function newNonce(): Buffer {
  if (nextNonce === nonces.length) {
    randomFillSync(nonces);
    nextNonce = 0;
  }
  nextNonce += NONCE;
  // Copied out, because the next filling would change it under a value that is still being sealed.
  return Buffer.from(nonces.subarray(nextNonce - NONCE, nextNonce));
}

const secret = (base64: string): Buffer => {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length !== 32) throw new Error('A key in the key file is not 32 bytes long');
  return bytes;
};

const dataKeys = (file: KeyFile): ReadonlyMap<string, Buffer> =>
  new Map(Object.entries(file.data).map(([keyId, key]) => [keyId, secret(key)]));

const newKeyFile = (): KeyFile => {
  const key = () => randomBytes(32).toString('base64');
  return { version: 1, current: 'k1', data: { k1: key() }, index: key(), link: key() };
};

/** Two processes may start at once: the link makes one file win, whole. */
function createOnce(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}`;
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
