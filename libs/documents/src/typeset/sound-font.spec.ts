import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UnusableTypeface } from './errors.js';
import { soundFont } from './sound-font.js';

const shipped = (name: string) => join(dirname(fileURLToPath(import.meta.url)), '../../fonts', name);

describe('the file of a typeface', () => {
  let folder: string;
  let good: Buffer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'font-'));
    good = await readFile(shipped('Vazirmatn-Regular.ttf'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is sound, each that is shipped', async () => {
    const names = (await readdir(shipped('.'))).filter((name) => name.endsWith('.ttf'));
    expect(names).toHaveLength(5);
    for (const name of names) expect(soundFont(shipped(name)).length).toBeGreaterThan(50_000);
  });

  it.each<[string, () => Buffer]>([
    ['is empty', () => Buffer.alloc(0)],
    ['is another file', () => Buffer.from('<!doctype html><title>404</title>'.repeat(100))],
    ['ends early', () => good.subarray(0, good.length / 2)],
    ['has one changed byte', () => Buffer.from(good).fill(good[60_000]! ^ 1, 60_000, 60_001)],
  ])('is refused by its name when it %s, in Persian and English', async (_, bytes) => {
    const path = join(folder, 'broken.ttf');
    await writeFile(path, bytes());
    expect(() => soundFont(path)).toThrow(new UnusableTypeface('broken.ttf'));
    expect(() => soundFont(path)).toThrow(/پروندهٔ قلم broken\.ttf .*\n.*broken\.ttf is missing or damaged/);
  });

  it('is refused by its name when it is not there', () => {
    expect(() => soundFont(join(folder, 'none.ttf'))).toThrow(new UnusableTypeface('none.ttf'));
  });
});
