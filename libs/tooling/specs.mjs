// Runs specs, part by part, and adds up what passed: shared by npm test and npm run proof.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { endGroup, root, say } from './ready.mjs';
import {
  findChromium,
  installCommand,
  installOnDebian,
  killAll,
  programs,
  startMariadb,
  startRedis,
} from './servers.mjs';

const jest = ['--experimental-vm-modules', '--no-warnings', join(root, 'node_modules/jest/bin/jest.js')];
const vitest = join(root, 'node_modules/vitest/vitest.mjs');

/** The parts of the tests. `subject` says whether there is anything to run. */
const parts = {
  sqlite: { subject: () => true, run: (args, env) => runJest(args, env) },
  mariadb: { subject: () => true, run: (args, env) => withServers((urls) => runJest(args, { ...env, ...urls })) },
  web: {
    subject: () => hasFile('apps/web/src', /\.(spec|test)\.tsx?$/),
    run: (args, env) =>
      runReporting(
        [vitest, 'run', ...args],
        env,
        (file) => ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
        'apps/web',
      ),
  },
  browser: {
    subject: () => hasFile('apps/web/e2e', /\.e2e-spec\.ts$/),
    run: (args, env) =>
      runJest(['--config', 'libs/tooling/jest-e2e.config.mjs', ...args], { ...env, CHROMIUM_PATH: findChromium() }),
  },
};

export const partNames = Object.keys(parts);

/** Takes `--engine NAME` (more than once, or with commas) out of the arguments; the rest is for the test runner. */
export function parseArguments(args, all = partNames) {
  const engines = [];
  const rest = [];
  for (let at = 0; at < args.length; at++) {
    if (args[at] === '--engine') engines.push(...(args[++at] ?? '').split(','));
    else if (args[at].startsWith('--engine=')) engines.push(...args[at].slice('--engine='.length).split(','));
    else if (args[at] !== '--') rest.push(args[at]);
  }
  const unknown = engines.filter((name) => !all.includes(name));
  if (unknown.length > 0) throw new Error(`--engine knows ${all.join(', ')}; not ${unknown.join(', ')}.`);
  return { engines: engines.length > 0 ? engines : all, rest };
}

/**
 * Runs these parts one after the other and prints the total last.
 * A part whose programs are missing is a failure when CI is set, else a loud line before the total.
 */
export async function runParts(engines, args, env = {}) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => endBy(signal));
  const missing = install(engines);
  if (engines.some((name) => name !== 'web')) await build(['api', 'worker', 'cli', 'web']);

  const total = { passed: 0, failed: 0, skipped: 0 };
  const notRun = [];
  for (const name of engines) {
    const part = parts[name];
    if (!part.subject()) continue;
    if (missing.some(({ engines: by, onlySome }) => by.includes(name) && !onlySome)) {
      notRun.push(name);
      continue;
    }
    const began = Date.now();
    say(`آزمون‌ها: ${name}`, `tests: ${name}`);
    // With arguments the caller picks specs, and a part that has none of them is in order.
    const counts = await part.run(args.length > 0 ? ['--passWithNoTests', ...args] : [], cleanEnvironment(env));
    for (const key of Object.keys(total)) total[key] += counts[key];
    const seconds = Math.round((Date.now() - began) / 1000);
    console.log(`${name}: ${summary(counts)} (${seconds} s)\n`);
  }
  if (missing.length > 0) {
    const left = [...notRun, ...(missing.some(({ onlySome }) => onlySome) ? ['specs that ask outside judges'] : [])];
    const loud = `NOT RUN: ${left.join(', ')}. Missing: ${missing.map(({ name }) => name).join(', ')}. To install: ${installCommand(missing)}`;
    console.log(`${'!'.repeat(100)}\n${loud}\n${'!'.repeat(100)}`);
    if (process.env.CI) total.failed += notRun.length;
  }
  if (total.skipped > 0) console.log(`${total.skipped} skipped`);
  if (total.passed + total.failed === 0) {
    console.log('No spec was run.');
    total.failed = 1;
  }
  console.log(summary(total));
  process.exit(total.failed === 0 ? 0 : 1);
}

const summary = ({ passed, failed }) => `${passed} passed, ${failed} failed`;

function install(engines) {
  const missing = () =>
    programs.filter(({ find, engines: by }) => by.some((name) => engines.includes(name)) && !find());
  const before = missing();
  if (before.length === 0) return before;
  say('نصب برنامه‌های لازم برای آزمون', `installing what the tests need: ${before.map(({ name }) => name).join(', ')}`);
  installOnDebian(before);
  return missing();
}

/** Our own settings must not reach a spec by chance: each spec makes its own. */
function cleanEnvironment(env) {
  const ours = /^((TEST_)?(DATABASE|REDIS)_URL|S3_.*|DATA_DIR|PORT|DEMO|FAILPOINT)$/;
  const rest = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
  return { ...rest, ...env };
}

/** Starts MariaDB and Redis for the time of the work, and names them as spec helpers, proofs and benches expect. */
export async function withServers(work) {
  const servers = [];
  try {
    const mariadb = await startMariadb();
    servers.push(mariadb);
    const redis = await startRedis();
    servers.push(redis);
    return await work({ TEST_DATABASE_URL: mariadb.url, TEST_REDIS_URL: redis.url });
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

function runJest(args, env) {
  const given = args.some((word) => /^(-i|-w|--runInBand|--maxWorkers)\b/.test(word));
  const workers = given ? [] : [`--maxWorkers=${Math.min(availableParallelism(), 4)}`];
  return runReporting([...jest, ...workers, ...args], env, (file) => ['--json', `--outputFile=${file}`]);
}

async function runReporting(command, env, report, folder = '.') {
  const place = mkdtempSync(join(tmpdir(), 'maharat-report-'));
  const file = join(place, 'report.json');
  const remove = () => rmSync(place, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    // The runner writes its report to the file too; what it says on the way goes to stderr.
    const code = await runChild([...command, ...report(file)], { env, cwd: join(root, folder) });
    return countReport(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined, code);
  } finally {
    remove();
  }
}

/** Jest and Vitest write the same report. A file that could not be loaded is a failure; so is a runner that crashed. */
export function countReport(report, code) {
  const unloaded = (report?.testResults ?? []).filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  const counts = {
    passed: report?.numPassedTests ?? 0,
    failed: (report?.numFailedTests ?? 0) + unloaded.length,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  };
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

const children = new Set();

function runChild(args, options) {
  return new Promise((resolve) => {
    // In a group of its own, so that what a spec has started can be ended with it.
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: process.platform !== 'win32',
      ...options,
    });
    children.add(child);
    child.once('close', (code) => {
      children.delete(child);
      resolve(code ?? 1);
    });
  });
}

function endBy(signal) {
  for (const child of children) endGroup(child, 'SIGKILL');
  killAll();
  process.exit(signal === 'SIGINT' ? 130 : 143);
}

export function hasFile(folder, pattern) {
  const path = join(root, folder);
  if (!existsSync(path)) return false;
  return readdirSync(path, { recursive: true }).some((name) => !name.includes('node_modules') && pattern.test(name));
}
