// What every command needs before the product can be built or run: the right Node, the packages of the lock file.
// Only Node's own modules are used here, because nothing else is installed yet.
import { spawn } from 'node:child_process';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A bundle is built and complete already: it has no sources, and it must start with no network. */
export const isBundle = existsSync(join(root, 'bundle.json'));

const oldest = { major: 20, minor: 19 };

/** Says one thing in Persian and in English, on one line, where it does not mix with a program's own output. */
export function say(persian, english) {
  process.stderr.write(`• ${persian} | ${english}\n`);
}

/** Ends the command with one clear sentence. */
export function giveUp(persian, english, code = 1) {
  process.stderr.write(`✗ ${persian}\n✗ ${english}\n`);
  process.exit(code);
}

export function isOldNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < oldest.major || (major === oldest.major && minor < oldest.minor);
}

/** Checks Node and installs what is missing from the lock file. Takes some milliseconds when nothing is missing. */
export async function makeReady() {
  if (isOldNode(process.versions.node)) {
    const wanted = `${oldest.major}.${oldest.minor}`;
    giveUp(
      `این برنامه Node نسخهٔ ${wanted} یا تازه‌تر می‌خواهد؛ نسخهٔ این دستگاه ${process.versions.node} است.`,
      `This program needs Node ${wanted} or newer; this machine has ${process.versions.node}.`,
    );
  }
  process.chdir(root);
  if (!isBundle) await install();
}

async function install() {
  const missing = missingPackages(readJson('package-lock.json'), readJson('node_modules/.package-lock.json'));
  if (missing.length === 0) return;
  if (lstatSync('node_modules', { throwIfNoEntry: false })?.isSymbolicLink()) {
    say('node_modules پیوندی به پوشهٔ دیگری است و دست نمی‌خورد', 'node_modules is a link to another folder: left alone');
    return;
  }
  // The build needs the development packages also where NODE_ENV says production.
  const npm = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const done = await withProgress('نصب بسته‌ها', 'installing packages', () => runNpm(npm));
  if (done !== 0)
    giveUp('نصب بسته‌ها ناتمام ماند؛ پیام npm بالاتر است.', 'npm could not install; its message is above.');
}

/** Names what the lock file has and node_modules has not, or has in another version. */
export function missingPackages(lock, installed) {
  return Object.entries(lock?.packages ?? {})
    .filter(([path, wanted]) => path && !wanted.optional && installed?.packages?.[path]?.version !== wanted.version)
    .map(([path]) => path);
}

function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/** Runs npm as the one that started us, else the one on the PATH. */
export function runNpm(args, options) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) return run(process.execPath, [cli, ...args], options);
  return run('npm', args, { shell: process.platform === 'win32', ...options });
}

/** Runs a program with our own input and output, or as the options say; answers its exit code. */
export function run(program, args, options) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options });
    child.once('error', (error) => {
      process.stderr.write(`${error.message}\n`);
      resolve(127);
    });
    child.once('exit', (code, signal) => resolve(signal ? 128 : code));
  });
}

/** Runs a script of Node and keeps what it says, for the time when it fails. */
export function runNode(args, cwd = root) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (output += part));
    child.once('close', (code) => resolve({ code, output }));
  });
}

/** Signals a child that was started `detached`, and all that it has started. */
export function endGroup({ pid }, signal) {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // It has ended already.
  }
}

/** Says what goes on, then every ten seconds that it still does, then how long it took. */
export async function withProgress(persian, english, work) {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  say(`${persian} …`, `${english} …`);
  const ticker = setInterval(() => say(`${persian} … ${seconds()} ثانیه`, `${english} … ${seconds()} s`), 10_000);
  try {
    return await work();
  } finally {
    clearInterval(ticker);
    say(`${persian}: پایان پس از ${seconds()} ثانیه`, `${english}: ended after ${seconds()} s`);
  }
}
