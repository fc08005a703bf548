// npm run check: everything that can be said about the product without running it. Two steps at a time; all are run,
// and each prints its time and, when it fails, what it found. npm run check -- NAME... runs only these.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { giveUp, makeReady, root, runNode } from './ready.mjs';
import { hasFile } from './specs.mjs';

const bin = (path) => join(root, 'node_modules', path);
const tsc = bin('typescript/bin/tsc');
const lintOptions =
  '-c libs/tooling/oxlint.json --type-aware --deny-warnings --ignore-pattern libs/tooling/fixtures/** --ignore-pattern **/*.gen.ts'.split(
    ' ',
  );
// Data are kept as their source gave them; what a tool has written is compared with that tool, not with a formatter.
const unformatted = ['!libs/*/data/**', '!**/*.gen.ts', '!schema.graphql', '!**/graphql-env.d.ts'];
const code = () => ['apps', 'libs'].filter((folder) => existsSync(join(root, folder)));

/** Each step answers what it found, or nothing. `subject` says whether it has anything to look at. */
const steps = {
  'types of the server': { run: () => tool(tsc, '--noEmit', '-p', 'tsconfig.base.json') },
  'types of the web': {
    subject: () => hasFile('apps/web', /\.tsx?$/),
    run: () => tool(tsc, '--noEmit', '-p', 'apps/web/tsconfig.json'),
  },
  'types of the tools': { run: () => tool(tsc, '-p', 'libs/tooling/tsconfig.json') },
  lint: {
    run: () => tool(bin('oxlint/bin/oxlint'), ...lintOptions, ...code()),
  },
  boundaries: {
    run: () =>
      tool(bin('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', 'libs/tooling/boundaries.cjs', ...code()),
  },
  names: { run: () => tool('libs/tooling/names.mjs') },
  'dead code': {
    run: () => tool(bin('knip/bin/knip.js'), '--no-progress', '--no-config-hints', '--tsConfig', 'tsconfig.base.json'),
  },
  format: { run: () => tool(bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.', ...unformatted) },
  'schema drift': { subject: () => hasFile('libs', /\.resolver\.ts$/), run: schemaDrift },
  'migration drift': {
    subject: () => hasFile('libs/backend/src', /(^|\/)migrations\//) || hasFile('libs', /\.entity\.ts$/),
    run: () =>
      tool('--experimental-vm-modules', '--no-warnings', bin('jest/bin/jest.js'), 'libs/backend/src/drift.spec.ts'),
  },
};

/** Prints the schema again and compares; the committed file is put back, so that a check changes nothing. */
async function schemaDrift() {
  const file = join(root, 'schema.graphql');
  const committed = existsSync(file) ? readFileSync(file, 'utf8') : '';
  await build(['cli']);
  const failure = await tool('libs/tooling/cli.mjs', 'schema');
  const printed = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (failure) return failure;
  if (printed === committed) return undefined;
  writeFileSync(file, committed);
  return 'schema.graphql is not what the code says: run `npm run schema` and commit it.';
}

/** Runs one of our tools; answers its output when it found something. */
async function tool(...args) {
  const { code, output } = await runNode(args);
  return code === 0 ? undefined : output || `ended with ${code}`;
}

await makeReady();
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !steps[name]).join(', ');
if (unknown) giveUp(`${unknown} شناخته نیست.`, `Unknown: ${unknown}. Known: ${Object.keys(steps).join(', ')}.`);

const waiting = Object.entries(steps).filter(([name]) => asked.length === 0 || asked.includes(name));
const failed = [];
const began = Date.now();

async function work() {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [name, { subject, run }] = next;
    if (subject && !subject()) {
      console.log(`–  ${name}: nothing to check yet`);
      continue;
    }
    const start = Date.now();
    const found = await run();
    const seconds = ((Date.now() - start) / 1000).toFixed(1);
    console.log(found ? `✗  ${name} (${seconds} s)\n${found}` : `✓  ${name} (${seconds} s)`);
    if (found) failed.push(name);
  }
}

await Promise.all([work(), work()]);
const seconds = Math.round((Date.now() - began) / 1000);
console.log(failed.length > 0 ? `check failed: ${failed.join(', ')} (${seconds} s)` : `check passed (${seconds} s)`);
process.exitCode = failed.length > 0 ? 1 : 0;
