import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Queue, silentLog } from '@app/platform';
import { assertQueueKeeps } from '../backend.js';
import { CannotStart } from '../cannot-start.js';
import { BullQueue } from './bull.queue.js';
import { InProcessQueue } from './in-process.queue.js';

interface RedisServer {
  url: string;
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const redisUrl = process.env.TEST_REDIS_URL;
const newName = () => `spec-${randomBytes(6).toString('hex')}`;

async function startRedis(options: string[] = []): Promise<RedisServer> {
  const path = '../../../tooling/servers.mjs';
  const servers = (await import(path)) as { startRedis(given: { options: string[] }): Promise<RedisServer> };
  return servers.startRedis({ options });
}

async function until(isSo: () => boolean, within = 15_000): Promise<void> {
  for (const end = Date.now() + within; !isSo(); await sleep(10)) {
    if (Date.now() > end) throw new Error('It did not come to pass');
  }
}

/** A door that jobs wait at until it is opened. */
function door() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

const engines: [string, () => Queue][] = [['in-process', () => new InProcessQueue(silentLog)]];
if (redisUrl) engines.push(['bullmq', () => new BullQueue(redisUrl, newName(), silentLog)]);

describe.each(engines)('the %s queue', (kind, newQueue) => {
  let queue: Queue;
  const heard: string[] = [];
  const hear = async (jobId: string) => void heard.push(jobId);
  const opened = () => {
    heard.length = 0;
    return (queue = newQueue());
  };
  afterEach(() => queue.close(), 20_000);

  it('says what it is, and that it can be reached', async () => {
    expect(opened().kind).toBe(kind);
    await queue.check();
  });

  it('hears what was rung before anyone worked', async () => {
    opened();
    for (const id of ['a', 'b', 'c']) queue.ring(id);
    await sleep(100);
    expect(heard).toEqual([]);
    await queue.work(hear, 2);
    await until(() => heard.length === 3);
    expect([...heard].sort()).toEqual(['a', 'b', 'c']);
  });

  it('runs a job apart from the call that rang', async () => {
    opened();
    const call = new AsyncLocalStorage<string>();
    const heardIn: (string | undefined)[] = [];
    await queue.work(async () => void heardIn.push(call.getStore()), 1);
    call.run('rung before', () => queue.ring('a'));
    call.run('rung later', () => queue.ring('b', 50));
    await until(() => heardIn.length === 2);
    expect(heardIn).toEqual([undefined, undefined]);
  });

  it('hears rings of one id that wait as one', async () => {
    opened();
    await queue.check();
    for (let n = 0; n < 20; n++) queue.ring('a');
    queue.ring('end');
    await sleep(200);
    await queue.work(hear, 1);
    await until(() => heard.includes('end'));
    await sleep(100);
    expect(heard).toEqual(['a', 'end']);
  });

  it('hears rings that come while their job runs, once, after it and never beside it', async () => {
    opened();
    const { opened: go, open } = door();
    let beside = 0;
    let most = 0;
    await queue.work(async (jobId) => {
      most = Math.max(most, ++beside);
      heard.push(jobId);
      await go;
      beside--;
    }, 4);
    queue.ring('a');
    await until(() => heard.length === 1);
    for (let n = 0; n < 5; n++) queue.ring('a');
    await sleep(200);
    expect(heard).toEqual(['a']);
    open();
    await until(() => heard.length === 2);
    await sleep(200);
    expect(heard).toEqual(['a', 'a']);
    expect(most).toBe(1);
  });

  it('hears a delayed ring when its time has come, also one made by the running job itself', async () => {
    opened();
    const at: number[] = [];
    await queue.work(async (jobId) => {
      at.push(Date.now());
      if (at.length === 1) queue.ring(jobId, 300);
    }, 1);
    const start = Date.now();
    queue.ring('a', 300);
    await until(() => at.length === 2);
    expect(at[0]! - start).toBeGreaterThanOrEqual(290);
    expect(at[1]! - at[0]!).toBeGreaterThanOrEqual(290);
  });

  it('does not let a delayed ring hold back one that is due', async () => {
    opened();
    await queue.work(hear, 1);
    await queue.check();
    queue.ring('a', 60_000);
    queue.ring('a');
    await until(() => heard.length === 1);
    expect(heard).toEqual(['a']);
  });

  it('runs as many at a time as it was told, and no more', async () => {
    opened();
    const { opened: go, open } = door();
    let beside = 0;
    let most = 0;
    let done = 0;
    await queue.work(async () => {
      most = Math.max(most, ++beside);
      await go;
      await sleep(1);
      beside--;
      done++;
    }, 3);
    for (let n = 0; n < 30; n++) queue.ring(`job-${n}`);
    await until(() => beside === 3);
    await sleep(100);
    expect(most).toBe(3);
    open();
    await until(() => done === 30);
    expect(most).toBe(3);
  });

  it('goes on after a job that throws, at once or later', async () => {
    opened();
    await queue.work((jobId) => {
      heard.push(jobId);
      if (jobId === 'at-once') throw new Error('at once');
      return jobId === 'later' ? Promise.reject(new Error('later')) : Promise.resolve();
    }, 1);
    for (const id of ['at-once', 'later', 'good']) queue.ring(id);
    await until(() => heard.includes('good'));
    queue.ring('later');
    await until(() => heard.length === 4);
    expect(heard).toEqual(['at-once', 'later', 'good', 'later']);
  });

  it('waits for the running jobs when it closes, starts no other, and hears nothing after', async () => {
    opened();
    const { opened: go, open } = door();
    let ended = 0;
    await queue.work(async (jobId) => {
      heard.push(jobId);
      await go;
      ended++;
    }, 2);
    for (const id of ['a', 'b', 'c', 'd']) queue.ring(id);
    await until(() => heard.length === 2);
    let closed = false;
    const closing = queue.close().then(() => (closed = true));
    await sleep(1_500);
    expect(closed).toBe(false);
    open();
    await closing;
    expect(ended).toBe(2);
    queue.ring('e');
    await sleep(100);
    expect(heard).toHaveLength(2);
  });
});

if (redisUrl) {
  describe('a queue whose Redis fails', () => {
    let redis: RedisServer;
    let queue: BullQueue;
    const heard: string[] = [];
    beforeAll(async () => {
      redis = await startRedis();
    }, 60_000);
    afterAll(() => redis.stop(), 20_000);
    afterEach(() => queue.close(), 20_000);

    it('is usable after FLUSHALL: in the middle of a job, while rings wait, and at rest', async () => {
      queue = new BullQueue(redis.url, newName(), silentLog);
      heard.length = 0;
      const { opened: go, open } = door();
      await queue.work(async (jobId) => {
        heard.push(jobId);
        await go;
      }, 1);
      queue.ring('a');
      await until(() => heard.length === 1);
      queue.ring('lost');
      await sleep(100);
      const { Redis } = await import('ioredis');
      const other = new Redis(redis.url);
      await other.flushall();
      open();
      // What the sweep does: it rings again what is not done.
      const sweep = setInterval(() => ['a', 'lost'].forEach((id) => queue.ring(id)), 200);
      await until(() => heard.includes('lost') && heard.filter((id) => id === 'a').length > 1);
      clearInterval(sweep);
      await sleep(300);
      await other.flushall();
      other.disconnect();
      queue.ring('b');
      await until(() => heard.includes('b'));
    }, 30_000);

    it('neither waits nor throws while Redis is away, says so, and is heard after its return', async () => {
      queue = new BullQueue(redis.url, newName(), silentLog);
      heard.length = 0;
      await queue.work(async (jobId) => void heard.push(jobId), 2);
      await redis.kill();
      await until(() => {
        const start = Date.now();
        queue.ring('away');
        return Date.now() - start < 50;
      });
      await sleep(500);
      for (let n = 0; n < 100; n++) queue.ring(`away-${n}`);
      await expect(queue.check()).rejects.toThrow(/^Redis at 127\.0\.0\.1:\d+ does not answer: start it/);
      expect(heard).toEqual([]);
      await redis.start();
      await until(() => new Set(heard.filter((id) => id.startsWith('away-'))).size === 100, 20_000);
      await queue.check();
    }, 60_000);

    it('closes while Redis is away, after the running job', async () => {
      queue = new BullQueue(redis.url, newName(), silentLog);
      const { opened: go, open } = door();
      let state = 'waits';
      await queue.work(async () => {
        state = 'runs';
        await go;
        state = 'done';
      }, 1);
      queue.ring('a');
      await until(() => state === 'runs');
      await redis.kill();
      const closing = queue.close();
      await sleep(300);
      open();
      await closing;
      expect(state).toBe('done');
      await redis.start();
    }, 30_000);
  });

  it('gives the job of a worker that fell silent to another one within the lease', async () => {
    const name = newName();
    const [silent, other] = [0, 1].map(() => new BullQueue(redisUrl, name, silentLog, 1_500)) as [BullQueue, BullQueue];
    const heard: string[] = [];
    await silent.work(async () => {
      heard.push('silent');
      await sleep(60_000, undefined, { ref: false });
    }, 1);
    silent.ring('a');
    await until(() => heard.length === 1);
    // Its connections are cut for good, so that it neither renews its lock nor says that it ends.
    for (const part of ['workerRedis', 'redis']) (Reflect.get(silent, part) as { disconnect(): void }).disconnect();
    const since = Date.now();
    await other.work(async () => void heard.push('other'), 1);
    await until(() => heard.includes('other'));
    expect(Date.now() - since).toBeLessThan(4_000);
    await other.close();
    await (Reflect.get(silent, 'worker') as { close(force: boolean): Promise<void> }).close(true);
  }, 30_000);

  it('refuses a Redis that drops keys when its memory is full', async () => {
    const redis = await startRedis(['--maxmemory-policy', 'allkeys-lru']);
    const queue = new BullQueue(redis.url, newName(), silentLog);
    try {
      await expect(queue.check()).rejects.toBeInstanceOf(CannotStart);
      await expect(queue.check()).rejects.toThrow('has maxmemory-policy allkeys-lru: set it to noeviction');
      await expect(assertQueueKeeps({ queue, log: silentLog })).rejects.toThrow('allkeys-lru');
      await expect(queue.work(async () => {}, 1)).rejects.toThrow('noeviction');
    } finally {
      await queue.close();
      await redis.stop();
    }
  }, 60_000);

  it('does not keep an API from starting while Redis is away', async () => {
    const queue = new BullQueue('redis://127.0.0.1:1', newName(), silentLog);
    await expect(assertQueueKeeps({ queue, log: silentLog })).resolves.toBeUndefined();
    await queue.close();
  }, 60_000);
}
