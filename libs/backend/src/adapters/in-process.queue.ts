import { AsyncResource } from 'node:async_hooks';
import type { Log, Queue } from '@app/platform';

/** The doorbell of the embedded mode: ids in memory. What a crash forgets, the sweep of the `job` table finds again. */
export class InProcessQueue implements Queue {
  readonly kind = 'in-process';
  /** Rung and not yet taken, oldest first. May hold an id that is running: it is taken when that run ends. */
  private readonly waiting = new Set<string>();
  private readonly later = new Map<string, NodeJS.Timeout>();
  private readonly running = new Map<string, Promise<void>>();
  private run: ((jobId: string) => Promise<void>) | undefined;
  /** Jobs run where the queue was made: never as a part of the call that rang. */
  private readonly apart = new AsyncResource('InProcessQueue');
  private concurrency = 0;
  private closed = false;

  constructor(private readonly log: Log) {}

  ring(jobId: string, delayMs = 0): void {
    if (this.closed) return;
    clearTimeout(this.later.get(jobId));
    this.later.delete(jobId);
    if (delayMs > 0 && !this.waiting.has(jobId)) {
      this.later.set(jobId, setTimeout(() => this.ring(jobId), delayMs).unref());
      return;
    }
    this.waiting.add(jobId);
    this.takeNext();
  }

  async work(run: (jobId: string) => Promise<void>, concurrency: number): Promise<void> {
    this.run = run;
    this.concurrency = concurrency;
    this.takeNext();
  }

  async close(): Promise<void> {
    this.closed = true;
    this.waiting.clear();
    for (const timer of this.later.values()) clearTimeout(timer);
    this.later.clear();
    await Promise.all(this.running.values());
  }

  async check(): Promise<void> {
    // Nothing outside this process can be missing.
  }

  private takeNext(): void {
    const { run } = this;
    if (!run) return;
    for (const jobId of this.waiting) {
      if (this.running.size >= this.concurrency) return;
      if (this.running.has(jobId)) continue;
      this.waiting.delete(jobId);
      this.running.set(
        jobId,
        this.apart.runInAsyncScope(() => this.runOne(run, jobId)),
      );
    }
  }

  private async runOne(run: (jobId: string) => Promise<void>, jobId: string): Promise<void> {
    // A turn of its own: whoever rings is inside a request and must not carry the start of a job.
    await new Promise(setImmediate);
    try {
      await run(jobId);
    } catch (error) {
      this.log.warn({ error, jobId }, 'job not run');
    }
    this.running.delete(jobId);
    this.takeNext();
  }
}
