/**
 * The doorbell of the `job` table: it carries a job's id and a wake-up, nothing else. Losing it loses no work, because
 * the table is swept; ringing twice does no harm, because a job is taken by lease.
 *
 * The contract, kept by every adapter: a ring before anyone works is heard later; rings of one id that wait are one;
 * a ring that comes while its job runs is heard after it; `close` lets the running jobs end.
 */
export abstract class Queue {
  /** What this adapter is, for the first log line: `in-process`, `bullmq`. */
  abstract readonly kind: string;
  /** Wakes a worker for a job, now or after a delay in whole milliseconds. Never throws: a lost ring is swept up. */
  abstract ring(jobId: string, delayMs?: number): void;
  /** Starts to work: at most `concurrency` jobs at a time. */
  abstract work(run: (jobId: string) => Promise<void>, concurrency: number): Promise<void>;
  /** Stops taking jobs, waits for the running ones, releases connections. */
  abstract close(): Promise<void>;
  /** Throws when the outside system behind it cannot be reached. */
  abstract check(): Promise<void>;
}
