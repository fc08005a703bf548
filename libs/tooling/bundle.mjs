// npm run bundle: one archive with all that the built product needs, for Linux and Windows, which starts with the same
// command on a machine that has Node and no network.
// npm run bundle -- --into FOLDER: the same as a folder, for this machine's system only (the container image is made so).
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from './build.mjs';
import { giveUp, makeReady, root, run, runNpm, say, withProgress } from './ready.mjs';

const everywhere = ['linux-x64', 'win32-x64'];
const here = [`${process.platform}-${process.arch}`];
// Of the tools only what starts the product.
const tools = ['start.mjs', 'cli.mjs', 'ready.mjs', 'build.mjs'].map((name) => `libs/tooling/${name}`);
const papers = ['README.md', 'LICENSE', 'package-lock.json', '.npmrc'];

/** What package.json says in a bundle: how to start, and nothing about how to build or test. */
export function bundledManifest({
  name,
  version,
  description,
  license,
  type,
  engines,
  scripts,
  dependencies,
  overrides,
}) {
  const { start, cli } = scripts;
  return {
    name,
    version,
    private: true,
    description,
    license,
    type,
    engines,
    scripts: { start, cli },
    dependencies,
    overrides,
  };
}

/** One line a file, sorted, as `sha256sum -c` reads it. */
export function checksums(folder) {
  return filesOf(folder)
    .filter((path) => path !== 'SHA256SUMS' && path !== 'bundle.json')
    .map((path) => `${sha256(readFileSync(join(folder, path)))}  ${path}\n`)
    .join('');
}

function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const writeJson = (file, value) => writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);

/** Lays the bundle out in this folder. */
async function layOut(folder, platforms) {
  await build(['api', 'worker', 'cli', 'web']);
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const isBuildRest = /\.tsbuildinfo$|\.stamps(\/|\\|$)/;
  cpSync('dist', join(folder, 'dist'), { recursive: true, filter: (path) => !isBuildRest.test(path) });
  const kept = readdirSync('libs').flatMap((lib) => [`libs/${lib}/data`, `libs/${lib}/fonts`]);
  for (const path of [...kept, ...tools, ...papers].filter((path) => existsSync(path)))
    cpSync(path, join(folder, path), { recursive: true });

  const code = await withProgress('بسته‌های اجرا', 'production packages', () => installFor(platforms, folder));
  if (code !== 0) giveUp('بسته‌های اجرا نصب نشد.', 'The production packages could not be installed.');
  writeJson(join(folder, 'package.json'), bundledManifest(manifest));
  rmSync(join(folder, 'package-lock.json'));

  const sums = checksums(folder);
  writeFileSync(join(folder, 'SHA256SUMS'), sums);
  const { name, version } = manifest;
  const files = sums.split('\n').length - 1;
  writeJson(join(folder, 'bundle.json'), { name, version, platforms, files, sha256sums: sha256(sums) });
  return `${name}-${version}`;
}

/** One set of packages for all the platforms: they differ only in native packages, which lie beside each other. */
async function installFor(platforms, folder) {
  for (const platform of platforms) {
    const [os, cpu] = platform.split('-');
    const place = mkdtempSync(join(tmpdir(), 'maharat-packages-'));
    try {
      for (const path of ['package.json', 'package-lock.json', '.npmrc']) cpSync(path, join(place, path));
      const libc = os === 'linux' ? ['--libc=glibc'] : [];
      const args = [
        'ci',
        '--omit=dev',
        `--os=${os}`,
        `--cpu=${cpu}`,
        ...libc,
        '--no-audit',
        '--no-fund',
        '--loglevel=error',
      ];
      const code = await runNpm(args, { cwd: place });
      if (code !== 0) return code;
      cpSync(join(place, 'node_modules'), join(folder, 'node_modules'), { recursive: true, filter: isNeededAtRunTime });
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  }
  return 0;
}

/** Links to commands, types and source maps are for development. */
export function isNeededAtRunTime(path) {
  return !/[\\/]\.bin$|[\\/]\.package-lock\.json$|\.d\.[cm]?ts$|\.map$/.test(path);
}

async function main(args) {
  await makeReady();
  const into = args[args.indexOf('--into') + 1];
  if (args.includes('--into')) {
    if (!into) giveUp('پوشه را بنویسید.', 'Name the folder: --into FOLDER.');
    mkdirSync(into, { recursive: true });
    await layOut(resolve(into), here);
    return;
  }
  const place = mkdtempSync(join(tmpdir(), 'maharat-bundle-'));
  try {
    const staged = join(place, 'maharat');
    mkdirSync(staged);
    const name = await layOut(staged, everywhere);
    const archive = join(root, `${name}.tar.gz`);
    const code = await withProgress('بایگانی', 'archive', () =>
      run('tar', ['-czf', archive, '-C', place, 'maharat'], { stdio: 'inherit' }),
    );
    if (code !== 0) giveUp('بایگانی ساخته نشد.', 'tar could not make the archive.');
    say(`آماده است: ${archive}`, `ready: ${archive}, sha256 ${sha256(readFileSync(archive))}`);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) await main(process.argv.slice(2));
