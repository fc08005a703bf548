import type { Database } from '../database/database.js';
import { SYSTEM } from '../database/database.js';
import { asInstant } from '../database/dialect.js';
import { newId } from '../ids.js';
import type { Log } from '../observe/log.js';
import { jobRuns, oldestJobSeconds } from '../observe/metrics.js';
import { Job, JobState } from './job.entity.js';
import type { JobRegistry, RegisteredJob } from './job-registry.js';
import { Later } from './later.js';
import type { Queue } from './queue.js';

/** Tries of a job that fails, the first one included. */
const ATTEMPTS = 3;
/** Workers that may die over one job before it is held back: a job that kills its worker must not go round for ever. */
const STALLS = 1000;
const FIRST_PAUSE_MS = 500;
const SWEEP_MS = 1000;
/** A job that is put off for longer is left to the sweep: no queue keeps a bell for days. */
const LONGEST_RING_MS = 60_000;
/** A job is swept up when its ring may have been lost, not while it is on its way. */
const RING_AGAIN_MS = 2000;

/** A job that this process has taken. */
interface Held {
  job: Job;
  lease: string;
  handler: RegisteredJob;
}

/**
 * Runs what stands in the `job` table. A job is taken by lease, so that it runs in one place at a time; the lease is
 * renewed while it runs and lapses when its worker dies. The queue only wakes; the sweep finds what it lost.
 */
export class Jobs {
  private readonly running = new Set<Promise<void>>();
  private sweeper: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();
  private readonly rung = new Map<string, number>();

  constructor(
    private readonly db: Database,
    private readonly registry: JobRegistry,
    private readonly queue: Queue,
    private readonly log: Log,
    private readonly leaseMs: number,
  ) {
    db.onCommit((jobIds) => jobIds.forEach((jobId) => this.ring(jobId)));
  }

  /**
   * Starts to work.
   *
   * @throws Error a waiting job has no handler in this build
   */
  async start(concurrency: number): Promise<void> {
    const names = await this.db.read((tx) => tx.query<{ name: string }>('SELECT DISTINCT name FROM job'));
    const unknown = names.filter(({ name }) => !this.registry.named(name));
    if (unknown.length > 0)
      throw new Error(`No handler for the waiting jobs ${unknown.map(({ name }) => name).join(', ')}`);
    await this.queue.work((jobId) => this.track(this.run(jobId)), concurrency);
    this.sweeper = setInterval(() => {
      this.sweeping = this.sweep().catch((error: unknown) => this.log.warn({ error }, 'sweep failed'));
    }, SWEEP_MS);
    await this.sweep();
  }

  /** Takes no more jobs, lets the running ones end, and leaves the rest in the table. */
  async stop(): Promise<void> {
    clearInterval(this.sweeper);
    await this.sweeping;
    await this.queue.close();
    await Promise.allSettled(this.running);
  }

  /** Wakes the jobs that are due and that nobody runs. */
  async sweep(): Promise<void> {
    const due = await this.db.read((tx) =>
      tx.query<{ id: string; runAfter: unknown }>(
        `SELECT id, runAfter FROM job WHERE state = 'WAITING' AND runAfter <= ${tx.dialect.now}
         AND (leasedUntil IS NULL OR leasedUntil <= ${tx.dialect.now}) ORDER BY runAfter LIMIT 500`,
      ),
    );
    oldestJobSeconds.set(due[0] ? Math.max(0, (Date.now() - asInstant(due[0].runAfter).getTime()) / 1000) : 0);
    const longAgo = Date.now() - RING_AGAIN_MS;
    for (const [jobId, at] of this.rung) if (at < longAgo) this.rung.delete(jobId);
    for (const { id } of due) if (!this.rung.has(id)) this.ring(id);
  }

  private ring(jobId: string, delayMs = 0): void {
    this.rung.set(jobId, Date.now() + delayMs);
    this.queue.ring(jobId, delayMs);
  }

  private track(run: Promise<void>): Promise<void> {
    this.running.add(run);
    return run.finally(() => this.running.delete(run));
  }

  /** Runs one job to its end: done, to be run again, tried again later, or given up. Nothing happens if it is taken. */
  private async run(jobId: string): Promise<void> {
    const lease = newId();
    const job = await this.take(jobId, lease);
    this.rung.delete(jobId);
    if (!job) return;
    const handler = this.registry.named(job.name);
    if (!handler) return this.log.error({ job: job.name }, 'no handler');
    const held = { job, lease, handler };
    if (job.stalls >= STALLS) return this.giveUp(held, 'Its worker died too often');
    const heartbeat = setInterval(() => void this.renew(job.id, lease), this.leaseMs / 3);
    try {
      await handler.run(job.payload);
      await this.finish(job, lease);
      jobRuns.inc({ job: job.name, outcome: 'done' });
    } catch (error) {
      if (error instanceof Later) await this.putOff(job, lease, error.milliseconds);
      else await this.fail(held, error);
    } finally {
      clearInterval(heartbeat);
    }
  }

