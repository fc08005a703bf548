import { once } from 'node:events';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Queue as Bull, Worker } from 'bullmq';
import type { Redis, RedisOptions } from 'ioredis';
import type { Log, Queue } from '@app/platform';
import { CannotStart } from '../cannot-start.js';

const require = createRequire(import.meta.url);

/** How long `check` waits for a connection that is being made. */
const REACH_MS = 5_000;
/** How long a closing worker may still talk to Redis after its last job. */
const LAST_WORDS_MS = 1_000;
const RETRY_STEP_MS = 50;
const RETRY_AT_MOST_MS = 2_000;
/** Rings kept while Redis is away. More are dropped, and the sweep of the `job` table finds them. */
const MISSED_AT_MOST = 10_000;

/**
 * The doorbell over Redis, for separate API and worker processes. The newest ring of an id counts while it is delayed
 * or its job runs; a ring that already waits takes the new one in. Redis holds nothing but ids.
 */
export class BullQueue implements Queue {
  readonly kind = 'bullmq';
  private readonly redis: Redis;
  private readonly bull: Bull;
  private readonly missed = new Map<string, number>();
  private running = 0;
  private worker: Worker | undefined;
  private workerRedis: Redis | undefined;
  private closing: Promise<void> | undefined;

  /**
   * @param name    separates queues in one Redis
   * @param leaseMs how long a silent worker keeps a job. Redis must let it go before its row's lease lapses, or the ring
   *                that follows would not be heard; the row alone decides who runs it.
   */
  constructor(
    private readonly url: string,
    private readonly name: string,
    private readonly log: Log,
    private readonly leaseMs = 30_000,
  ) {
    const { Queue: BullMq } = require('bullmq') as typeof import('bullmq');
    // Whoever rings must not wait for Redis: a command fails at once when it is away.
    // The rings of one commit leave together.
    this.redis = this.connect({
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: REACH_MS,
      enableAutoPipelining: true,
    });
    this.redis.on('ready', () => this.ringMissed());
    this.bull = new BullMq(name, {
      connection: this.redis,
      prefix: `{${name}}`,
      skipVersionCheck: true,
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
    });
    this.bull.on('error', (error) => this.log.debug({ error }, 'queue'));
  }

  ring(jobId: string, delayMs = 0): void {
    if (this.closing) return;
    if (this.redis.status !== 'ready') {
      if (this.missed.size < MISSED_AT_MOST) this.missed.set(jobId, delayMs);
      return;
    }
    // After what follows the commit at once: the next unit is not kept waiting by the bell.
    setImmediate(() => {
      this.bull
        .add('job', { jobId }, { delay: delayMs, deduplication: { id: jobId, keepLastIfActive: true, replace: true } })
        .catch((error: Error) => this.log.debug({ error, jobId }, 'ring lost'));
    });
  }

  async work(run: (jobId: string) => Promise<void>, concurrency: number): Promise<void> {
    await this.check();
    const { Worker: BullWorker } = require('bullmq') as typeof import('bullmq');
    // A worker waits for Redis for ever.
    this.workerRedis = this.connect({ maxRetriesPerRequest: null });
    this.worker = new BullWorker<{ jobId: string }>(this.name, ({ data }) => this.runOne(run, data.jobId), {
      connection: this.workerRedis,
      prefix: `{${this.name}}`,
      skipVersionCheck: true,
      concurrency,
      lockDuration: Math.round((this.leaseMs * 2) / 3),
      stalledInterval: Math.round(this.leaseMs / 6),
      runRetryDelay: RETRY_AT_MOST_MS,
      // Attempts are counted in the job's row. BullMQ's own count would fail jobs whose workers were killed.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
    });
    this.worker.on('error', (error) => this.log.debug({ error }, 'queue'));
  }

  close(): Promise<void> {
    return (this.closing ??= this.end());
  }

  /** @throws when Redis is away, or may throw keys away when its memory is full */
  async check(): Promise<void> {
    const { host } = new URL(this.url);
    try {
      if (this.redis.status !== 'ready') await once(this.redis, 'ready', { signal: AbortSignal.timeout(REACH_MS) });
    } catch {
      throw new CannotStart(
        `ردیس در ${host} پاسخ نمی‌دهد؛ آن را روشن کنید یا REDIS_URL را درست کنید.`,
        `Redis at ${host} does not answer: start it, or correct REDIS_URL.`,
        true,
      );
    }
    const policy = /^maxmemory_policy:(\S+)/m.exec(await this.redis.info('memory'))?.[1];
    if (policy !== 'noeviction')
      throw new CannotStart(
        `سیاست maxmemory-policy در ردیس ${host} برابر ${policy} است؛ آن را noeviction کنید، وگرنه کارها را دور می‌اندازد.`,
        `Redis at ${host} has maxmemory-policy ${policy}: set it to noeviction, or it will drop jobs.`,
      );
  }

  private async end(): Promise<void> {
    this.missed.clear();
    const closing = Promise.resolve(this.worker?.close()).then(
      () => true,
      () => true,
    );
    // Without Redis a worker cannot report its last job and would wait for ever: it gets a second after that job.
    for (let closed = false, idle = false; !closed && !idle;) {
      idle = this.running === 0;
      closed = await Promise.race([closing, sleep(LAST_WORDS_MS, false, { ref: false })]);
    }
    await this.bull.close().catch((error: Error) => this.log.debug({ error }, 'queue'));
    this.workerRedis?.disconnect();
    this.redis.disconnect();
  }

  private connect(options: RedisOptions): Redis {
    const { Redis: IoRedis } = require('ioredis') as typeof import('ioredis');
    const redis = new IoRedis(this.url, {
      ...options,
      retryStrategy: (times) => (this.closing ? null : Math.min(times * RETRY_STEP_MS, RETRY_AT_MOST_MS)),
    });
    redis.on('error', (error) => this.log.debug({ error }, 'queue'));
    return redis;
  }

  private ringMissed(): void {
    const missed = [...this.missed];
    this.missed.clear();
    for (const [jobId, delayMs] of missed) this.ring(jobId, delayMs);
  }

  private async runOne(run: (jobId: string) => Promise<void>, jobId: string): Promise<void> {
    this.running++;
    try {
      await run(jobId);
    } catch (error) {
      this.log.warn({ error, jobId }, 'job not run');
    } finally {
      this.running--;
    }
  }
}
