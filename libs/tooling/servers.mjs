// Throw-away servers for specs, proofs and benches: each on a free port with its data in a temporary folder.
// A server that runs on this machine already is never touched.
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

// Where servers and browsers lie when they are not on the PATH: Debian's sbin, Homebrew, macOS, Windows.
const elsewhere = [
  '/usr/sbin',
  '/usr/local/sbin',
  '/opt/homebrew/bin',
  '/opt/homebrew/opt/mariadb/bin',
  '/usr/local/opt/mariadb/bin',
  '/Applications/Google Chrome.app/Contents/MacOS',
  '/Applications/Chromium.app/Contents/MacOS',
  'C:\\Program Files\\Google\\Chrome\\Application',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application',
];

/** The path of the first of these programs that this machine has. */
export function findProgram(...names) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...elsewhere];
  const ends = process.platform === 'win32' ? ['.exe'] : [''];
  const paths = names.flatMap((name) => folders.flatMap((folder) => ends.map((end) => join(folder, name + end))));
  return paths.find(isProgram);
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** MariaDB's server, also under its old name; a mysqld that is Oracle's is not MariaDB. */
export function findMariadb() {
  const path = findProgram('mariadbd', 'mysqld');
  if (!path) return undefined;
  const { stdout } = spawnSync(path, ['--no-defaults', '--version'], { encoding: 'utf8' });
  return stdout?.includes('MariaDB') ? path : undefined;
}

export const findRedis = () => findProgram('redis-server', 'valkey-server');

export function findChromium() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) return isProgram(chosen) ? chosen : undefined;
  return findProgram('chromium', 'chromium-browser', 'google-chrome', 'Google Chrome', 'Chromium', 'chrome', 'msedge');
}

/** What Chromium needs on a machine without a screen and without the internet, and as root in a container. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/**
 * A MariaDB of our own, with the durability of a real one. `url` ends in `/`: append the name of a database.
 * kill() is a power cut for the process; restart() brings it back on the same port and data; stop() removes all.
 */
export async function startMariadb({ options = [] } = {}) {
  const program = findMariadb();
  const installer = findProgram('mariadb-install-db', 'mysql_install_db');
  if (!program || !installer) throw new Error('MariaDB is not on this machine.');
  const folder = mkdtempSync(join(tmpdir(), 'maharat-mariadb-'));
  const data = join(folder, 'data');
  const user = process.getuid?.() === 0 ? ['--user=root'] : [];
  const install = ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'];
  const { status, stdout, stderr } = spawnSync(installer, [...install, ...user], { encoding: 'utf8' });
  if (status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`${installer} ended with ${status}:\n${stdout}${stderr}`);
  }
  const port = await freePort();
  const args = [
    '--no-defaults',
    `--datadir=${data}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    `--socket=${join(folder, 's')}`,
    `--pid-file=${join(folder, 'pid')}`,
    '--skip-name-resolve',
    '--innodb-buffer-pool-size=128M',
    '--max-connections=500',
    ...user,
    ...options,
  ];
  // MariaDB speaks first: its greeting means that it takes connections.
  const server = new Server({ program, args, folder, port, ready: (answer) => answer.length > 4 });
  await server.start();
  return Object.assign(server, { url: `mariadb://root@127.0.0.1:${port}/` });
}

