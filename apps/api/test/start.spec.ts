import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mainOfApi } from './built-product.js';

const port = (server: ReturnType<typeof createServer>) => String((server.address() as AddressInfo).port);

describe('a start that cannot be', () => {
  let main: string;
  const folder = mkdtempSync(join(tmpdir(), 'maharat-start-'));
  const taken = createServer();
  beforeAll(async () => {
    main = await mainOfApi();
    await once(taken.listen(0, '127.0.0.1'), 'listening');
  }, 300_000);
  afterAll(() => {
    taken.close();
    rmSync(folder, { recursive: true });
  });

  /** The exit code and everything that was said. */
  const start = async (env: Record<string, string>): Promise<[number | null, string]> => {
    const child = spawn(process.execPath, [main], { env: { PATH: process.env.PATH, DATA_DIR: folder, ...env } });
    const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    return [code as number | null, (out + err).replaceAll(port(taken), 'PORT').replaceAll(folder, 'FOLDER')];
  };

  it('is told in one sentence when the port is taken, before any demo is made', async () => {
    expect(await start({ PORT: port(taken) })).toEqual([
      1,
      'درگاه PORT در اختیار برنامهٔ دیگری است؛ با PORT درگاه دیگری بدهید.\nPort PORT is taken by another program; choose another with PORT.\n',
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is told in one sentence when the folder is none', async () => {
    writeFileSync(join(folder, 'a-file'), '');
    const [code, said] = await start({ PORT: '0', DATA_DIR: join(folder, 'a-file') });
    expect([code, said]).toEqual([1, expect.stringContaining('FOLDER/a-file')]);
    expect(said.trim().split('\n')).toHaveLength(2);
  });

  it('is told of all that is wrong with the settings at once', async () => {
    const [code, said] = await start({ PORT: 'many', DEMO: 'perhaps' });
    expect([code, said]).toEqual([1, expect.stringMatching(/PORT[^]*DEMO|DEMO[^]*PORT/)]);
  });
});
