import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long the API may take to be ready, in milliseconds. */
const START_MS = 60_000;

/** The work goes on at the API of DEMO_URL, else at one that is started for it and leaves nothing behind. */
export async function withApi<T>(main: string, work: (url: string, own: boolean) => Promise<T>): Promise<T> {
  const given = process.env.DEMO_URL?.replace(/\/$/, '');
  if (given) return work(given, false);

  const folder = await mkdtemp(join(tmpdir(), 'maharat-demo-'));
  const port = await freePort();
  // Only what a program needs of its surroundings: a DATABASE_URL there is not meant for the demo.
  const { PATH, SystemRoot, TEMP, TMPDIR } = process.env;
  const settings = { PORT: String(port), DATA_DIR: folder, DEMO: 'on', LOG_LEVEL: 'warn', NIGHTLY_BACKUP: 'off' };
  const api = spawn(process.execPath, [main], {
    env: { PATH, SystemRoot, TEMP, TMPDIR, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [api.stdout, api.stderr]) stream.on('data', (part: Buffer) => (said += part.toString()));
  const ended = once(api, 'exit');
  try {
    const url = `http://127.0.0.1:${port}`;
    const late = Date.now() + START_MS;
    while (!(await isReady(url))) {
      if (api.exitCode !== null || Date.now() > late) throw new Error(`The API did not start:\n${said}`);
      await sleep(200);
    }
    return await work(url, true);
  } finally {
    api.kill();
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
}

const isReady = (url: string) =>
  fetch(`${url}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
