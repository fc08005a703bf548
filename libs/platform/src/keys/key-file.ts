import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { failpoint } from '../failpoint.js';
import { createOnce, type MasterKey, MasterKeyFault } from './master-key.js';

/** The secrets of one installation, 32 bytes each. Keys are only ever added: what they sealed stands in old backups too. */
export interface KeyRing {
  /** The id of the data key that seals new values; older ones open what they sealed. */
  current: string;
  data: Readonly<Record<string, Buffer>>;
  /** The id of the index key that new digests are made with; a value may still stand under an older one. */
  currentIndex: string;
  index: Readonly<Record<string, Buffer>>;
  link: Buffer;
}

type Texts = Record<string, string>;

/** As a version before the master key wrote it, and as a backup holds it under its passphrase: nothing is wrapped. */
interface PlainFile {
  version: 1;
  current: string;
  data: Texts;
  /** Once it was one key, which had no id. */
  index: string | Texts;
  currentIndex?: string;
  link: string;
}

/** As it stands: each key wrapped by one that is drawn from the master key and the salt, its name as associated data. */
interface WrappedFile {
  version: 2;
  salt: string;
  /** Tells the right master key from a wrong one; says nothing about it. */
  check: string;
  current: string;
  data: Texts;
  currentIndex: string;
  index: Texts;
  link: string;
}

const BYTES = 32;
const NONCE = 12;
const TAG = 16;
/** Whoever is at a key file is there for milliseconds: after so long it was killed. */
const KILLED_AFTER_MS = 10_000;
/** How long a start waits for another that is at the key file, or was killed at it. */
const START_WAITS_MS = 15_000;
const LOOK_EVERY_MS = 20;

export function newRing(): KeyRing {
  const key = () => randomBytes(BYTES);
  return { current: 'k1', data: { k1: key() }, currentIndex: 'i1', index: { i1: key() }, link: key() };
}

/** Makes the key file, readable by its owner only, unless another process has just made it. */
export const createKeyFile = (path: string, ring: KeyRing, master: MasterKey): void =>
  createOnce(path, wrapped(ring, master.readOrMake()));

/** @throws MasterKeyFault the master key is not the one that wraps these. @throws Error it is no key file */
export const readKeyFile = (path: string, master: MasterKey): KeyRing =>
  ringOf(JSON.parse(readFileSync(path, 'utf8')) as PlainFile | WrappedFile, master);

/** The keys as a backup holds them, under its passphrase: wrapped by no master key, because it opens on other machines. */
export function plainKeys(path: string, master: MasterKey): Buffer {
  const { current, data, currentIndex, index, link } = readKeyFile(path, master);
  const text = (key: Buffer) => key.toString('base64');
  const plain: PlainFile = { version: 1, current, data: each(data, text), currentIndex, index: each(index, text), link: text(link) }; // prettier-ignore
  return Buffer.from(JSON.stringify(plain, null, 2));
}

/** Writes the keys of a backup, wrapped by the master key of this place, unless there is a key file. */
export function writePlainKeys(path: string, plain: Buffer, master: MasterKey): void {
  const ring = ringOf(JSON.parse(plain.toString()) as PlainFile, master);
  createKeyFile(path, ring, master);
}

/**
 * Wraps the keys of a file from before the master key; once, however many processes start. Killed anywhere it leaves the
 * one file or the other, whole.
 */
export function wrapPlainFile(path: string, master: MasterKey): void {
  if (!isPlain(path)) return;
  changed(path, { from: master, to: master, waitMs: START_WAITS_MS }, (ring) => (isPlain(path) ? ring : null));
}

const isPlain = (path: string): boolean =>
  (JSON.parse(readFileSync(path, 'utf8')) as { version: number }).version === 1;

/** Wraps the keys of a file by another master key. Twice changes nothing more. */
export function rewrapKeyFile(path: string, from: MasterKey, to: MasterKey): void {
  wrapPlainFile(path, to);
  try {
    readKeyFile(path, to);
  } catch (error) {
    if (!(error instanceof MasterKeyFault && error.fault === 'WRONG')) throw error;
    changed(path, { from, to, waitMs: START_WAITS_MS }, (ring) => ring);
  }
}

/** Adds a data key, which seals from now on. @returns its id. @throws Error another process is at the file */
export const addDataKey = (path: string, master: MasterKey): string =>
  changeKeyFile(path, master, (ring) => {
    const current = nextId('k', ring.data);
    return { ...ring, current, data: { ...ring.data, [current]: randomBytes(BYTES) } };
  }).current;

/** Adds an index key, by which nothing is written yet: first every process must know it, to look by it. */
export const addIndexKey = (path: string, master: MasterKey): void => {
  changeKeyFile(path, master, (ring) => ({
    ...ring,
    index: { ...ring.index, [nextId('i', ring.index)]: randomBytes(BYTES) },
  }));
};

/** Makes the newest index key the one that new digests are made with. */
export const turnIndexKey = (path: string, master: MasterKey): void => {
  changeKeyFile(path, master, (ring) => ({ ...ring, currentIndex: newestId(ring.index) }));
};

/** Adds a data key and an index key, which both work from now on. @throws Error another process is at the file */
export const addKeys = (path: string, master: MasterKey): void => {
  changeKeyFile(path, master, (ring) => {
    const [current, currentIndex] = [nextId('k', ring.data), nextId('i', ring.index)];
    const data = { ...ring.data, [current]: randomBytes(BYTES) };
    return { ...ring, current, data, currentIndex, index: { ...ring.index, [currentIndex]: randomBytes(BYTES) } };
  });
};

