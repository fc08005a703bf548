import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { transform } from '@swc/core';

const source = dirname(fileURLToPath(import.meta.url));

/** Reads a file and prints what came of it, if it is still alive. */
const program = `
import { subscribe } from 'node:diagnostics_channel';
import { readSpreadsheetApart } from './read-apart.js';
const [bytes, limits] = [Buffer.from(process.argv[2], 'base64'), JSON.parse(process.argv[3])];
const big = process.argv[4] ? Buffer.alloc(19 * 1024 * 1024, process.argv[4]) : bytes;
if (limits.ended) subscribe('child_process', ({ process }) => setImmediate(() => process.kill()));
const answer = await readSpreadsheetApart(big, {}, limits).catch(({ name, reason, message }) => (reason ? { name, reason } : { message }));
console.log(JSON.stringify(answer));
`;

describe('reading in a process of its own, as it is built', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'read-apart-'));
    await mkdir(join(folder, 'read'));
    for (const file of await readdir(source, { recursive: true })) {
      if (!/^read.*(?<!\.spec)\.ts$/.test(file)) continue;
      const options = { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' } } as const;
      const { code } = await transform(await readFile(join(source, file), 'utf8'), options);
      await writeFile(join(folder, file.replace(/ts$/, 'js')), code);
    }
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    await writeFile(join(folder, 'program.js'), program);
    await symlink(join(source, '../../../../node_modules'), join(folder, 'node_modules'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function read(file: string | Buffer, limits: object, filledWith = ''): Promise<unknown> {
    const args = ['program.js', Buffer.from(file).toString('base64'), JSON.stringify(limits), filledWith];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder });
    return JSON.parse(stdout);
  }
  const limits = { seconds: 30, memoryMegabytes: 256 };

  it('gives the sheets', async () => {
    const cells = [{ text: 'نام', kind: 'text' }, { text: '1', kind: 'text' }]; // prettier-ignore
    expect(await read('نام;1', limits)).toEqual({ sheets: [{ name: '', rows: [{ number: 1, cells }] }] });
  });

  it('gives the sheets of an old .xls, whose library is loaded then', async () => {
    const file = await readFile(join(source, '../../../training/data/class-lists/carpet-24.xls'));
    const { sheets } = (await read(file, limits)) as { sheets: { rows: unknown[] }[] };
    expect(sheets.map(({ rows }) => rows.length)).toEqual([expect.any(Number)]);
    expect(sheets[0]!.rows.length).toBeGreaterThan(24);
  });

  it('gives the reason why there are none', async () => {
    expect(await read('%PDF', limits)).toEqual({ name: 'UnreadableSpreadsheet', reason: 'UNKNOWN_KIND' });
  });

  it('gives up after its time', async () => {
    const reading = read('', { ...limits, seconds: 0.02 }, ' ;\n');
    expect(await reading).toEqual({ name: 'UnreadableSpreadsheet', reason: 'TOO_SLOW' });
  });

  it('15.2.2 outlives a reader that takes more memory than it may', async () => {
    const reading = read('', { ...limits, memoryMegabytes: 16 }, `${'1;'.repeat(40)}\n`);
    expect(await reading).toEqual({ name: 'UnreadableSpreadsheet', reason: 'TOO_LARGE' });
  });

  it('says so when someone else ends the reader: the file is not to blame', async () => {
    expect(await read('', { ...limits, ended: true }, ' ;\n')).toEqual({
      message: 'The reader of a spreadsheet was ended by SIGTERM.',
    });
  });
});
