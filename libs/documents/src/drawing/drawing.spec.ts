import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate as breath } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { transform } from '@swc/core';
import { TextDoesNotFit } from '../typeset/errors.js';
import { Drawing, type Draws } from './drawing.js';

const source = join(dirname(fileURLToPath(import.meta.url)), '..');

/** A paper that does what its model says. */
const document = `
import { threadId } from 'node:worker_threads';
import { MissingGlyph, TextDoesNotFit } from './typeset/errors.js';
const work = {
  thread: () => threadId,
  settings: () => Object.keys(process.env).length,
  slow: (ms) => { for (const end = Date.now() + ms; Date.now() < end; ) Math.sqrt(2); return 'slow'; },
  long: () => { throw new TextDoesNotFit('holder'); },
  foreign: () => { throw new MissingGlyph(0x410); },
  wrong: () => { throw Object.assign(new RangeError('no such day'), { day: 7, read: () => 1 }); },
  hungry: () => { const all = []; for (;;) all.push(Array.from({ length: 100_000 }, String)); },
  crash: () => process.exit(3),
  large: () => 'x'.repeat(1_000_000),
  alike: (rest) => 'x'.repeat(9_900) + rest,
};
export async function drawToy([what, given]) { return Buffer.from(String(work[what]?.(given) ?? what)); }
`;

/** Runs the body over a pool, prints what it answers, and ends when nothing is left to do. */
const program = `
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { Drawing } from './drawing/drawing.js';
const TOY = { draw: async function drawToy() {}, from: new URL('./toy.document.js', import.meta.url) };
const LIMITS = { models: 200, megabytes: 64, seconds: 60, idleSeconds: 60 };
const pool = (threads, limits) => new Drawing(threads, { ...LIMITS, ...limits });
const whole = (paper) => Buffer.concat([paper].flat());
const told = (papers) => Promise.all(papers.map((paper) => paper.then(whole).then((bytes) => bytes.length > 50 ? bytes.length : bytes.toString(), (error) => error.name)));
const began = Date.now();
const answer = await (async () => { BODY })();
console.log(JSON.stringify(answer));
`;

