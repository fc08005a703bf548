import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MasterKey, writePlainKeys } from '@app/platform';
import { mainOfApi } from './built-product.js';

/** As the version before the master key wrote it. */
const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const PLAIN = Buffer.from(
  JSON.stringify({ version: 1, current: 'k1', data: { k1: key(1) }, index: key(2), link: key(3) }),
);

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

  it('is told in one sentence when the master key is another, before any demo is made', async () => {
    const DATA_DIR = mkdtempSync(join(folder, 'wrapped-'));
    writePlainKeys(join(DATA_DIR, 'keys.json'), PLAIN, MasterKey.written(Buffer.alloc(32, 1).toString('hex')));
    const [code, said] = await start({ DATA_DIR, PORT: '0', MASTER_KEY: Buffer.alloc(32, 2).toString('hex') });
    expect([code, said]).toEqual([1, expect.stringContaining('MASTER_KEY is not the one of the key file')]);
    expect(said).toContain('کلید اصلی «MASTER_KEY» کلید پروندهٔ');
    expect(
      said
        .trim()
        .split('\n')
        .filter((line) => !line.startsWith('{')),
    ).toHaveLength(2);
  });

  it('wraps a key file of the version before once, however many start at once, also after one was killed at it', async () => {
    const path = join(mkdtempSync(join(folder, 'plain-')), 'keys.json');
    writeFileSync(path, PLAIN, { mode: 0o600 });
    const platform = pathToFileURL(join(dirname(main), '../../../libs/platform/src/index.js')).href;
    const open = async (failpoint = '') => {
      const program = `
        const { armFailpoint, Keys, MasterKey, readSettings } = await import('${platform}');
        const keys = Keys.load('${path}', true, MasterKey.of(readSettings({ KEY_FILE: '${path}' })));
        armFailpoint('${failpoint}');
        keys.wrapPlain();
        console.log(keys.fingerprint(), keys.currentId);`;
      const child = spawn(process.execPath, ['--input-type=module', '-e', `import 'reflect-metadata';${program}`]);
      const [said, error, [, signal]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, 'close'),
      ]);
      return signal ?? (said + error).trim();
    };
    expect(await open('keys.before-rename:kill')).toBe('SIGKILL');
    expect(readFileSync(path).equals(PLAIN)).toBe(true);
    // As if they had come some time later: the killed one's draft still lies there.
    const then = new Date(Date.now() - 60_000);
    utimesSync(`${path}.rotating`, then, then);
    const told = await Promise.all(Array.from({ length: 4 }, () => open()));
    expect(new Set(told)).toEqual(new Set([expect.stringMatching(/^[0-9a-f]{16} k1$/)]));
    expect(readdirSync(dirname(path)).sort()).toEqual(['keys.json', 'master.key']);
    const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: number };
    expect([version, await open()]).toEqual([2, told[0]]);
  }, 60_000);

  it('is told of all that is wrong with the settings at once', async () => {
    const [code, said] = await start({ PORT: 'many', DEMO: 'perhaps' });
    expect([code, said]).toEqual([1, expect.stringMatching(/PORT[^]*DEMO|DEMO[^]*PORT/)]);
  });
});
