import { setTimeout as sleep } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import type { DataSource, QueryRunner } from 'typeorm';
import { callId, IdempotencyKey } from '../calls/call.js';
import type { Clock } from '../clock.js';
import { type Call, context, inContext } from '../context.js';
import { BusinessEvent } from '../events/event.js';
import { newId } from '../ids.js';
import type { JobRegistry } from '../jobs/job-registry.js';
import type { Keys } from '../keys/keys.js';
import { BadInput } from '../refusal.js';
import { dialectOf, isEmbedded } from './dialect.js';
import { Reads, type Row } from './reads.js';
import { OpensPersonalColumns } from './sealed.js';
import { Tx } from './tx.js';

/** Who a change is written down to. */
export interface By {
  userId: string;
  /** Of an actor who is bound to one. Two other signs name a trail apart from those of the provinces, with its own chain. */
  provinceCode?: string | null;
}

/** Who acts when a job does. */
export const SYSTEM: By = { userId: 'system' };
/** Who acts before sign-in. */
export const NOBODY: By = { userId: 'nobody' };

interface WriteOptions {
  /** The answer holds a secret: it is given once and not kept; a copy of the call is told that it was done already. */
  secret?: boolean;
}

/** What is kept of an answer, beside its effect. */
type Answer = Row<IdempotencyKey>;
/** One caller of a unit that several share. */
interface Asked<I> {
  by: By;
  input: I;
}
/** What one caller of a shared unit is told. */
export type Outcome<R> = { value: R } | { error: Error };

interface Waiting<I, R> extends Asked<I> {
  answer: (value: R) => Answer[];
  resolve: (value: R) => void;
  reject: (error: unknown) => void;
}

/** How many callers share a unit at most: none should wait long for the others. */
const MOST_TOGETHER = 50;

/** Another process has kept an answer under this key meanwhile: this unit must leave nothing. */
class AnsweredBefore extends Error {}

const RUN_AGAIN = new Set([
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_CHECKREAD',
  'SQLITE_BUSY',
  'SQLITE_BUSY_SNAPSHOT',
  'SQLITE_BUSY_RECOVERY',
]);
const ATTEMPTS = 10;

/** The only way to a table. */
export class Database {
  private readonly calls = new Map<string, Promise<unknown>>();
  private readonly listeners: ((jobIds: string[]) => void)[] = [];

  constructor(
    readonly dataSource: DataSource,
    private readonly keys: Keys,
    private readonly jobs: JobRegistry,
    private readonly clock: Clock,
  ) {
    dataSource.subscribers.push(new OpensPersonalColumns(dataSource, keys));
  }

  /**
   * Runs a use case in one transaction; its events, the jobs that follow and the answer under the call's key are
   * committed with it. Any error undoes all. After a deadlock, a lock time-out or a busy database, and
   * once after a duplicate key, the whole work runs again: it must touch nothing but `tx`. In a mutation whose key was
   * used before, the work does not run and the kept answer is given.
   *
   * @throws BadInput the key was used for another input, or its answer was a secret that is given once
   */
  write<R>(by: By, work: (tx: Tx) => Promise<R>, { secret = false }: WriteOptions = {}): Promise<R> {
    return this.answering(by, { secret }, (answer) => this.retried(by, work, answer));
  }

  /**
   * Runs a use case that has to do with more than tables before its unit: to draw, to store a file. A call whose key has
   * an answer already gets that, and nothing is prepared again.
   *
   * @param prepare runs outside of a transaction; what it leaves behind must do no harm when the unit is refused
   */
  writePrepared<P, R>(by: By, prepare: () => Promise<P>, work: (tx: Tx, prepared: P) => Promise<R>): Promise<R> {
    return this.answering(by, { looksFirst: true }, async (answer) => {
      const prepared = await prepare();
      return this.retried(by, (tx) => work(tx, prepared), answer);
    });
  }

  /**
   * Makes a use case of which several callers share a unit: those who come about one subject while its unit runs wait,
   * and the next one is for all of them. So a row that many want is locked once for many. Each has events, a key and an
   * answer of their own, and is refused alone; when a shared unit fails, each is done in a unit of their own.
   *
   * @param work answers each who asks, in their order, with a value or with the error that refuses them. What is refused
   *             has written nothing; an error that is thrown undoes the unit.
   */
  together<I, R>(
    work: (tx: Tx, asked: readonly Asked<I>[]) => Promise<Outcome<R>[]>,
  ): (by: By, subject: string, input: I) => Promise<R> {
    const lanes = new Map<string, Waiting<I, R>[]>();
    const serve = async (group: readonly Waiting<I, R>[]): Promise<void> => {
      try {
        const outcomes = await this.retried(
          SYSTEM,
          (tx) => work(tx, group),
          (all) => all.flatMap((one, i) => ('value' in one ? (group[i]?.answer(one.value) ?? []) : [])),
        );
        group.forEach(({ resolve, reject }, i) => {
          const outcome = outcomes[i] as Outcome<R>;
          if ('value' in outcome) resolve(outcome.value);
          else reject(outcome.error);
        });
      } catch (error) {
        if (group.length > 1) for (const one of group) await serve([one]);
        else group[0]?.reject(error);
      }
    };
    const drive = async (subject: string, lane: Waiting<I, R>[]): Promise<void> => {
      while (lane.length > 0) await serve(lane.splice(0, MOST_TOGETHER));
      lanes.delete(subject);
    };
    return (by, subject, input) =>
      this.answering(by, {}, (answer) => {
        return new Promise<R>((resolve, reject) => {
          const lane = lanes.get(subject) ?? [];
          lane.push({ by, input, answer, resolve, reject });
          if (lanes.has(subject)) return;
          lanes.set(subject, lane);
          void drive(subject, lane);
        });
      });
  }

