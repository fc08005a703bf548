// Builds what has changed and nothing else. The server's apps are built by the Nest CLI, the web by Vite.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { giveUp, isBundle, root, runNode, withProgress } from './ready.mjs';

const nest = join(root, 'node_modules/@nestjs/cli/bin/nest.js');
const vite = join(root, 'node_modules/vite/bin/vite.js');
const everyApp = ['package-lock.json', 'tsconfig.base.json', 'nest-cli.json'];

/** Each app: what it is built from, and the call that builds it. */
const apps = {
  api: server('api'),
  worker: server('worker'),
  cli: server('cli'),
  web: {
    entry: 'apps/web/vite.config.ts',
    sources: ['package-lock.json', 'apps/web', 'libs/persian', 'schema.graphql'],
    args: [vite, 'build'],
    watch: [vite, 'build', '--watch'],
    cwd: join(root, 'apps/web'),
  },
};

function server(name) {
  return {
    entry: `apps/${name}/src/main.ts`,
    sources: [...everyApp, `apps/${name}`, 'libs'],
    args: [nest, 'build', name],
    watch: [nest, 'start', name, '--watch'],
    cwd: root,
  };
}

/** The file that Node runs for an app of the server. */
export const mainOf = (name) => join(root, 'dist', name, 'apps', name, 'src/main.js');

/** The names of those apps that are there. */
export const appsHere = () => Object.keys(apps).filter((name) => existsSync(join(root, apps[name].entry)));

/** Brings these apps up to date, two at a time. Ends the command when one of them cannot be built. */
export async function build(names) {
  if (isBundle) return;
  const stale = names.filter((name) => appsHere().includes(name) && readStamp(name) !== stampOf(name));
  const waiting = [...stale];
  const one = async () => {
    for (let name = waiting.shift(); name; name = waiting.shift()) await buildOne(name);
  };
  await Promise.all([one(), one()]);
}

async function buildOne(name) {
  // The stamp is taken before the build: what is edited while it runs is built again the next time.
  const stamp = stampOf(name);
  rmSync(stampFile(name), { force: true });
  const { code, output } = await withProgress(`ساخت ${name}`, `building ${name}`, () =>
    runNode(apps[name].args, apps[name].cwd),
  );
  if (code !== 0) {
    process.stderr.write(output);
    giveUp(`${name} ساخته نشد.`, `${name} could not be built.`);
  }
  mkdirSync(join(root, 'dist/.stamps'), { recursive: true });
  writeFileSync(stampFile(name), stamp);
}

/** Builds again at every change; the Nest CLI also starts the API again. Answers the running children. */
export function watch(names) {
  return names.map((name) => {
    rmSync(stampFile(name), { force: true });
    const { watch: args, cwd } = apps[name];
    return spawn(process.execPath, args, { cwd, stdio: 'inherit', detached: process.platform !== 'win32' });
  });
}

const stampFile = (name) => join(root, 'dist/.stamps', name);
const readStamp = (name) => (existsSync(stampFile(name)) ? readFileSync(stampFile(name), 'utf8') : undefined);

function stampOf(name) {
  return stampOfFiles(root, apps[name].sources);
}

// What no build reads: a change there builds nothing.
const unread =
  /^libs\/(tooling|testing)\/|^libs\/[^/]+\/(data|proofs|bench)\/|^apps\/[^/]+\/(test|e2e)\/|\/node_modules\/|\.(spec|test)\.tsx?$|\.md$/;

/** A short text that changes when any of these files is edited, added, removed or renamed. */
export function stampOfFiles(folder, sources) {
  const hash = createHash('sha256');
  const visit = (path) => {
    const found = statSync(join(folder, path), { throwIfNoEntry: false });
    if (found?.isDirectory()) {
      if (unread.test(`${path}/`)) return;
      for (const name of readdirSync(join(folder, path)).sort()) visit(`${path}/${name}`);
    } else if (found && !unread.test(path)) {
      hash.update(`${path}\0${found.size}\0${found.mtimeMs}\n`);
    }
  };
  sources.forEach(visit);
  return hash.digest('hex');
}