/** @throws Error another process is at the file */
const changeKeyFile = (path: string, master: MasterKey, change: (ring: KeyRing) => KeyRing): KeyRing =>
  changed(path, { from: master, to: master, waitMs: 0 }, change) as KeyRing;

/** Changes the file alone and whole: what was read is what is replaced. Null leaves it as it is. */
function changed(
  path: string,
  { from, to, waitMs }: { from: MasterKey; to: MasterKey; waitMs: number },
  change: (ring: KeyRing) => KeyRing | null,
): KeyRing | null {
  const draft = `${path}.rotating`;
  const guard = openAlone(draft, waitMs);
  try {
    const ring = change(readKeyFile(path, from));
    if (ring) {
      writeSync(guard, wrapped(ring, to.readOrMake()));
      fsyncSync(guard);
      failpoint('keys.before-rename');
      renameSync(draft, path);
    } else rmSync(draft);
    return ring;
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  } finally {
    closeSync(guard);
  }
}

/** The draft is the guard too: who has made it is alone. */
function openAlone(draft: string, waitMs: number): number {
  for (const until = Date.now() + waitMs; ;) {
    const age = Date.now() - (statSync(draft, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > KILLED_AFTER_MS) rmSync(draft, { force: true });
    try {
      return openSync(draft, 'wx', 0o600);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || Date.now() >= until) throw error;
    }
    // Only a start waits, and it has nothing else to do.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_EVERY_MS);
  }
}

function wrapped(ring: KeyRing, master: Buffer): string {
  const salt = randomBytes(16);
  const wrap = wrapper(master, salt);
  const file: WrappedFile = {
    version: 2,
    salt: salt.toString('base64'),
    check: checkOf(master, salt),
    current: ring.current,
    data: each(ring.data, (key, id) => wrap(key, `data ${id}`)),
    currentIndex: ring.currentIndex,
    index: each(ring.index, (key, id) => wrap(key, `index ${id}`)),
    link: wrap(ring.link, 'link'),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function ringOf(file: PlainFile | WrappedFile, master: MasterKey): KeyRing {
  const open = file.version === 2 ? unwrapper(file, master) : secret;
  const index = typeof file.index === 'string' ? { i1: file.index } : file.index;
  const ring = {
    current: file.current,
    data: each(file.data, (text, id) => open(text, `data ${id}`)),
    currentIndex: file.currentIndex ?? 'i1',
    index: each(index, (text, id) => open(text, `index ${id}`)),
    link: open(file.link, 'link'),
  };
  for (const [keys, id] of [
    [ring.data, ring.current],
    [ring.index, ring.currentIndex],
  ] as const)
    if (!keys[id]) throw new Error(`The key file names ${id} as current and does not hold it`);
  return ring;
}

/** Each file has a salt of its own: a key that was wrapped for another file does not open here. */
const drawn = (master: Buffer, salt: Buffer, what: string): Buffer =>
  Buffer.from(hkdfSync('sha256', master, salt, `maharat key file: ${what}`, BYTES));

const checkOf = (master: Buffer, salt: Buffer): string => drawn(master, salt, 'check').toString('base64');

const wrapper = (master: Buffer, salt: Buffer) => {
  const wrapping = drawn(master, salt, 'wrapping');
  return (key: Buffer, name: string): string => {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', wrapping, nonce).setAAD(Buffer.from(name));
    return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]).toString('base64');
  };
};

/** @throws MasterKeyFault it is not the master key that wrapped them */
function unwrapper({ salt: written, check }: WrappedFile, master: MasterKey) {
  const [key, salt] = [master.read(), Buffer.from(written, 'base64')];
  const [right, given] = [Buffer.from(checkOf(key, salt)), Buffer.from(check)];
  if (right.length !== given.length || !timingSafeEqual(right, given)) throw new MasterKeyFault('WRONG', master.where);
  const wrapping = drawn(key, salt, 'wrapping');
  return (text: string, name: string): Buffer => {
    const bytes = Buffer.from(text, 'base64');
    if (bytes.length !== NONCE + BYTES + TAG) throw new Error('A key in the key file is not 32 bytes long');
    const decipher = createDecipheriv('aes-256-gcm', wrapping, bytes.subarray(0, NONCE))
      .setAAD(Buffer.from(name))
      .setAuthTag(bytes.subarray(-TAG));
    return Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]);
  };
}

const secret = (base64: string): Buffer => {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length !== BYTES) throw new Error('A key in the key file is not 32 bytes long');
  return bytes;
};

const each = <V, R>(all: Readonly<Record<string, V>>, work: (value: V, id: string) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(all).map(([id, value]) => [id, work(value, id)]));

const numberOf = (id: string): number => Number(id.slice(1));

/** The ids of a ring, the newest first. */
export const newestFirst = (keys: Readonly<Record<string, Buffer>>): string[] =>
  Object.keys(keys).sort((a, b) => numberOf(b) - numberOf(a));

const newestId = (keys: Readonly<Record<string, Buffer>>): string => newestFirst(keys)[0] as string;

const nextId = (letter: 'k' | 'i', keys: Readonly<Record<string, Buffer>>): string =>
  `${letter}${numberOf(newestId(keys)) + 1}`;