  /** Reads outside a transaction: every statement sees what was committed when it ran. */
  async read<R>(work: (tx: Reads) => Promise<R>): Promise<R> {
    const runner = this.dataSource.createQueryRunner();
    try {
      return await work(new Reads(runner.manager, this.keys));
    } finally {
      await runner.release();
    }
  }

  /** Reads one consistent view of several statements: reports, certificates, backups. No unit waits for it. */
  snapshot<R>(work: (tx: Reads) => Promise<R>): Promise<R> {
    return this.transaction((runner) => work(new Reads(runner.manager, this.keys)), 'REPEATABLE READ');
  }

  /** Tells of the jobs that a committed unit left to do. */
  onCommit(listener: (jobIds: string[]) => void): void {
    this.listeners.push(listener);
  }

  /**
   * Runs a unit that keeps its answer under the key of the call, if there is one, in the transaction of the effect. Of
   * copies in many processes one can keep it, and whatever the others came to, they give the kept one.
   */
  private answering<R>(
    by: By,
    { secret = false, looksFirst = false }: { secret?: boolean; looksFirst?: boolean },
    unit: (answer: (value: R) => Answer[]) => Promise<R>,
  ): Promise<R> {
    const { call } = context();
    if (!call) return unit(() => []);
    const { key, operation, bodyHash, written } = call;
    if (written) throw new Error(`${operation} writes twice under one key: one call is one unit`);
    call.written = true;
    const id = callId(by.userId, key);
    return this.inLine(id, async (isCopy) => {
      const kept = isCopy || looksFirst ? await this.keptAnswer<R>(id, call) : undefined;
      if (kept) return kept.value;
      try {
        return await unit((value) => {
          const answer = secret ? null : this.keys.seal(serialize(value), `idempotency_key.${id}`);
          return [{ id, operation, bodyHash, answer, secret, createdAt: this.clock.now() }];
        });
      } catch (error) {
        // What a copy is refused for may be what the first one did.
        const answer = await this.keptAnswer<R>(id, call);
        if (!answer) throw error;
        return answer.value;
      }
    });
  }

  private async keptAnswer<R>(id: string, call: Call): Promise<{ value: R } | undefined> {
    const [kept] = await this.read((tx) =>
      tx.query<Pick<IdempotencyKey, 'operation' | 'bodyHash' | 'answer'>>(
        'SELECT operation, bodyHash, answer FROM idempotency_key WHERE id = ?',
        [id],
      ),
    );
    if (!kept) return undefined;
    if (kept.operation !== call.operation || kept.bodyHash !== call.bodyHash)
      throw new BadInput({
        field: 'Idempotency-Key',
        messageFa: 'این کلید پیش‌تر برای درخواست دیگری به کار رفته است؛ برای درخواست تازه کلید تازه بسازید.',
        messageEn: 'This key was used for another request; make a new key for a new request.',
      });
    if (kept.answer === null)
      throw new BadInput({
        field: 'Idempotency-Key',
        messageFa: 'این درخواست پیش‌تر انجام شده است و پاسخ آن فقط یک بار داده می‌شود.',
        messageEn: 'This request was already done, and its answer is given only once.',
      });
    return { value: deserialize(this.keys.open(kept.answer, `idempotency_key.${id}`)) as R };
  }

  /** Copies of one call in this process go one after another; those in other processes wait at the database. */
  private async inLine<R>(id: string, run: (isCopy: boolean) => Promise<R>): Promise<R> {
    const before = this.calls.get(id);
    const turn = before ? before.then(() => run(true)) : run(false);
    const done = turn.catch(() => undefined);
    this.calls.set(id, done);
    try {
      return await turn;
    } finally {
      if (this.calls.get(id) === done) this.calls.delete(id);
    }
  }