describe('drawing in threads, as it is built', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'drawing-'));
    for (const part of ['drawing', 'typeset']) {
      await mkdir(join(folder, part));
      for (const file of await readdir(join(source, part))) {
        if (!/(drawing|thread|error|errors)\.ts$/.test(file)) continue;
        const options = {
          jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
          module: { type: 'es6' },
        } as const;
        const { code } = await transform(await readFile(join(source, part, file), 'utf8'), options);
        await writeFile(join(folder, part, file.replace(/ts$/, 'js')), code);
      }
    }
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    await writeFile(join(folder, 'toy.document.js'), document);
    await symlink(join(source, '../../../node_modules'), join(folder, 'node_modules'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  let programs = 0;
  async function run(body: string): Promise<unknown> {
    const file = `program-${programs++}.js`;
    await writeFile(join(folder, file), program.replace('BODY', body));
    const { stdout } = await promisify(execFile)(process.execPath, [file], { cwd: folder, timeout: 60_000 });
    return JSON.parse(stdout);
  }

  it('gives a paper for each model, in their order, and ends with the process', async () => {
    expect(await run(`return told(pool(1).all(TOY, [['a'], ['b'], ['large']]));`)).toEqual(['a', 'b', 1_000_000]);
  });

  it('draws beside the thread that asks, in as many threads as there may be', async () => {
    const asked = `const threads = pool(2, { models: 1 });
      return told(threads.all(TOY, [['slow', 300], ['slow', 300], ['thread'], ['thread']]));`;
    const [, , ...drawnBy] = (await run(asked)) as string[];
    expect(drawnBy.every((thread) => ['1', '2'].includes(thread))).toBe(true);
    const both = `const threads = pool(2);
      return told([threads.one(TOY, ['thread']), threads.one(TOY, ['thread']), threads.one(TOY, ['thread'])]);`;
    expect(new Set((await run(both)) as string[])).toEqual(new Set(['1', '2']));
  });

  it('leaves the asking thread free to answer others', async () => {
    const measured = (threads: number) => `const delay = monitorEventLoopDelay({ resolution: 5 });
      delay.enable();
      await wait(100);
      await pool(${threads}).one({ ...TOY, draw: (await import(TOY.from.href)).drawToy }, ['slow', 1500]);
      await wait(100);
      return delay.max / 1e6;`;
    expect(await run(measured(1))).toBeLessThan(750);
    expect(await run(measured(0))).toBeGreaterThan(1000);
  });

  it('passes on what a paper refuses, of its own kind and with its fields; it stops no other', async () => {
    const refused = `const { MissingGlyph, PaperRefused, TextDoesNotFit } = await import('./typeset/errors.js');
      const papers = pool(1).all(TOY, [['long'], ['foreign'], ['wrong'], ['fine']]);
      const [long, foreign, wrong] = (await Promise.allSettled(papers)).map(({ reason }) => reason);
      return [long instanceof TextDoesNotFit && long.place, long.messageFa, foreign instanceof PaperRefused && foreign.codePoint,
        foreign instanceof MissingGlyph, wrong.name, wrong.message, wrong.day, whole(await papers[3]).toString()];`;
    const { messageFa } = new TextDoesNotFit('holder');
    expect(await run(refused)).toEqual(['holder', messageFa, 0x410, true, 'RangeError', 'no such day', 7, 'fine']);
  });

  it('hands over once what the papers of a batch begin with, and every paper is whole', async () => {
    const body = `const rests = ['a', 'bcd', '', 'z'.repeat(5000), 'a'];
      const threads = pool(1);
      const papers = await Promise.all(threads.all(TOY, [...rests.map((rest) => ['alike', rest]), ['short']]));
      const next = await told(threads.all(TOY, [['large'], ['large']]));
      const [first, ...others] = papers;
      return [
        rests.every((rest, at) => whole(papers[at]).toString() === 'x'.repeat(9900) + rest),
        whole(papers.at(-1)).toString(),
        papers.map((pieces) => pieces.map(({ length }) => length)),
        others.slice(0, -1).every(([start]) => start.buffer === first[0].buffer),
        next,
      ];`;
    const pieces = [[9901], [9216, 687], [9216, 684], [9216, 5684], [9216, 685], [5]];
    expect(await run(body)).toEqual([true, 'short', pieces, true, [1_000_000, 1_000_000]]);
  });

  it('stops what is cancelled within a second, and draws on for others', async () => {
    const cancelled = `const threads = pool(1);
      const papers = threads.all(TOY, [['slow', 30_000], ['b'], ['c']], AbortSignal.timeout(500));
      const waiting = threads.all(TOY, [['d']], AbortSignal.timeout(400));
      const other = threads.one(TOY, ['other']);
      const answers = await told([...papers, ...waiting, other]);
      return [...answers, Date.now() - began < 2000];`;
    expect(await run(cancelled)).toEqual([...Array.from({ length: 4 }, () => 'TimeoutError'), 'other', true]);
  });

  it('draws nothing for a signal that came before, and keeps its thread when all is drawn', async () => {
    const drawn = `const threads = pool(1);
      const first = await told([threads.one(TOY, ['thread'])]);
      const late = await told(threads.all(TOY, [['a']], AbortSignal.abort()));
      const stop = new AbortController();
      const papers = threads.all(TOY, [['thread']], stop.signal);
      await papers[0];
      stop.abort();
      return [...first, ...late, ...(await told([...papers, threads.one(TOY, ['thread'])]))];`;
    expect(await run(drawn)).toEqual(['1', 'AbortError', '1', '1']);
  });

  it.each(['hungry', 'crash'])('outlives a thread that dies (%s): only the paper in hand is lost', async (deadly) => {
    const body = `return told(pool(1).all(TOY, [['a'], ['${deadly}'], ['b'], ['${deadly}'], ['c']]));`;
    expect(await run(body)).toEqual(['a', 'DrawingInterrupted', 'b', 'DrawingInterrupted', 'c']);
  });

  it('gives up a paper that takes too long', async () => {
    const body = `return told(pool(1, { seconds: 0.5 }).all(TOY, [['slow', 10_000], ['a']]));`;
    expect(await run(body)).toEqual(['DrawingInterrupted', 'a']);
  });

  it('ends a thread that has nothing to do, and begins another when there is work', async () => {
    const body = `const threads = pool(1, { idleSeconds: 0.2 });
      const first = await threads.one(TOY, ['thread']);
      await wait(1000);
      return told([first, await threads.one(TOY, ['thread'])].map((paper) => Promise.resolve(paper)));`;
    expect(await run(body)).toEqual(['1', '2']);
  });

  it('takes work that comes while its thread is ending', async () => {
    const body = `const threads = pool(1, { idleSeconds: 0.002 });
      for (let i = 0; i < 20; i++) { await threads.one(TOY, ['a']); await wait(2); }
      return 'drawn';`;
    expect(await run(body)).toBe('drawn');
  });

  it('knows no setting', async () => {
    expect(await run(`return told([pool(1).one(TOY, ['settings'])]);`)).toEqual(['0']);
  });

  it('says what cannot be sent to a thread, and draws on', async () => {
    const body = `const threads = pool(1); return told([threads.one(TOY, [() => 1]), threads.one(TOY, ['a'])]);`;
    expect(await run(body)).toEqual(['DataCloneError', 'a']);
  });

  it('tells of a function that is not there', async () => {
    const body = `return told([pool(1).one({ ...TOY, draw: async function other() {} }, ['a'])]);`;
    expect(await run(body)).toEqual(['TypeError']);
  });
});