/** A Redis of our own that refuses writes rather than drop keys. With `aof` its data outlives kill() and restart(). */
export async function startRedis({ aof = false, options = [] } = {}) {
  const program = findRedis();
  if (!program) throw new Error('Redis is not on this machine.');
  const folder = mkdtempSync(join(tmpdir(), 'maharat-redis-'));
  const port = await freePort();
  const settings = {
    port,
    bind: '127.0.0.1',
    dir: folder,
    save: '',
    appendonly: aof ? 'yes' : 'no',
    'maxmemory-policy': 'noeviction',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const ready = (answer) => answer.startsWith('+PONG');
  const server = new Server({ program, args: [...args, ...options], folder, port, ask: 'PING\r\n', ready });
  await server.start();
  return Object.assign(server, { url: `redis://127.0.0.1:${port}` });
}

const running = new Set();

/** Ends every server and removes its folder, at once: also the way out when this process itself is ended. */
export function killAll() {
  for (const server of running) server.dispose();
}

process.once('exit', killAll);

class Server {
  constructor(plan) {
    this.plan = plan;
    this.port = plan.port;
    running.add(this);
  }

  async start() {
    const { program, args, folder } = this.plan;
    mkdirSync(folder, { recursive: true });
    let output = '';
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part) => (output = (output + part).slice(-4000)));
    this.child = child;
    this.ended = new Promise((resolve) => child.once('close', resolve));
    child.once('error', (error) => (output += error.message));
    const deadline = Date.now() + 60_000;
    while (!(await this.answers())) {
      if (child.exitCode !== null || child.signalCode || Date.now() > deadline) {
        this.dispose();
        throw new Error(`${program} did not start:\n${output}`);
      }
      await wait(50);
    }
  }

  answers() {
    const { ask, ready } = this.plan;
    return new Promise((resolve) => {
      const socket = connect(this.port, '127.0.0.1', () => ask && socket.write(ask));
      const end = (answer) => {
        socket.destroy();
        resolve(answer);
      };
      socket.setTimeout(1000, () => end(false));
      socket.once('data', (part) => end(ready(part.toString('latin1'))));
      socket.once('error', () => end(false));
      socket.once('close', () => end(false));
    });
  }

  /** The process ends at once, as in a power cut; the data stay. */
  async kill() {
    this.child?.kill('SIGKILL');
    await this.ended;
  }

  async restart() {
    await this.kill();
    await this.start();
  }

  async stop() {
    this.child?.kill('SIGTERM');
    const late = setTimeout(() => this.child?.kill('SIGKILL'), 10_000);
    await this.ended;
    clearTimeout(late);
    this.dispose();
  }

  dispose() {
    this.child?.kill('SIGKILL');
    running.delete(this);
    rmSync(this.plan.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * What is needed beyond Node, by the part of the tests that needs it. `onlySome`: the part can run without it.
 * @type {{ find: () => string | boolean | undefined; name: string; debian: string; brew: string; engines: string[]; onlySome?: boolean }[]}
 */
export const programs = [
  { find: findMariadb, name: 'MariaDB', debian: 'mariadb-server', brew: 'mariadb', engines: ['mariadb'] },
  { find: findRedis, name: 'Redis', debian: 'redis-server', brew: 'redis', engines: ['mariadb'] },
  { find: findChromium, name: 'Chromium', debian: 'chromium', brew: '--cask chromium', engines: ['browser'] },
  // What others wrote, by which papers are judged: without it only the specs that ask it are left out.
  ...judges(),
];

function judges() {
  const program = (name, file, debian, brew = debian) => ({ find: () => findProgram(file), name, debian, brew });
  const unicode = () => existsSync('/usr/share/unicode/BidiCharacterTest.txt');
  return [
    program('Poppler', 'pdftotext', 'poppler-utils', 'poppler'),
    program('qpdf', 'qpdf', 'qpdf'),
    program('MuPDF', 'mutool', 'mupdf-tools'),
    program('FriBidi', 'fribidi', 'libfribidi-bin', 'fribidi'),
    program('HarfBuzz', 'hb-shape', 'libharfbuzz-bin', 'harfbuzz'),
    program('Pango', 'pango-view', 'pango1.0-tools', 'pango'),
    { find: unicode, name: "Unicode's tests", debian: 'unicode-data', brew: 'unicode-data' },
  ].map((judge) => ({ ...judge, engines: ['sqlite', 'mariadb'], onlySome: true }));
}

/** Installs these with Debian's packages where that can be done without asking: as root. */
export function installOnDebian(missing) {
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return;
  const apt = (...args) =>
    spawnSync('apt-get', ['-qq', '-o', 'Dpkg::Use-Pty=0', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
    });
  apt('update');
  apt('install', '-y', '--no-install-recommends', ...missing.map(({ debian }) => debian));
}

/** The exact command that installs these here. */
export function installCommand(missing) {
  if (process.platform === 'darwin') return missing.map(({ brew }) => `brew install ${brew}`).join(' && ');
  const isDebian = existsSync('/etc/os-release') && /debian|ubuntu/i.test(readFileSync('/etc/os-release', 'utf8'));
  const names = missing.map(({ debian }) => debian).join(' ');
  return isDebian ? `sudo apt-get install -y ${names}` : `(${names}: install them with this system's packages)`;
}
