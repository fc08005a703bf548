import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Accounts, type Grant } from '@app/access';
import { type Backend, BackendModule } from '@app/backend';
import { engine, newInstallation } from '@app/testing';
import { Person } from './test-api.js';

/** Whether the proofs run in full size, by `npm run proof`; else small, with the same code. */
export const FULL = process.env.PROOF === 'full';

interface Building {
  build(apps: string[]): Promise<void>;
  mainOf(app: string): string;
}
interface Servers {
  freePort(): Promise<number>;
  startRedis(): Promise<RedisServer>;
}
/** A Redis of a spec's own. `kill` is a power cut; `start` brings it back, empty, on the same port. */
export interface RedisServer {
  url: string;
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

// The tools are plain JavaScript outside the compiled sources, so their names must not be read by the compiler.
const tool = async <T>(name: string) => (await import(`../../../libs/tooling/${name}.mjs`)) as T;
export const startRedis = async () => (await tool<Servers>('servers')).startRedis();

/** The built API's file, up to date. */
export async function mainOfApi(): Promise<string> {
  const { build, mainOf } = await tool<Building>('build');
  await build(['api']);
  return mainOf('api');
}

/** Waits until something is so. */
export async function until(isSo: () => boolean | Promise<boolean>, seconds: number, what: string): Promise<void> {
  for (const end = Date.now() + seconds * 1000; !(await isSo()); await sleep(20))
    if (Date.now() > end) throw new Error(`Not within ${seconds} s: ${what}`);
}

/** The same numbers for the same seed, from 0 up to 1 (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One process of the product. */
export class RunningProcess {
  /** How it ended: the signal that killed it, or its exit code. */
  readonly ended: Promise<string>;
  private said = '';

  constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (part: Buffer) => (this.said = (this.said + part.toString()).slice(-4000)));
    this.ended = new Promise((resolve) => child.once('close', (code, signal) => resolve(signal ?? `code ${code}`)));
  }

  /** The end of all it wrote: what a failing spec shows. */
  get output(): string {
    return this.said;
  }

  get runs(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Ends it at once, as a power cut would. */
  kill(): Promise<string> {
    this.child.kill('SIGKILL');
    return this.ended;
  }

  stop(): Promise<string> {
    this.child.kill('SIGTERM');
    return this.ended;
  }
}

/**
 * The built product over one database, queue and folder: processes of it come and go, and the spec looks into the same
 * tables and files beside them.
 */
export class BuiltProduct {
  private readonly processes = new Set<RunningProcess>();

  private constructor(
    readonly backend: Backend,
    readonly app: INestApplicationContext,
    private readonly env: Record<string, string>,
    private readonly building: Building,
    private readonly cleanUp: () => Promise<void>,
  ) {}

  static async open(redisUrl = process.env.TEST_REDIS_URL): Promise<BuiltProduct> {
    const building = await tool<Building>('build');
    await building.build(['api', 'worker']);
    const place = await newInstallation(engine, {
      ...{ DEMO: 'off', NIGHTLY_BACKUP: 'off', JOB_LEASE_SECONDS: '2' },
      ...{ RATE_PER_ADDRESS: '1000000', RATE_PER_ACCOUNT: '1000000' },
      ...(redisUrl && { REDIS_URL: redisUrl, REDIS_PREFIX: `p${randomBytes(6).toString('hex')}` }),
    });
    const backend = await place.open();
    const app = await NestFactory.createApplicationContext(BackendModule.over(backend), { logger: ['error'] });
    return new BuiltProduct(backend, app, place.env, building, async () => {
      await app.close();
      await place.remove();
    });
  }

  /** The app that runs the jobs: the API itself when nothing but Node is there. */
  get worker(): 'api' | 'worker' {
    return this.env.REDIS_URL ? 'worker' : 'api';
  }

  /** Starts a process. One that may die by a fail point as soon as it works is not waited for. */
  async start(app: 'api' | 'worker', env: Record<string, string> = {}): Promise<RunningProcess> {
    const port = app === 'api' ? await (await tool<Servers>('servers')).freePort() : 0;
    const child = spawn(process.execPath, [this.building.mainOf(app)], {
      env: { PATH: process.env.PATH, ...this.env, LOG_LEVEL: 'warn', ...env, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const started = new RunningProcess(child, `http://127.0.0.1:${port}`);
    this.processes.add(started);
    return started;
  }

  /** Starts an API and waits until it answers. */
  async startApi(env: Record<string, string> = {}): Promise<RunningProcess> {
    const api = await this.start('api', env);
    await until(
      async () => {
        if (!api.runs) throw new Error(`The API ended: ${api.output}`);
        return fetch(`${api.url}/health/ready`).then(
          ({ ok }) => ok,
          () => false,
        );
      },
      60,
      'the API answers',
    );
    return api;
  }

  /** Makes an account with one grant; it signs in at any API of this product. */
  async signedIn({ url }: RunningProcess, userName: string, grant: Grant): Promise<Person> {
    const password = 'قالی‌بافی-۱۴۰۵';
    await this.app.get(Accounts).create({ userName, displayName: userName, password, grants: [grant] });
    return new Person(url).signIn(userName, password);
  }

  async close(): Promise<void> {
    await Promise.all([...this.processes].map((one) => one.kill()));
    await this.cleanUp();
  }
}
