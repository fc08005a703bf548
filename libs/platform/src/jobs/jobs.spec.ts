import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { adapters } from '@app/backend';
import {
  DomainEvent,
  Job,
  Jobs,
  JobState,
  Later,
  OnEvent,
  type Queue,
  readSettings,
  silentLog,
  SYSTEM,
} from '@app/platform';
import { testDatabase } from '@app/testing';

// Three tries and their pauses, and lapsing leases, take seconds; a loaded machine takes its own.
jest.setTimeout(30_000);

class SheetChanged extends DomainEvent {
  sheetId: string;
  change: number;
}
class LetterAsked extends DomainEvent {
  letterId: string;
}

/** Jobs that write down what they were told, and then do what the spec wants of them. */
class Desk {
  runs: (SheetChanged | LetterAsked)[] = [];
  gaveUp: string[] = [];
  atOnce = 0;
  most = 0;
  work: (event: object) => Promise<void>;

  constructor() {
    this.clear();
  }

  clear(): void {
    this.runs = [];
    this.gaveUp = [];
    this.most = 0;
    this.work = async () => {};
  }

  @OnEvent(SheetChanged, { about: ({ sheetId }) => sheetId, gaveUp: 'stopDrawing' })
  draw(event: SheetChanged): Promise<void> {
    return this.note(event);
  }

  @OnEvent(LetterAsked)
  send(event: LetterAsked): Promise<void> {
    return this.note(event);
  }

  async stopDrawing({ sheetId }: SheetChanged, reason: string): Promise<void> {
    this.gaveUp.push(`${sheetId}: ${reason}`);
  }

  private async note(event: SheetChanged | LetterAsked): Promise<void> {
    this.runs.push(event);
    this.most = Math.max(this.most, ++this.atOnce);
    try {
      await this.work(event);
    } finally {
      this.atOnce--;
    }
  }
}

/** A door that a job waits at until it is opened. */
function door() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

async function until(isSo: () => boolean | Promise<boolean>, within = 15_000): Promise<void> {
  for (const end = Date.now() + within; !(await isSo()); await sleep(20))
    if (Date.now() > end) throw new Error('It did not come to pass');
}

const newQueue = (REDIS_URL: string | undefined, REDIS_PREFIX: string): Queue =>
  adapters(readSettings({ DATA_DIR: tmpdir(), REDIS_URL, REDIS_PREFIX }), silentLog).queue;

const queues = [['in-process', undefined]];
if (process.env.TEST_REDIS_URL) queues.push(['bullmq', process.env.TEST_REDIS_URL]);

