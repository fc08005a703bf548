import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { armFailpoint } from '../failpoint.js';
import { readSettings } from '../settings/settings.js';
import { addDataKey, plainKeys, rewrapKeyFile, writePlainKeys } from './key-file.js';
import { Keys } from './keys.js';
import { MasterKey } from './master-key.js';

const folder = mkdtempSync(join(tmpdir(), 'maharat-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));
const newPath = () => join(mkdtempSync(join(folder, 'place-')), 'keys.json');
const masterOf = (byte: number) => MasterKey.written(Buffer.alloc(32, byte).toString('hex'));
const [master, another] = [masterOf(1), masterOf(2)];

type Wrapped = Record<string, string> & Record<'data' | 'index', Record<string, string>>;
const textOf = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Wrapped;
const write = (path: string, file: object) => writeFileSync(path, JSON.stringify(file), { mode: 0o600 });

/** As a version before the master key wrote it. */
const plain = {
  version: 1,
  current: 'k2',
  data: { k1: Buffer.alloc(32, 11).toString('base64'), k2: Buffer.alloc(32, 12).toString('base64') },
  index: Buffer.alloc(32, 13).toString('base64'),
  link: Buffer.alloc(32, 14).toString('base64'),
};
const secrets = [plain.data.k1, plain.data.k2, plain.index, plain.link];

describe('a key file', () => {
  it('13.3 holds no key that opens anything without the master key', () => {
    const path = newPath();
    write(path, plain);
    const keys = Keys.load(path, false, master);
    const [sealed, index] = [keys.seal('x', 'p'), keys.blindIndex('nationalId', 'x')];
    keys.wrapPlain();
    for (const secret of secrets) expect(readFileSync(path, 'utf8')).not.toContain(secret);
    expect(statSync(path).mode & 0o077).toBe(0);
    const wrapped = Keys.load(path, false, master);
    expect(wrapped.open(sealed, 'p').toString()).toBe('x');
    expect(wrapped.blindIndex('nationalId', 'x')).toBe(index);
    expect(wrapped.fingerprint()).toBe(keys.fingerprint());
    expect(() => Keys.load(path, false, another)).toThrow('WRONG');
  });

  it('is refused when a wrapped key was changed, moved under another name, or brought from another file', () => {
    const path = newPath();
    Keys.load(path, true, master).addDataKey();
    const good = textOf(path);
    const other = newPath();
    Keys.load(other, true, master);
    const { k1, k2 } = good.data as { k1: string; k2: string };
    const bad = [
      { ...good, data: { k1: k2, k2: k1 } },
      { ...good, link: k1 },
      { ...good, link: textOf(other).link },
      { ...good, index: { i1: 'short' } },
      { ...good, current: 'k7' },
      { ...good, currentIndex: 'i7' },
    ];
    for (const file of bad) {
      write(path, file);
      expect(() => Keys.load(path, false, master)).toThrow();
    }
    write(path, good);
    expect(Keys.load(path, false, master).currentId).toBe('k2');
  });

  it('from before the master key is wrapped once, and killed in between it is the one or the other, whole', () => {
    const path = newPath();
    write(path, plain);
    // Two that have started at once hold the same keys, whichever of them wraps the file.
    const [first, second] = [Keys.load(path, false, master), Keys.load(path, false, master)];
    armFailpoint('keys.before-rename:error');
    expect(() => first.wrapPlain()).toThrow('on purpose');
    expect(textOf(path)).toEqual(plain);
    first.wrapPlain();
    const wrapped = readFileSync(path, 'utf8');
    second.wrapPlain();
    expect(readFileSync(path, 'utf8')).toBe(wrapped);
    expect(second.open(first.seal('x', 'p'), 'p').toString()).toBe('x');
    expect(readdirSync(dirname(path))).toEqual(['keys.json']);
  });

  it('is taken over from a process that was killed at it, and not from one that is at it', () => {
    const path = newPath();
    write(path, plain);
    const [keys, draft] = [Keys.load(path, false, master), `${path}.rotating`];
    writeFileSync(draft, '{"version":2,"da');
    expect(() => addDataKey(path, master)).toThrow('EEXIST');
    const longAgo = new Date(Date.now() - 11_000);
    utimesSync(draft, longAgo, longAgo);
    keys.wrapPlain();
    expect(textOf(path).version).toBe(2);
    expect(addDataKey(path, master)).toBe('k3');
    expect(keys.currentId).toBe('k3');
  });

  it('is wrapped by another master key, without a change of any key, and twice is as good as once', () => {
    const path = newPath();
    const keys = Keys.load(path, true, master);
    keys.addDataKey();
    const [sealed, known] = [keys.seal('x', 'p'), plainKeys(path, master).toString()];
    armFailpoint('keys.before-rename:error');
    expect(() => rewrapKeyFile(path, master, another)).toThrow('on purpose');
    expect(plainKeys(path, master).toString()).toBe(known);
    for (let twice = 0; twice < 2; twice++) rewrapKeyFile(path, master, another);
    expect(plainKeys(path, another).toString()).toBe(known);
    expect(() => Keys.load(path, false, master)).toThrow('WRONG');
    // A process that was started with the master key before goes on with what it knows, and changes nothing.
    expect(keys.open(sealed, 'p').toString()).toBe('x');
    expect(keys.currentId).toBe('k2');
    expect(() => keys.addDataKey()).toThrow('WRONG');
    expect(Keys.load(path, false, another).open(sealed, 'p').toString()).toBe('x');
  });

  it('of a backup is wrapped by the master key of the place', () => {
    const [from, to] = [newPath(), newPath()];
    const keys = Keys.load(from, true, master);
    keys.addIndexKey();
    writePlainKeys(to, plainKeys(from, master), another);
    for (const { index } of [textOf(from)]) expect(Object.values(index)).toHaveLength(2);
    const restored = Keys.load(to, false, another);
    expect(restored.open(keys.seal('x', 'p'), 'p').toString()).toBe('x');
    expect(restored.blindIndexes('nationalId', 'x')).toEqual(keys.blindIndexes('nationalId', 'x'));
    // A backup of a version before has them in the older form.
    const older = newPath();
    writePlainKeys(older, Buffer.from(JSON.stringify(plain)), another);
    expect(Keys.load(older, false, another).currentId).toBe('k2');
  });
});

describe('the master key', () => {
  const of = (env: NodeJS.ProcessEnv) => MasterKey.of(readSettings(env));

  it('is made beside the key file for its owner only, when nobody has named one', () => {
    const path = newPath();
    const settings = readSettings({ KEY_FILE: path });
    const keys = Keys.load(path, true, MasterKey.of(settings));
    const file = join(dirname(path), 'master.key');
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(Keys.load(path, true, of({ KEY_FILE: path })).fingerprint()).toBe(keys.fingerprint());
    // What it wraps opens by its text as well.
    expect(Keys.load(path, true, of({ MASTER_KEY: readFileSync(file, 'utf8').trim() })).currentId).toBe('k1');
  });

  it('is never made where it was named, nor for keys that another one wraps', () => {
    const path = newPath();
    const named = of({ KEY_FILE: path, MASTER_KEY_FILE: `${path}.master` });
    expect(() => Keys.load(path, true, named)).toThrow('MISSING');
    Keys.load(path, true, master);
    expect(() => Keys.load(path, true, of({ KEY_FILE: path }))).toThrow('MISSING');
    expect(readdirSync(dirname(path))).toEqual(['keys.json']);
    writeFileSync(`${path}.master`, 'not a key');
    expect(() => Keys.load(path, true, named)).toThrow('NOT_A_KEY');
  });
});
