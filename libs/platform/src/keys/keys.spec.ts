import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { newRing } from './key-file.js';
import { Keys } from './keys.js';
import { MasterKey } from './master-key.js';

const folder = mkdtempSync(join(tmpdir(), 'maharat-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));
const master = MasterKey.written(Buffer.alloc(32, 7).toString('base64'));

describe('the keys', () => {
  it('open what they sealed, at its own place only', () => {
    const keys = Keys.random();
    const sealed = keys.seal('علی‌پور', 'trainee.familyName.1');
    expect(keys.open(sealed, 'trainee.familyName.1').toString()).toBe('علی‌پور');
    expect(() => keys.open(sealed, 'trainee.familyName.2')).toThrow();
    expect(() => keys.open(sealed, 'trainee.givenName.1')).toThrow();
    expect(() => Keys.random().open(sealed, 'trainee.familyName.1')).toThrow();
  });

  it('never seal alike twice', () => {
    const keys = Keys.random();
    // More than are asked of the system at once.
    expect(new Set(Array.from({ length: 3000 }, () => keys.seal('ا', 'p').slice(0, 19))).size).toBe(3000);
  });

  it('11.2.2 open what an older data key sealed, and seal with the current one', () => {
    const ring = newRing();
    const old = new Keys(ring);
    const turned = new Keys({ ...ring, current: 'k2', data: { ...ring.data, k2: Buffer.alloc(32, 9) } });
    expect(turned.open(old.seal('x', 'p'), 'p').toString()).toBe('x');
    expect(turned.seal('x', 'p')).toMatch(/^k2:/);
  });

  it('11.3 refuse a value that was changed by a bit', () => {
    const keys = Keys.random();
    const [id, body = ''] = keys.seal('x', 'p').split(':');
    const bytes = Buffer.from(body, 'base64');
    bytes[13] = (bytes[13] ?? 0) ^ 1;
    expect(() => keys.open(`${id}:${bytes.toString('base64')}`, 'p')).toThrow();
  });

  it('11.3 seal the same text otherwise each time: no nonce comes twice', () => {
    const keys = Keys.random();
    const nonces = new Set<string>();
    for (let n = 0; n < 100_000; n++) {
      const [, body = ''] = keys.seal('x', 'p').split(':');
      nonces.add(Buffer.from(body, 'base64').subarray(0, 12).toString('hex'));
    }
    expect(nonces.size).toBe(100_000);
  });

  it('11.3 refuse a value that was put in another place, or shortened', () => {
    const keys = Keys.random();
    const sealed = keys.seal('x', 'trainee.mobile.1');
    expect(keys.open(sealed, 'trainee.mobile.1').toString()).toBe('x');
    for (const place of ['trainee.mobile.2', 'trainee.nationalId.1', ''])
      expect(() => keys.open(sealed, place)).toThrow();
    const [id, body = ''] = sealed.split(':');
    for (const length of [0, 11, 12, 27])
      expect(() =>
        keys.open(`${id}:${Buffer.from(body, 'base64').subarray(0, length).toString('base64')}`, 'trainee.mobile.1'),
      ).toThrow();
  });

  it('know their own signature', () => {
    const keys = Keys.random();
    expect(keys.signed('download 1', keys.sign('download 1'))).toBe(true);
    expect(keys.signed('download 2', keys.sign('download 1'))).toBe(false);
    expect(keys.signed('download 1', '')).toBe(false);
  });

  it('13.3 are made once, readable by their owner only, and are never made where they are missing but needed', () => {
    const path = join(folder, 'keys.json');
    expect(() => Keys.load(path, false, master)).toThrow('missing');
    const made = Keys.load(path, true, master);
    expect(statSync(path).mode & 0o077).toBe(0);
    expect(Keys.load(path, true, master).fingerprint()).toBe(made.fingerprint());
    expect(readFileSync(path, 'utf8')).not.toContain(made.fingerprint());
  });

  it('look for a value by every index key, and make new digests with the current one', () => {
    const path = join(folder, 'turning.json');
    const [keys, other] = [Keys.load(path, true, master), Keys.load(path, true, master)];
    const before = keys.blindIndex('nationalId', '0012345679');
    const { fingerprint } = { fingerprint: keys.fingerprint() };
    keys.addIndexKey();
    expect(keys.blindIndex('nationalId', '0012345679')).toBe(before);
    expect(keys.blindIndexes('nationalId', '0012345679')).toEqual([expect.not.stringMatching(before), before]);
    keys.turnIndexKey();
    const [now] = keys.blindIndexes('nationalId', '0012345679');
    expect(keys.blindIndex('nationalId', '0012345679')).toBe(now);
    // A process that was there before, and has not looked at the file since.
    expect(other.blindIndex('nationalId', '0012345679', 'i2')).toBe(now);
    expect(() => other.blindIndex('nationalId', '0012345679', 'i3')).toThrow('not here: i3');
    expect(other.indexIds).toEqual(['i2', 'i1']);
    expect(other.fingerprint()).toBe(fingerprint);
  });
});