  private async retried<R>(by: By, work: (tx: Tx) => Promise<R>, answers: (value: R) => Answer[]): Promise<R> {
    let overtaken = false;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.unit(by, work, answers);
      } catch (error) {
        const { code = '' } = error as { code?: string };
        // Another unit has just committed the same key. Run again, the work sees that row and refuses in its own words.
        const firstTime: boolean = code === 'ER_DUP_ENTRY' && !overtaken;
        overtaken ||= firstTime;
        if (attempt === ATTEMPTS || !(firstTime || RUN_AGAIN.has(code))) throw error;
        await sleep(Math.random() * 10 * 2 ** Math.min(attempt, 6));
      }
    }
  }

  private async unit<R>(by: By, work: (tx: Tx) => Promise<R>, answers: (value: R) => Answer[]): Promise<R> {
    const { result, jobIds } = await this.transaction(async (runner) => {
      const tx = new Tx(runner.manager, this.keys);
      const value = await work(tx);
      const saved = await this.save(tx, by);
      const kept = answers(value);
      if (kept.length > 0 && (await tx.insertMissing(IdempotencyKey, kept)) < kept.length) throw new AnsweredBefore();
      await tx.end();
      return { result: value, jobIds: saved };
    });
    if (jobIds.length > 0) for (const tell of this.listeners) tell(jobIds);
    return result;
  }

  /** Writes the unit's events, and a job for each that one follows. */
  private async save(tx: Tx, by: By): Promise<string[]> {
    if (tx.events.length === 0) return [];
    const occurredAt = this.clock.now();
    const events = await tx.insertAll(
      BusinessEvent,
      tx.events.map(({ event, ids, by: who = by }) => ({
        name: event,
        payload: ids,
        by: who.userId,
        provinceCode: who.provinceCode ?? null,
        occurredAt,
      })),
    );
    const wanted = new Map<string, { id: string; name: string; subject: string; payload: string; times: number }>();
    for (const event of events) {
      for (const job of this.jobs.following(event.name)) {
        const subject = job.about ? job.about(event.payload) : event.id;
        const mark = `${job.name}\n${subject}`;
        const times = (wanted.get(mark)?.times ?? 0) + 1;
        wanted.set(mark, { id: newId(), name: job.name, subject, payload: JSON.stringify(event.payload), times });
      }
    }
    const jobs = [...wanted.values()];
    if (jobs.length === 0) return [];
    const { now } = tx.dialect;
    const counted = await tx.execute(
      `INSERT INTO job (id, name, subject, payload, state, wanted, taken, attempts, stalls, createdAt, runAfter, lease, leasedUntil, reason)
       VALUES ${jobs.map(() => `(?, ?, ?, ?, 'WAITING', ?, 0, 0, 0, ${now}, ${now}, NULL, NULL, NULL)`).join(', ')}
       ${tx.dialect.onConflict(
         ['name', 'subject'],
         [
           `wanted = job.wanted + ${tx.dialect.incoming('wanted')}`,
           `payload = ${tx.dialect.incoming('payload')}`,
           // A job that gave up starts afresh when something new happens to its subject.
           `attempts = CASE WHEN job.state = 'FAILED' THEN 0 ELSE job.attempts END`,
           `runAfter = CASE WHEN job.state = 'FAILED' THEN ${now} ELSE job.runAfter END`,
           `state = 'WAITING'`,
         ],
       )}`,
      jobs.flatMap(({ id, name, subject, payload, times }) => [id, name, subject, payload, times]),
    );
    // MariaDB counts a merged job twice: without one, the ids are those given here.
    if (tx.dialect.name === 'mariadb' && counted === jobs.length) return jobs.map(({ id }) => id);
    // A merged job has kept its first id.
    const ids = new Set<string>();
    for (let from = 0; from < jobs.length; from += 200) {
      const block = jobs.slice(from, from + 200);
      const rows = await tx.query<{ id: string }>(
        `SELECT id FROM job WHERE ${block.map(() => '(name = ? AND subject = ?)').join(' OR ')}`,
        block.flatMap(({ name, subject }) => [name, subject]),
      );
      for (const row of rows) ids.add(row.id);
    }
    return [...ids];
  }

  private async transaction<R>(work: (runner: QueryRunner) => Promise<R>, isolation?: 'REPEATABLE READ'): Promise<R> {
    const { unitsOf = [] } = context();
    if (unitsOf.includes(this)) throw new Error('A unit of work is open already: use its tx.');
    const runner = this.dataSource.createQueryRunner(isolation ? 'slave' : 'master');
    return inContext({ unitsOf: [...unitsOf, this] }, async () => {
      try {
        await runner.startTransaction(isEmbedded(this.dataSource) ? undefined : isolation);
        const result = await work(runner);
        await runner.commitTransaction();
        return result;
      } catch (error) {
        if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
        throw error;
      } finally {
        await runner.release();
      }
    });
  }

  /** `sqlite` or `mariadb`. */
  get engine(): string {
    return dialectOf(this.dataSource).name;
  }
}