describe.each(queues)('jobs over the %s queue', (_, redisUrl) => {
  const db = testDatabase();
  const desk = new Desk();
  const engines: Jobs[] = [];
  let prefix: string;

  beforeAll(() => db.jobs.register(desk));
  beforeEach(() => void (prefix = `spec-${randomBytes(6).toString('hex')}`));
  afterEach(async () => {
    await Promise.all(engines.splice(0).map((engine) => engine.stop()));
    await db.database.write(SYSTEM, (tx) => tx.execute('DELETE FROM job'));
    desk.clear();
  }, 20_000);

  const newEngine = (leaseMs = 5_000) => {
    const engine = new Jobs(db.database, db.jobs, newQueue(redisUrl, prefix), silentLog, leaseMs);
    engines.push(engine);
    return engine;
  };
  const change = (sheetId: string, many = 1) =>
    db.database.write(SYSTEM, async (tx) => {
      for (let n = 1; n <= many; n++) tx.emit(SheetChanged, { sheetId, change: n });
    });
  const rows = () => db.database.read((tx) => tx.repo(Job).find({ order: { id: 'ASC' } }));
  const onlyRow = async () => {
    const [row, ...others] = await rows();
    if (!row || others.length > 0) throw new Error(`${others.length + (row ? 1 : 0)} rows`);
    return row;
  };
  const allDone = () => until(async () => (await db.count(Job)) === 0);

  it('merge what is asked about one subject before anyone works, and draw it as it is then', async () => {
    for (const n of [1, 2, 3]) await change('s', n);
    await change('t');
    expect((await rows()).map(({ subject, wanted }) => [subject, wanted])).toEqual([
      ['s', 6],
      ['t', 1],
    ]);
    await newEngine().start(4);
    await allDone();
    expect(desk.runs).toHaveLength(2);
    expect(desk.runs).toContainEqual({ sheetId: 's', change: 3 });
  });

  it('run once for each event when they are about no subject', async () => {
    await newEngine().start(4);
    for (const letterId of ['a', 'b'])
      await db.database.write(SYSTEM, async (tx) => {
        tx.emit(LetterAsked, { letterId });
        tx.emit(LetterAsked, { letterId });
      });
    await allDone();
    expect(desk.runs.map((event) => (event as LetterAsked).letterId).sort()).toEqual(['a', 'a', 'b', 'b']);
  });

  it('run again for what came while they ran, once and never beside themselves', async () => {
    const { opened, open } = door();
    desk.work = () => opened;
    // Two workers, so that another one could take the job meanwhile.
    await newEngine().start(4);
    await newEngine().start(4);
    await change('s');
    await until(() => desk.runs.length === 1);
    for (const n of [2, 3, 4]) await change('s', n);
    await sleep(1_500);
    expect(desk.runs).toHaveLength(1);
    open();
    await allDone();
    expect(desk.runs).toEqual([
      { sheetId: 's', change: 1 },
      { sheetId: 's', change: 4 },
    ]);
    expect(desk.most).toBe(1);
  });

  it('try three times, then say why they gave up, once', async () => {
    desk.work = () => Promise.reject(new Error('no paper'));
    await newEngine().start(2);
    await change('s');
    await until(async () => (await onlyRow()).state === JobState.FAILED);
    expect(await onlyRow()).toMatchObject({ attempts: 3, reason: 'no paper', lease: null, leasedUntil: null });
    await sleep(1_500);
    expect(desk.runs).toHaveLength(3);
    expect(desk.gaveUp).toEqual(['s: no paper']);

    // Something new about the subject wakes it, with three tries again.
    desk.work = async () => {};
    await change('s');
    await allDone();
    expect(desk.runs).toHaveLength(4);
  });

  it('try afresh for what came during the last try, which gives up nothing', async () => {
    desk.work = async () => {
      if (desk.runs.length === 3) await change('s');
      if (desk.runs.length <= 3) throw new Error('no paper');
    };
    await newEngine().start(2);
    await change('s');
    await allDone();
    expect(desk.runs).toHaveLength(4);
    expect(desk.gaveUp).toEqual([]);
  });

  it('are not given up by a worker that has lost them to another', async () => {
    const { opened, open } = door();
    desk.work = async () => {
      await opened;
      throw new Error('no paper');
    };
    await change('s');
    await db.database.write(SYSTEM, (tx) => tx.execute('UPDATE job SET attempts = 2'));
    await newEngine().start(2);
    await until(() => desk.runs.length === 1);
    await db.database.write(SYSTEM, (tx) =>
      tx.execute(`UPDATE job SET lease = 'another', leasedUntil = ${tx.dialect.inMilliseconds(60_000)}`),
    );
    open();
    await until(() => desk.atOnce === 0);
    await sleep(200);
    expect(desk.gaveUp).toEqual([]);
    expect(await onlyRow()).toMatchObject({ lease: 'another', attempts: 2, state: JobState.WAITING });
  });

  it('say of a failed statement or a missing file nothing that it quotes', async () => {
    const quoting = Object.assign(new Error("ENOENT: no such file, open '/srv/data/0843832339'"), { code: 'ENOENT' });
    desk.work = () => Promise.reject(quoting);
    await newEngine().start(2);
    await change('s');
    await until(async () => (await onlyRow()).state === JobState.FAILED);
    expect(desk.gaveUp).toEqual(['s: ENOENT']);
    expect((await onlyRow()).reason).toBe('ENOENT');
  });

  it('are put off when their time has not come, and no try is counted', async () => {
    desk.work = () => (desk.runs.length < 6 ? Promise.reject(new Later(50)) : Promise.resolve());
    await newEngine().start(2);
    await change('s');
    await allDone();
    expect(desk.runs).toHaveLength(6);
    expect(desk.gaveUp).toEqual([]);

    desk.work = () => Promise.reject(new Later(3_600_000));
    await change('t');
    await until(async () => desk.runs.length === 7 && (await onlyRow()).lease === null);
    await sleep(1_500);
    expect(desk.runs).toHaveLength(7);
    expect(await onlyRow()).toMatchObject({ state: JobState.WAITING, attempts: 0, reason: null });
  });

  it('forget a failure when the next try succeeds', async () => {
    desk.work = () => (desk.runs.length < 3 ? Promise.reject(new Error('ink dry')) : Promise.resolve());
    await newEngine().start(2);
    await change('s');
    await allDone();
    expect(desk.runs).toHaveLength(3);
    expect(desk.gaveUp).toEqual([]);
  });

  it('are taken over from a worker that died, and not before its lease has lapsed', async () => {
    await change('s');
    // What a worker leaves that was killed in the middle of the job.
    await db.database.write(SYSTEM, (tx) =>
      tx.execute(`UPDATE job SET taken = wanted, lease = 'dead', leasedUntil = ${tx.dialect.inMilliseconds(1_500)}`),
    );
    const { opened, open } = door();
    desk.work = () => opened;
    await newEngine().start(2);
    await sleep(700);
    expect(desk.runs).toEqual([]);
    await until(() => desk.runs.length === 1);
    expect(await onlyRow()).toMatchObject({ attempts: 0, stalls: 1 });
    open();
    await allDone();
  });

  it('are held back when a thousand workers died over them', async () => {
    await change('s');
    await db.database.write(SYSTEM, (tx) => tx.execute(`UPDATE job SET lease = 'dead', stalls = 999`));
    await newEngine().start(2);
    await until(async () => (await onlyRow()).state === JobState.FAILED);
    expect(desk.runs).toEqual([]);
    expect(desk.gaveUp).toEqual(['s: Its worker died too often']);

    await change('s');
    await allDone();
    expect(desk.runs).toHaveLength(1);
  });

  it('stay with a worker that lives, however long they take', async () => {
    desk.work = () => sleep(2_500);
    const leaseMs = 900;
    await newEngine(leaseMs).start(2);
    await newEngine(leaseMs).start(2);
    await change('s');
    await allDone();
    expect(desk.runs).toHaveLength(1);
  });

  it('are not ended by a worker that has lost them to another', async () => {
    const { opened, open } = door();
    desk.work = () => opened;
    await newEngine().start(2);
    await change('s');
    await until(() => desk.runs.length === 1);
    await db.database.write(SYSTEM, (tx) =>
      tx.execute(`UPDATE job SET lease = 'another', leasedUntil = ${tx.dialect.inMilliseconds(60_000)}`),
    );
    open();
    await until(() => desk.atOnce === 0);
    await sleep(200);
    expect(await onlyRow()).toMatchObject({ lease: 'another', attempts: 0, state: JobState.WAITING });
  });

  it('finish the one in hand before the worker stops, and leave the rest in the table', async () => {
    const { opened, open } = door();
    desk.work = () => opened;
    const engine = newEngine();
    await engine.start(1);
    await change('s');
    await until(() => desk.runs.length === 1);
    await change('t');
    let stopped = false;
    const stopping = engine.stop().then(() => (stopped = true));
    await sleep(1_200);
    expect(stopped).toBe(false);
    open();
    await stopping;
    expect(desk.runs).toHaveLength(1);
    expect(await onlyRow()).toMatchObject({ subject: 't', state: JobState.WAITING, lease: null });

    await newEngine().start(1);
    await allDone();
  });

  it('are found by the sweep when every ring was lost', async () => {
    await newEngine().start(2);
    // A unit of another process whose queue was away: only the row is there.
    await db.database.write(SYSTEM, (tx) =>
      tx.execute(
        `INSERT INTO job (id, name, subject, payload, state, wanted, taken, attempts, stalls, createdAt, runAfter)
         VALUES ('lost', 'Desk.draw', 's', '{"sheetId":"s","change":7}', 'WAITING', 1, 0, 0, 0, ${tx.dialect.now}, ${tx.dialect.now})`,
      ),
    );
    await allDone();
    expect(desk.runs).toEqual([{ sheetId: 's', change: 7 }]);
  });

  it('do not start in a build that has no handler for one that waits', async () => {
    await change('s');
    await db.database.write(SYSTEM, (tx) => tx.execute(`UPDATE job SET name = 'Desk.fold'`));
    await expect(newEngine().start(2)).rejects.toThrow('Desk.fold');
    expect(desk.runs).toEqual([]);
  });
});