describe('a drawing that is named by its address', () => {
  it('is there, wherever it is asked for: only a thread would find out', async () => {
    const libs = join(source, '../..');
    const files = (await readdir(libs, { recursive: true })).filter((file) => /(?<!\.spec)\.ts$/.test(file));
    const missing: string[] = [];
    let found = 0;
    for (const file of files) {
      const text = await readFile(join(libs, file), 'utf8');
      for (const [, address] of text.matchAll(/new URL\('([^']+\.document)\.js', import\.meta\.url\)/g)) {
        if (address === './x.document') continue;
        found++;
        if (!existsSync(join(libs, dirname(file), `${address}.ts`))) missing.push(`${file}: ${address}`);
      }
    }
    expect(missing).toEqual([]);
    expect(found).toBeGreaterThan(2);
  });

  it('is given to a thread, and never called by the process that answers people', async () => {
    const libs = join(source, '../..');
    const files = (await readdir(libs, { recursive: true })).filter((file) => /(?<!\.spec|\.document)\.ts$/.test(file));
    const called: string[] = [];
    let drawings = 0;
    for (const file of files) {
      const text = await readFile(join(libs, file), 'utf8');
      for (const [, names = ''] of text.matchAll(/^import \{([^}]+)\} from '[^']+\.document\.js';/gm)) {
        const drawers = names.match(/\b(draw|write)[A-Z]\w+/g) ?? [];
        drawings += drawers.length;
        called.push(...drawers.filter((name) => text.includes(`${name}(`)).map((name) => `${file}: ${name}`));
      }
    }
    expect(called).toEqual([]);
    expect(drawings).toBeGreaterThan(10);
  });
});

describe('drawing in place', () => {
  const drawn: string[] = [];
  const TOY: Draws<string> = {
    draw: async (model) => {
      drawn.push(model);
      if (model === 'long') throw new TextDoesNotFit('holder');
      return Buffer.from(model);
    },
    from: new URL(import.meta.url),
  };

  it('gives the same: one that is refused stops no other', async () => {
    const [first, second, third] = new Drawing(0).all(TOY, ['a', 'long', 'b']);
    expect(await first).toEqual([Buffer.from('a')]);
    await expect(second).rejects.toThrow(TextDoesNotFit);
    expect(await third).toEqual([Buffer.from('b')]);
  });

  it('stops between two papers when it is cancelled', async () => {
    const stop = new AbortController();
    const papers = new Drawing(0).all(TOY, ['first', 'second'], stop.signal);
    await papers[0];
    stop.abort(new Error('cancelled'));
    await expect(papers[1]).rejects.toThrow('cancelled');
    await breath();
    expect(drawn).not.toContain('second');
  });
});
