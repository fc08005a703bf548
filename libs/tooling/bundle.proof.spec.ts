import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { bundledManifest, checksums, isNeededAtRunTime } from './bundle.mjs';
import { root } from './ready.mjs';

describe('the bundle', () => {
  it('has a checksum for each of its files but the list itself', () => {
    const folder = mkdtempSync(join(tmpdir(), 'maharat-sums-'));
    mkdirSync(join(folder, 'dist'));
    for (const path of ['dist/main.js', 'a.txt', 'SHA256SUMS', 'bundle.json']) writeFileSync(join(folder, path), 'abc');
    const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(checksums(folder)).toBe(`${abc}  a.txt\n${abc}  dist/main.js\n`);
    rmSync(folder, { recursive: true });
  });

  it('starts with the same command, and has none of the others', () => {
    const manifest = {
      name: 'maharat',
      version: '1.2.3',
      scripts: { start: 'node start', cli: 'node cli', test: 'node test' },
      dependencies: { a: '1' },
      devDependencies: { b: '1' },
    };
    const bundled = bundledManifest(manifest as never);
    expect(bundled.scripts).toEqual({ start: 'node start', cli: 'node cli' });
    expect(bundled).not.toHaveProperty('devDependencies');
  });

  it.each([
    ['/x/node_modules/typeorm/index.js', true],
    ['/x/node_modules/@libsql/win32-x64-msvc/index.node', true],
    ['/x/node_modules/typeorm/index.d.ts', false],
    ['/x/node_modules/a/b.d.mts', false],
    ['/x/node_modules/a/b.js.map', false],
    ['/x/node_modules/.bin', false],
  ])('takes %s: %s', (path, expected) => {
    expect(isNeededAtRunTime(path)).toBe(expected);
  });
});

// The whole of it takes minutes and installs packages twice: only in full size, and the engine makes no difference.
if (process.env.PROOF === 'full' && !process.env.TEST_DATABASE_URL) {
  it('starts with the same command on a machine without a network', () => {
    const place = mkdtempSync(join(tmpdir(), 'maharat-unpacked-'));
    const run = (program: string, args: string[], cwd: string) =>
      spawnSync(program, args, { cwd, encoding: 'utf8', env: { ...process.env, NODE_ENV: '', TEST_REDIS_URL: '' } });
    try {
      const made = run(process.execPath, ['libs/tooling/bundle.mjs'], root);
      expect([made.status, made.stderr]).toEqual([0, expect.stringContaining('ready: ')]);
      const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, string>;
      expect(run('tar', ['-xzf', join(root, `${name}-${version}.tar.gz`)], place).status).toBe(0);
      const folder = join(place, 'maharat');
      expect(run('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], folder)).toMatchObject({ status: 0 });

      // A network namespace has no links but its own loopback, which is down until we raise it.
      const script = `
        ip link set lo up
        test "$(ip -o link | wc -l)" = 1 || exit 2
        PORT=4321 DATA_DIR=${place}/data npm start &
        for second in $(seq 60); do
          sleep 1
          node -e "fetch('http://127.0.0.1:4321/health/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))" && break
        done
        answer=$?
        kill -TERM $!
        wait $!
        exit $answer`;
      const started = run('unshare', ['--map-root-user', '--net', 'sh', '-c', script], folder);
      expect([started.status, started.stderr]).toEqual([0, expect.any(String)]);
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  }, 900_000);
}
