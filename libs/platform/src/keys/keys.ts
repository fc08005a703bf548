import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  randomFillSync,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import {
  addDataKey,
  addIndexKey,
  addKeys,
  createKeyFile,
  type KeyRing,
  newestFirst,
  newRing,
  readKeyFile,
  turnIndexKey,
  wrapPlainFile,
} from './key-file.js';
import { type MasterKey, MasterKeyFault } from './master-key.js';

/** Where the keys are read, and by which master key. */
interface KeySource {
  path: string;
  master: MasterKey;
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
  private readonly head: KeyObject;
  /** When the file was last looked at, and the state it had then; the first look reads it once more. */
  private lookedAt = Date.now();
  private seen = '';

  constructor(
    private ring: KeyRing,
    private readonly source?: KeySource,
  ) {
    this.head = ed25519(createHmac('sha256', ring.link).update('heads of the audit trail').digest());
  }

  /** Keys that no file holds: for specs. */
  static random(): Keys {
    return new Keys(newRing());
  }

  /**
   * Reads the key file; makes it, readable by its owner only, when it is missing and `mayCreate`.
   *
   * @throws MasterKeyFault the master key is missing, or not the one of this file
   * @throws Error the file is missing or not a key file
   */
  static load(path: string, mayCreate: boolean, master: MasterKey): Keys {
    if (!existsSync(path)) {
      if (!mayCreate) throw new Error(`The key file ${path} is missing`);
      createKeyFile(path, newRing(), master);
    }
    return new Keys(readKeyFile(path, master), { path, master });
  }

  /** Wraps the keys of a file that a version before the master key has written. Not before this one is sure to stay. */
  wrapPlain(): void {
    if (this.source) wrapPlainFile(this.source.path, this.source.master);
  }

  /**
   * Adds a data key to the key file, which seals from now on; the older ones go on opening what they sealed, in backups
   * too. Other processes on the same file learn of it within a second. One rotation at a time.
   *
   * @returns the id of the new key
   * @throws Error another rotation is at the file
   */
  addDataKey(): string {
    const { path, master } = this.filed();
    const keyId = addDataKey(path, master);
    this.lookAgain();
    return keyId;
  }

  /** Adds an index key, by which people are looked for from now on, and nothing is written yet. */
  addIndexKey(): void {
    const { path, master } = this.filed();
    addIndexKey(path, master);
    this.lookAgain();
  }

  /** Makes the newest index key the one that digests are made with. Twice changes nothing more. */
  turnIndexKey(): void {
    const { path, master } = this.filed();
    turnIndexKey(path, master);
    this.lookAgain();
  }

  /** Adds a data key and an index key that work at once: for rows whose writers look at the file while they hold them. */
  addKeys(): void {
    const { path, master } = this.filed();
    addKeys(path, master);
    this.lookAgain();
  }

  private filed(): KeySource {
    if (!this.source) throw new Error('These keys stand in no file');
    return this.source;
  }

  /** The id of the key that seals now. */
  get currentId(): string {
    this.lookAgain();
    return this.ring.current;
  }

  /** The ids of the index keys, the newest first. */
  get indexIds(): string[] {
    this.lookAgain();
    return newestFirst(this.ring.index);
  }

  /** Reads the key file when another process has changed it. */
  private lookAgain(): void {
    this.lookedAt = Date.now();
    const state = this.state();
    if (!this.source || state === this.seen) return;
    try {
      this.ring = readKeyFile(this.source.path, this.source.master);
      this.seen = state;
    } catch (error) {
      // Wrapped by a master key that this process was not started with: what it knows is as good as before.
      if (!(error instanceof MasterKeyFault)) throw error;
    }
  }

  /** Tells one writing of the file from the next; nothing of what is in it. A file that is away for a moment is as it was. */
  private state(): string {
    const stats = this.source && statSync(this.source.path, { throwIfNoEntry: false });
    return stats ? `${stats.ino} ${stats.mtimeMs} ${stats.size}` : this.seen;
  }

  private lookNowAndThen(): void {
    if (this.source && Date.now() - this.lookedAt > LOOK_EVERY_MS) this.lookAgain();
  }

  /** Tells one installation's keys from another's, whatever was added to them since; says nothing about them. */
  fingerprint(): string {
    const oldest = this.ring.index[newestFirst(this.ring.index).at(-1) as string] as Buffer;
    return createHash('sha256').update('fingerprint').update(oldest).digest('hex').slice(0, 16);
  }

  seal(plain: string | Buffer, place: string): string {
    this.lookNowAndThen();
    const nonce = newNonce();
    const cipher = createCipheriv('aes-256-gcm', this.ring.data[this.ring.current] as Buffer, nonce);
    cipher.setAAD(Buffer.from(place));
    const body = cipher.update(plain);
    // GCM gives all it has at once: the end adds no bytes.
    cipher.final();
    const sealed = Buffer.concat([nonce, body, cipher.getAuthTag()]);
    return `${this.ring.current}:${sealed.toString('base64')}`;
  }

  /** @throws Error the value was sealed for another place, by unknown keys, or was changed */
  open(sealed: string, place: string): Buffer {
    const at = Math.max(0, sealed.indexOf(':'));
    const keyId = sealed.slice(0, at);
    if (!this.ring.data[keyId]) this.lookAgain();
    const key = this.ring.data[keyId];
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

  /**
   * The keyed digest of a normalised personal value. `kind` keeps equal values of different kinds apart. What is kept for
   * more than some minutes is looked for by `blindIndexes`, because the index key turns.
   *
   * @param keyId the index key; without it the one that digests are made with now
   */
  blindIndex(kind: string, value: string, keyId?: string): string {
    if (keyId === undefined) this.lookNowAndThen();
    else if (!this.ring.index[keyId]) this.lookAgain();
    const key = this.ring.index[keyId ?? this.ring.currentIndex];
    if (!key) throw new Error(`Digests are made with an index key that is not here: ${keyId}`);
    return createHmac('sha256', key).update(`${kind}\n${value}`).digest('hex');
  }

  /** All digests that the value may stand under, the newest key's first: while the index key turns, and in old backups. */
  blindIndexes(kind: string, value: string): string[] {
    this.lookNowAndThen();
    return newestFirst(this.ring.index).map((keyId) => this.blindIndex(kind, value, keyId));
  }

  /** Signs what a link says. */
  sign(text: string): string {
    return createHmac('sha256', this.ring.link).update(text).digest('base64url');
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
