import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Documents, DocumentState, fileKey, StoredDocument, Upload, uploadKey, Uploads } from '@app/documents';
import { MasterKey, newId, plainKeys, SYSTEM } from '@app/platform';
import { type TestInstallation, newInstallation } from '@app/testing';
import type { Backend } from '../backend.js';
import { CannotStart } from '../cannot-start.js';
import { backup } from './backup.js';
import { restore, verifyBackup } from './restore.js';
import { readTar, tarEnd, tarHead, tarPadding } from './tar.js';

const PASSPHRASE = 'a long passphrase';
const actor = { userId: newId() };

// On a server each place is a database of its own, made by every migration.
jest.setTimeout(60_000);

describe('a backup', () => {
  const folder = mkdtempSync(join(tmpdir(), 'maharat-backup-'));
  const places: TestInstallation[] = [];
  const place = async (more: Record<string, string> = {}) => {
    const made = await newInstallation(undefined, more);
    places.push(made);
    return made;
  };
  let source: TestInstallation;
  let backend: Backend;
  let upload: Upload;
  const whole = join(folder, 'whole.tar.gz');
  const withoutKeys = join(folder, 'without-keys.tar.gz');

  beforeAll(async () => {
    // Beside the archives: a restore finds them there.
    source = await place({ PERSON_KEYS_FILE: join(folder, 'person-keys.tar.gz') });
    backend = await source.open();
    const uploads = new Uploads(backend.database, backend.files, backend.keys, backend.clock);
    upload = await uploads.keep(actor as never, 'فهرست.xlsx', Buffer.from('the class list'));
    await document('paper');
    await backup(backend, whole, { passphrase: PASSPHRASE });
    await backup(backend, withoutKeys);
  }, 60_000);
  afterAll(async () => {
    for (const one of places) await one.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  async function document(text: string): Promise<string> {
    const documents = new Documents(backend.database, backend.files, backend.keys, backend.clock);
    const asked = await backend.database.write(SYSTEM, (tx) =>
      documents.request(tx, {
        kind: 'SPEC',
        subjectId: newId(),
        fileName: 'paper.pdf',
        mimeType: 'application/pdf',
        requestedBy: actor.userId,
      }),
    );
    await documents.draw([asked], () => Promise.resolve(Buffer.from(text)));
    return asked.id;
  }

  /** The archive with another manifest of the same length, sealed again. */
  function edited(change: (manifest: string) => string): Buffer {
    const tar = gunzipSync(readFileSync(whole)).toString('latin1');
    const from = tar.indexOf('{\n  "format"');
    const to = tar.indexOf('\n}\n', from) + 3;
    const manifest = tar.slice(from, to);
    const seal = (text: string) => createHash('sha256').update(text, 'latin1').digest('hex');
    const body = change(manifest);
    expect(body).not.toBe(manifest);
    const all = tar.slice(0, from) + body + tar.slice(to).replace(seal(manifest), seal(body));
    return gzipSync(Buffer.from(all, 'latin1'));
  }

  const sentence = (promise: Promise<unknown>) =>
    promise.then(
      () => 'no error',
      (error: unknown) => (error instanceof CannotStart ? error.messageEn : error),
    );

  it('opens again what was sealed, elsewhere, with its keys', async () => {
    const target = await place();
    await restore(target.settings, whole, PASSPHRASE);
    const restored = await target.open();
    const uploads = new Uploads(restored.database, restored.files, restored.keys, restored.clock);
    expect(await uploads.get(actor, upload.id)).toEqual(upload);
    expect((await uploads.read(upload.id)).toString()).toBe('the class list');
    expect(statSync(target.settings.keyFile).mode & 0o777).toBe(0o600);
  });

  it('opens with its passphrase on a machine that has another master key', async () => {
    const target = await place({ MASTER_KEY: Buffer.alloc(32, 'a master key').toString('base64') });
    await restore(target.settings, whole, PASSPHRASE);
    const { keys } = await target.open();
    expect(keys.fingerprint()).toBe(backend.keys.fingerprint());
    expect(existsSync(target.settings.masterKeyFile)).toBe(false);
  });

  it('holds neither keys nor personal text in the clear', () => {
    const bytes = gunzipSync(readFileSync(whole)).toString();
    const { keyFile } = source.settings;
    const plain = plainKeys(keyFile, MasterKey.of(source.settings)).toString();
    const keys = [plain, readFileSync(keyFile, 'utf8')].flatMap((text) => text.match(/[\w+/]{43}=/g) ?? []);
    expect(keys).toHaveLength(4);
    for (const key of keys) expect(bytes).not.toContain(key);
    expect(bytes).not.toContain('فهرست');
    expect(bytes).not.toContain('the class list');
    expect(statSync(whole).mode & 0o777).toBe(0o600);
  });

  it('is never overwritten, and nothing is left of one that failed', async () => {
    expect(await sentence(backup(backend, whole))).toContain('is not overwritten');
    const keys = Object.assign(Object.create(backend.keys) as Backend['keys'], {
      fingerprint: () => {
        throw new Error('no keys');
      },
    });
    const broken = { ...backend, keys };
    await expect(backup(broken, join(folder, 'broken.tar.gz'))).rejects.toThrow('no keys');
    expect(readdirSync(folder).sort()).toEqual(['person-keys.tar.gz', 'whole.tar.gz', 'without-keys.tar.gz']);
  });

  it('names the files it could not find; an upload that was cleared away is no fault', async () => {
    const lost = await document('lost');
    const { sha256 } = await backend.database.read((tx) => tx.get(StoredDocument, { id: lost }));
    const another = await new Uploads(backend.database, backend.files, backend.keys, backend.clock).keep(
      actor as never,
      'old.xlsx',
      Buffer.from('old'),
    );
    await backend.files.remove(fileKey(sha256 as string));
    await backend.files.remove(uploadKey(another.id));
    const made = await backup(backend, join(folder, 'missing.tar.gz'));
    expect(made.missingFiles).toEqual([fileKey(sha256 as string)]);
    await backend.database.write(SYSTEM, (tx) =>
      tx.update(StoredDocument, { id: lost }, { state: DocumentState.FAILED, sha256: null }),
    );
    rmSync(join(folder, 'missing.tar.gz'));
  });

  it('is known as damaged whichever byte was changed or cut', async () => {
    const tar = gunzipSync(readFileSync(whole));
    const file = join(folder, 'damaged.tar.gz');
    const tried = Array.from({ length: 40 }, (_, i) => Math.floor((tar.length / 40) * i) + 3);
    // Padding behind a part and unused fields of a head carry nothing.
    const telling = tried.filter((at) => tar[at] !== 0);
    expect(telling.length).toBeGreaterThan(20);
    for (const at of telling) {
      const changed = Buffer.from(tar);
      changed[at] = (changed[at] as number) ^ 1;
      writeFileSync(file, gzipSync(changed, { level: 1 }));
      expect(await sentence(verifyBackup(file))).toContain('damaged or cut off');
    }
    const bytes = readFileSync(whole);
    for (const part of [0, 1, 2, 3]) {
      writeFileSync(file, bytes.subarray(0, (bytes.length * part) / 4));
      expect(await sentence(verifyBackup(file))).toContain('damaged or cut off');
    }
    expect(await sentence(verifyBackup(join(folder, 'absent')))).toContain('There is no file');
    rmSync(file);
  });

  it('of a newer format or version is refused', async () => {
    const file = join(folder, 'newer.tar.gz');
    writeFileSync(
      file,
      edited((manifest) => manifest.replace('"format": 2', '"format": 3')),
    );
    expect(await sentence(verifyBackup(file))).toContain('newer version');
    writeFileSync(
      file,
      edited((manifest) => manifest.replace('Platform1764000000001', 'Platform9764000000001')),
    );
    const target = await place();
    expect(await sentence(restore(target.settings, file, PASSPHRASE))).toContain('newer version');
    rmSync(file);
  });

  it('is restored into an empty place only', async () => {
    expect(await sentence(restore(source.settings, whole, PASSPHRASE))).toContain('into an empty place only');
    const target = await place();
    const other = await target.open({ migrated: false });
    await other.files.put('a-file', Buffer.from('mine'));
    expect(await sentence(restore(target.settings, whole, PASSPHRASE))).toContain('into an empty place only');
    expect((await other.files.get('a-file')).toString()).toBe('mine');
  });

  it('asks for the right keys: those inside by their passphrase, or the key file', async () => {
    const target = await place();
    expect(await sentence(restore(target.settings, whole))).toContain('are encrypted');
    expect(await sentence(restore(target.settings, whole, 'another passphrase'))).toContain('passphrase is not that');
    expect(await sentence(restore(target.settings, withoutKeys, PASSPHRASE))).toContain('does not hold the keys');
    expect(existsSync(target.settings.keyFile)).toBe(false);

    const stranger = await place();
    const wrong = await place({ KEY_FILE: stranger.settings.keyFile });
    await stranger.open();
    expect(await sentence(restore(wrong.settings, whole, PASSPHRASE))).toContain('not those of this backup');

    const right = await place({ KEY_FILE: source.settings.keyFile });
    await restore(right.settings, withoutKeys);
    const restored = await right.open();
    expect((await new Uploads(restored.database, restored.files, restored.keys, restored.clock).read(upload.id)).toString()).toBe('the class list'); // prettier-ignore
  });

  it('leaves nothing behind when its restore fails in the middle', async () => {
    const target = await place();
    const file = join(folder, 'unfit.tar.gz');
    writeFileSync(
      file,
      edited((manifest) => manifest.replace(/("upload": \{\s+"rows": 1,\s+"sha256": ")./, '$1z')),
    );
    await expect(restore(target.settings, file, PASSPHRASE)).rejects.toThrow('upload has 1 rows that differ');
    expect(existsSync(target.settings.keyFile)).toBe(false);
    // The same place takes the right backup afterwards.
    await restore(target.settings, whole, PASSPHRASE);
    rmSync(file);
  });
});

describe('a tar', () => {
  it('keeps paths of any length and files of any length', async () => {
    const files = [0, 1, 511, 512, 513, 5000].map((bytes) => ({
      path: `${'a-long-folder/'.repeat(bytes % 20)}${bytes}`,
      body: Buffer.alloc(bytes, 7),
    }));
    const tar = Buffer.concat([
      ...files.flatMap(({ path, body }) => [tarHead(path, body.length), body, tarPadding(body.length)]),
      tarEnd,
    ]);
    async function* inPieces() {
      for (let at = 0; at < tar.length; at += 700) yield tar.subarray(at, at + 700);
    }
    const read: { path: string; body: Buffer }[] = [];
    for await (const { path, body } of readTar(inPieces())) {
      const chunks: Buffer[] = [];
      for await (const chunk of body) chunks.push(chunk);
      read.push({ path, body: Buffer.concat(chunks) });
    }
    expect(read).toEqual(files);
  });
});
