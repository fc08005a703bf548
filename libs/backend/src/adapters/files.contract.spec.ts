import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { transformSync } from '@swc/core';
import { FileMissing, type FileStore } from '@app/platform';
import { type S3Fault, S3Stub } from '@app/testing';
import { LocalFiles } from './local.files.js';
import { S3Files } from './s3.files.js';

const temporary: string[] = [];
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'maharat-files-'));
  temporary.push(folder);
  return folder;
}
afterAll(() => temporary.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const s3Over = (stub: S3Stub, bucket = stub.bucket) =>
  new S3Files({ bucket, endpoint: stub.endpoint, region: 'us-east-1', accessKeyId: 'spec', secretAccessKey: 'spec' });

/** Numbers in [0, 1) that are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

async function keysOf(files: FileStore, prefix = ''): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of files.keys(prefix)) keys.push(key);
  return keys.sort();
}

let stub: S3Stub;
beforeAll(async () => {
  stub = await S3Stub.start({ pageSize: 3 });
});
afterAll(() => stub.stop());

const stores: [string, () => FileStore][] = [
  ['local', () => new LocalFiles(join(newFolder(), 'not', 'yet', 'there'))],
  ['s3', () => s3Over(stub)],
];

describe.each(stores)('the %s file store', (kind, newStore) => {
  let files: FileStore;
  beforeAll(() => {
    stub.objects.clear();
    files = newStore();
  });

  it('says what it is, that it can be written to, and holds no file after that', async () => {
    expect(files.kind).toBe(kind);
    await files.check();
    expect(await keysOf(files)).toEqual([]);
  });

  it.each([0, 1, 65_537, 3_000_000])('gives back the same %i bytes, whole and as a stream', async (length) => {
    const bytes = randomBytes(length);
    const key = `sizes/${length}.pdf`;
    await files.put(key, bytes);
    expect((await files.get(key)).equals(bytes)).toBe(true);
    const { stream, bytes: told } = await files.open(key);
    expect(told).toBe(length);
    expect((await buffer(stream)).equals(bytes)).toBe(true);
  });

  it('puts the pieces of a file together', async () => {
    const pieces = [70_000, 0, 1, 300_000].map((length) => randomBytes(length));
    await files.put('pieces/a', pieces);
    expect((await files.get('pieces/a')).equals(Buffer.concat(pieces))).toBe(true);
    await files.put('pieces/none', []);
    expect(await files.get('pieces/none')).toHaveLength(0);
  });

  it('takes the same file twice, also at once', async () => {
    const bytes = randomBytes(100_000);
    await Promise.all(Array.from({ length: 10 }, () => files.put('twice/a', bytes)));
    await files.put('twice/a', bytes);
    expect((await files.get('twice/a')).equals(bytes)).toBe(true);
  });

  it('knows what is there and what is not', async () => {
    await files.put('there/a', Buffer.from('a'));
    expect(await files.has('there/a')).toBe(true);
    for (const key of ['there/b', 'there', 'there/a/b', 'nowhere/at/all']) {
      expect(await files.has(key)).toBe(false);
      await expect(files.get(key)).rejects.toEqual(new FileMissing(key));
      await expect(files.open(key)).rejects.toBeInstanceOf(FileMissing);
    }
  });

  it('removes a file, and one that is not there', async () => {
    await files.put('gone/a', Buffer.from('a'));
    await files.remove('gone/a');
    await files.remove('gone/a');
    await files.remove('gone/never/was');
    expect(await files.has('gone/a')).toBe(false);
  });

  it('lists all keys that begin with a prefix, over pages and folders', async () => {
    const keys = Array.from({ length: 10 }, (_, n) => `list/${n % 3}/file-${n}`).sort();
    await Promise.all(keys.map((key) => files.put(key, Buffer.from(key))));
    expect(await keysOf(files, 'list/')).toEqual(keys);
    expect(await keysOf(files, 'list/1/file-')).toEqual(['list/1/file-1', 'list/1/file-4', 'list/1/file-7']);
    expect(await keysOf(files, 'list/1/file-7')).toEqual(['list/1/file-7']);
    expect(await keysOf(files, 'li')).toEqual(keys);
    expect(await keysOf(files, 'nothing/here')).toEqual([]);
  });

  it.each(['../a', '/a', 'a/../b', 'a//b', 'A', '.growing/a', 'a b', ''])(
    'refuses the key %j everywhere',
    async (key) => {
      for (const use of [() => files.put(key, Buffer.alloc(1)), () => files.get(key), () => files.remove(key)])
        await expect(use()).rejects.toThrow('Not a file key');
      await expect(files.open(key)).rejects.toThrow('Not a file key');
      await expect(files.has(key)).rejects.toThrow('Not a file key');
    },
  );
});

describe('files in S3 that fails', () => {
  const faults: S3Fault[] = ['error-500', 'error-503', 'reset', 'slow', 'truncated-body', 'stored-but-answer-lost'];

  it('are whole when three requests of ten go wrong', async () => {
    const next = seeded(20_261_121);
    const failing = await S3Stub.start({
      plan: () => (next() < 0.3 ? faults[Math.floor(next() * faults.length)] : undefined),
    });
    try {
      const files = s3Over(failing);
      const stored = new Map<string, Buffer>();
      let refused = 0;
      const put = async (n: number) => {
        const bytes = randomBytes(1 + Math.floor(next() * 50_000));
        const key = `faults/${createHash('sha256').update(bytes).digest('hex')}`;
        await files.put(key, bytes).then(
          () => stored.set(key, bytes),
          () => refused++,
        );
        return n;
      };
      for (let n = 0; n < 60; n += 10) await Promise.all(Array.from({ length: 10 }, (_, k) => put(n + k)));
      expect(stored.size + refused).toBe(60);
      expect(stored.size).toBeGreaterThan(50);
      for (const [key, bytes] of stored) expect((await files.get(key)).equals(bytes)).toBe(true);
      // Also what was refused is whole or absent.
      for (const [key, { bytes }] of failing.objects)
        expect(`faults/${createHash('sha256').update(bytes).digest('hex')}`).toBe(key);
      expect(failing.seen.faults).toBeGreaterThan(failing.seen.requests * 0.2);
    } finally {
      await failing.stop();
    }
  }, 120_000);

  it('end in an error when the stream breaks off, or when the bytes are not those that were stored', async () => {
    const failing = await S3Stub.start();
    try {
      const files = s3Over(failing);
      await files.put('a', randomBytes(200_000));
      failing.fail(({ method }) => (method === 'GET' ? 'truncated-body' : undefined));
      const { stream } = await files.open('a');
      await expect(buffer(stream)).rejects.toThrow();
      await expect(files.get('a')).rejects.toThrow();
      failing.fail(() => undefined);
      failing.objects.get('a')!.bytes = randomBytes(200_000);
      await expect(files.get('a')).rejects.toThrow('a came damaged: 200000 of 200000 bytes');
    } finally {
      await failing.stop();
    }
  }, 30_000);

  it('are not called missing when it is the bucket that is missing or the server that fails', async () => {
    const files = s3Over(stub, 'another');
    await expect(files.get('a')).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await expect(files.check()).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });
});

describe('files in a folder whose process is killed', () => {
  /** The adapter as a program of its own, without the rest of the product. */
  function program(): string {
    const folder = newFolder();
    const here = fileURLToPath(new URL('.', import.meta.url));
    const take = (path: string, name: string) => {
      const { code } = transformSync(readFileSync(join(here, path), 'utf8'), {
        jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
        module: { type: 'es6' },
      });
      writeFileSync(join(folder, name), code.replace('@app/platform', './file-store.mjs'));
    };
    take('local.files.ts', 'local.files.mjs');
    take('../../../platform/src/files/file-store.ts', 'file-store.mjs');
    writeFileSync(
      join(folder, 'put.mjs'),
      `import { createHash, randomBytes } from 'node:crypto';
       import { LocalFiles } from './local.files.mjs';
       const files = new LocalFiles(process.argv[2]);
       const putOn = async () => {
         for (;;) {
           const bytes = Buffer.alloc(1_000_000 + Math.floor(Math.random() * 2_000_000), randomBytes(32));
           const key = 'kill/' + createHash('sha256').update(bytes).digest('hex');
           await files.put(key, bytes);
           process.stdout.write(key + '\\n');
         }
       };
       for (let n = 0; n < 4; n++) void putOn();`,
    );
    return join(folder, 'put.mjs');
  }

  it('are whole under every key, all that were acknowledged are there, and the rests are swept up', async () => {
    const path = program();
    const folder = newFolder();
    const next = seeded(7);
    let told = '';
    for (let kill = 0; kill < 8; kill++) {
      const child: ChildProcess = spawn(process.execPath, [path, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
      const ended = new Promise((resolve) => child.once('close', resolve));
      const first = new Promise((resolve) => child.stdout?.once('data', resolve));
      child.stdout?.on('data', (part: Buffer) => (told += part.toString()));
      await first;
      await sleep(next() * 120);
      child.kill('SIGKILL');
      await ended;
    }
    const files = new LocalFiles(folder);
    const keys = await keysOf(files);
    for (const key of keys)
      expect(
        `kill/${createHash('sha256')
          .update(await files.get(key))
          .digest('hex')}`,
      ).toBe(key);
    const acknowledged = told
      .split('\n')
      .slice(0, -1)
      .filter((key) => key.length === 69);
    expect(acknowledged.length).toBeGreaterThan(8);
    expect(acknowledged.filter((key) => !keys.includes(key))).toEqual([]);

    const rests = () => readdirSync(join(folder, '.growing'));
    writeFileSync(join(folder, '.growing', 'left-half-writ'), 'half');
    await files.check();
    expect(rests().length).toBeGreaterThan(0);
    const longAgo = new Date(Date.now() - 2 * 60 * 60 * 1000);
    for (const name of rests()) utimesSync(join(folder, '.growing', name), longAgo, longAgo);
    await files.check();
    expect(rests()).toEqual([]);
  }, 60_000);

  it('says in check that a folder cannot be written to', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'a-file'), '');
    await expect(new LocalFiles(join(folder, 'a-file')).check()).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});

const mount = (folder: string) =>
  void execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder], { stdio: 'ignore' });
const unmount = (folder: string) => void execFileSync('umount', [folder]);

/** Only some machines let us have a small disk of our own. */
function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(join(tmpdir(), 'maharat-files-'));
  try {
    mount(folder);
    unmount(folder);
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(folder);
  }
}

if (canMount()) {
  describe('files on a disk that is full', () => {
    let disk: string;
    beforeAll(() => {
      disk = newFolder();
      mount(disk);
    });
    afterAll(() => unmount(disk));

    it('are refused whole, leave nothing behind, and are taken when there is room again', async () => {
      const files = new LocalFiles(disk);
      const kept = randomBytes(1_000_000);
      await files.put('full/kept', kept);
      await expect(files.put('full/big', randomBytes(1_500_000))).rejects.toMatchObject({ code: 'ENOSPC' });
      expect(await keysOf(files)).toEqual(['full/kept']);
      expect(readdirSync(join(disk, '.growing'))).toEqual([]);
      expect((await files.get('full/kept')).equals(kept)).toBe(true);
      await files.remove('full/kept');
      await files.put('full/big', randomBytes(1_500_000));
      expect(await keysOf(files)).toEqual(['full/big']);
    });
  });
}