  private take(jobId: string, lease: string): Promise<Job | null> {
    return this.db.write(SYSTEM, async (tx) => {
      const { now, inMilliseconds } = tx.dialect;
      const taken = await tx.execute(
        `UPDATE job SET stalls = stalls + CASE WHEN lease IS NULL THEN 0 ELSE 1 END, lease = ?, taken = wanted,
           leasedUntil = ${inMilliseconds(this.leaseMs)}
         WHERE id = ? AND state = 'WAITING' AND runAfter <= ${now} AND (leasedUntil IS NULL OR leasedUntil <= ${now})`,
        [lease, jobId],
      );
      return taken === 0 ? null : tx.get(Job, { id: jobId });
    });
  }

  private async renew(jobId: string, lease: string): Promise<void> {
    try {
      await this.db.write(SYSTEM, (tx) =>
        tx.execute(
          `UPDATE job SET leasedUntil = ${tx.dialect.inMilliseconds(this.leaseMs)} WHERE id = ? AND lease = ?`,
          [jobId, lease],
        ),
      );
    } catch (error) {
      this.log.warn({ error, jobId }, 'lease not renewed');
    }
  }

  private async finish(job: Job, lease: string): Promise<void> {
    const again = await this.db.write(SYSTEM, async (tx) => {
      if ((await tx.execute('DELETE FROM job WHERE id = ? AND lease = ? AND wanted = taken', [job.id, lease])) > 0)
        return false;
      const freed = await tx.execute(
        'UPDATE job SET lease = NULL, leasedUntil = NULL, attempts = 0, stalls = 0 WHERE id = ? AND lease = ?',
        [job.id, lease],
      );
      return freed > 0;
    });
    if (again) this.ring(job.id);
  }

  /** What has asked for the job since it began does not wait. */
  private async putOff(job: Job, lease: string, milliseconds: number): Promise<void> {
    await this.db.write(SYSTEM, (tx) =>
      tx.execute(
        `UPDATE job SET attempts = 0, stalls = 0, lease = NULL, leasedUntil = NULL, runAfter =
           CASE WHEN wanted = taken THEN ${tx.dialect.inMilliseconds(milliseconds)} ELSE ${tx.dialect.now} END
         WHERE id = ? AND lease = ?`,
        [job.id, lease],
      ),
    );
    jobRuns.inc({ job: job.name, outcome: 'put off' });
    if (milliseconds <= LONGEST_RING_MS) this.ring(job.id, milliseconds);
  }

  private async fail(held: Held, error: unknown): Promise<void> {
    const { job, lease } = held;
    const attempts = job.attempts + 1;
    const reason = reasonOf(error);
    const line = { error, job: job.name, subject: job.subject, attempts };
    // What came during this try has tries of its own, and a job that another worker took is that worker's.
    if (attempts >= ATTEMPTS && (await this.isAsTaken(job, lease))) {
      this.log.error(line, 'job gave up');
      return this.giveUp(held, reason, attempts);
    }
    this.log.warn(line, 'job failed');
    jobRuns.inc({ job: job.name, outcome: 'failed' });
    const pause = FIRST_PAUSE_MS * 2 ** Math.min(job.attempts, ATTEMPTS - 1);
    await this.db.write(SYSTEM, (tx) =>
      tx.execute(
        `UPDATE job SET attempts = CASE WHEN wanted = taken THEN ? ELSE 0 END, reason = ?, lease = NULL,
           leasedUntil = NULL, runAfter = ${tx.dialect.inMilliseconds(pause)} WHERE id = ? AND lease = ?`,
        [attempts, reason, job.id, lease],
      ),
    );
    this.ring(job.id, pause);
  }

  private async isAsTaken({ id }: Job, lease: string): Promise<boolean> {
    const held = await this.db.read((tx) =>
      tx.query('SELECT id FROM job WHERE id = ? AND lease = ? AND wanted = taken', [id, lease]),
    );
    return held.length > 0;
  }

  /** Tells the job's own method first: if the process dies in between, it is told again. */
  private async giveUp({ job, lease, handler }: Held, reason: string, attempts = job.attempts): Promise<void> {
    jobRuns.inc({ job: job.name, outcome: 'gave up' });
    await handler
      .giveUp?.(job.payload, reason)
      .catch((error: unknown) => this.log.error({ error, job: job.name }, 'giving up failed'));
    const again = await this.db.write(SYSTEM, async (tx) => {
      await tx.execute(
        `UPDATE job SET attempts = CASE WHEN wanted = taken THEN ? ELSE 0 END, stalls = 0, reason = ?,
           state = CASE WHEN wanted = taken THEN 'FAILED' ELSE 'WAITING' END, lease = NULL, leasedUntil = NULL
         WHERE id = ? AND lease = ?`,
        [attempts, reason, job.id, lease],
      );
      return tx.repo(Job).existsBy({ id: job.id, state: JobState.WAITING });
    });
    if (again) this.ring(job.id);
  }
}

/**
 * What is kept of an error, and shown to whoever waits for the work: a failed statement or call of the system is named
 * by its code, because its text quotes values and paths.
 */
function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return String(typeof code === 'string' ? code : (message ?? error)).slice(0, 500);
}
