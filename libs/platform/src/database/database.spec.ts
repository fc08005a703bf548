import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import {
  asCall,
  BusinessEvent,
  Clock,
  Database,
  DomainEvent,
  IdempotencyKey,
  newId,
  NotFound,
  Refused,
  type Tx,
} from '@app/platform';
import { testDatabase } from '@app/testing';
import { Trainee } from '@app/training';

class Happened extends DomainEvent {
  subjectId: string;
}
const clerk = { userId: 'clerk' };
const newTraineeColumns = ({ nationalIdIndex }: { nationalIdIndex: string }) => ({
  nationalId: '0843832339',
  nationalIdIndex,
  givenName: 'نصرت',
  familyName: 'علی‌پور',
  fatherName: null,
  birthDay: '1986-07-09',
  mobile: null,
  mobileIndex: null,
  createdAt: new Date(),
});
const names = (rows: { name: string }[]) => rows.map(({ name }) => name).sort();

describe('a unit of work', () => {
  const db = testDatabase();
  const elsewhere = testDatabase();
  const note = (name: string) => ({ name, payload: {}, by: 'spec', provinceCode: null, occurredAt: new Date() });
  const notes = (prefix: string) =>
    db.database.read(async (tx) =>
      names(await tx.repo(BusinessEvent).find()).filter((name) => name.startsWith(prefix)),
    );

  it('keeps what another unit committed while one that overlaps it fails', async () => {
    const failing = db.database.write(clerk, async (tx) => {
      await tx.insert(BusinessEvent, note('a1'));
      await sleep(60);
      throw new Error('late');
    });
    const good = sleep(10).then(() => db.database.write(clerk, (tx) => tx.insert(BusinessEvent, note('a2'))));
    await expect(failing).rejects.toThrow('late');
    await good;
    expect(await notes('a')).toEqual(['a2']);
  });

  it('2.3.3 saves its events with the change, and nothing when it fails', async () => {
    await db.database.write(clerk, async (tx) => tx.emit(Happened, { subjectId: '1' }));
    await expect(
      db.database.write(clerk, async (tx) => {
        tx.emit(Happened, { subjectId: '2' });
        throw new Refused('NO');
      }),
    ).rejects.toThrow('NO');
    expect(await db.events('Happened')).toEqual([{ subjectId: '1' }]);
  });

  it('16.5.2 fails alone when the disk is full, and the next one finds its turn', async () => {
    if (db.database.engine !== 'sqlite') return;
    const write = (name: string) =>
      db.database.write(clerk, (tx) =>
        tx.insert(BusinessEvent, { ...note(name), payload: { room: 'x'.repeat(100_000) } }),
      );
    await db.dataSource.query('PRAGMA max_page_count = 1');
    await expect(write('b1')).rejects.toThrow('full');
    await db.dataSource.query('PRAGMA max_page_count = 1000000');
    await write('b2');
    expect(await notes('b')).toEqual(['b2']);
  });

  it('adds no row whose text would be cut to its column', async () => {
    const long = { ...newTraineeColumns({ nationalIdIndex: 'cut' }), id: 'cut', givenName: 'ن'.repeat(400) };
    await expect(db.database.write(clerk, (tx) => tx.insertMissing(Trainee, [long]))).rejects.toThrow(
      'givenName is longer than its column',
    );
  });

  it('does last what was put off, and undoes all when that fails', async () => {
    const order: string[] = [];
    const unit = (fails: boolean) =>
      db.database.write(clerk, async (tx) => {
        tx.lastly(async () => {
          order.push(`last after ${await tx.repo(BusinessEvent).countBy({ name: 'Happened' })}`);
          if (fails) throw new Refused('FULL');
        });
        tx.emit(Happened, { subjectId: 'last' });
        order.push('work');
      });
    const before = await db.count(BusinessEvent, { name: 'Happened' });
    await unit(false);
    await expect(unit(true)).rejects.toThrow('FULL');
    expect(order).toEqual(['work', `last after ${before + 1}`, 'work', `last after ${before + 2}`]);
    expect(await db.count(BusinessEvent, { name: 'Happened' })).toBe(before + 1);
  });

  it('emits nothing that its end would forget', async () => {
    const late = db.database.write(clerk, async (tx) =>
      tx.lastly(async () => tx.emit(Happened, { subjectId: 'late' })),
    );
    await expect(late).rejects.toThrow();
  });

  it('is never opened inside another', async () => {
    await expect(db.database.write(clerk, () => db.database.write(clerk, async () => 1))).rejects.toThrow(
      'open already',
    );
  });

  it('is never opened inside another by way of a unit of another database', async () => {
    const within = db.database.write(clerk, () =>
      elsewhere.database.write(clerk, () => db.database.write(clerk, async () => 1)),
    );
    // Where it is not refused, it waits for a turn that does not come.
    await expect(Promise.race([within, sleep(2000)])).rejects.toThrow('open already');
  });

  it('runs again as a whole when it loses a deadlock', async () => {
    const [one, two] = ['d1', 'd2'];
    await db.database.write(clerk, (tx) =>
      tx.insertAll(
        BusinessEvent,
        [note(one), note(two)].map((n) => ({ ...n, id: n.name })),
      ),
    );
    let runs = 0;
    const crosswise = (first: string, second: string) =>
      db.database.write(clerk, async (tx) => {
        runs++;
        await tx.lock(BusinessEvent, { id: first });
        await sleep(80);
        await tx.lock(BusinessEvent, { id: second });
        await tx.insert(BusinessEvent, note('dx'));
      });
    await Promise.all([crosswise(one, two), crosswise(two, one)]);
    expect(await notes('dx')).toHaveLength(2);
    expect(runs).toBe(db.database.engine === 'sqlite' ? 2 : 3);
  });

  it('is not held up by a view of several statements, which sees nothing of it', async () => {
    await db.database.write(clerk, (tx) => tx.insert(BusinessEvent, note('v')));
    let begin = () => {};
    const written = new Promise<void>((resolve) => (begin = resolve)).then(() =>
      db.database.write(clerk, (tx) => tx.insert(BusinessEvent, note('v'))),
    );
    const seen = await db.database.snapshot(async (tx) => {
      const before = await tx.repo(BusinessEvent).countBy({ name: 'v' });
      begin();
      await written;
      return [before, await tx.repo(BusinessEvent).countBy({ name: 'v' })];
    });
    expect(seen).toEqual([1, 1]);
    expect(await notes('v')).toHaveLength(2);
  });

  it('finds nothing as not found', async () => {
    await expect(db.database.read((tx) => tx.get(BusinessEvent, { id: 'none' }))).rejects.toThrow(NotFound);
  });
});

describe('an answer under the client’s key', () => {
  const db = testDatabase();
  const key = (n: number) => `0123456789abcdef-${n}`;
  let effects = 0;
  const act = (k: string, body: unknown = {}, by = clerk, options = {}) =>
    asCall(k, 'act', body, () =>
      db.database.write(
        by,
        async (tx) => {
          tx.emit(Happened, { subjectId: k });
          return { at: new Date('2026-11-21T05:30:00.123Z'), effect: ++effects };
        },
        options,
      ),
    );

  it('gives fifty copies of a call one effect and one answer, dates included', async () => {
    const before = effects;
    const answers = await Promise.all(Array.from({ length: 50 }, () => act(key(1))));
    expect(effects).toBe(before + 1);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[49]?.at).toEqual(new Date('2026-11-21T05:30:00.123Z'));
    expect(await db.events('Happened')).toHaveLength(1);
  });

  it('refuses the key for another input, and takes it from another caller', async () => {
    await act(key(2), { a: 1, b: [2] });
    await expect(act(key(2), { b: [2], a: 1 })).resolves.toBeDefined();
    await expect(act(key(2), { a: 2, b: [2] })).rejects.toThrow('another request');
    const before = effects;
    await act(key(2), { a: 2 }, { userId: 'other' });
    expect(effects).toBe(before + 1);
  });

  it('keeps no answer that is a secret, and says to a copy that it was done', async () => {
    await act(key(3), {}, clerk, { secret: true });
    await expect(act(key(3), {}, clerk, { secret: true })).rejects.toThrow('only once');
    expect(await db.count(IdempotencyKey, { secret: true })).toBe(1);
  });

  it('does not keep a refusal: it had no effect, so the key is free', async () => {
    const refusing = () =>
      asCall(key(4), 'act', {}, () =>
        db.database.write(clerk, async () => {
          throw new Refused('NOT_YET');
        }),
      );
    await expect(refusing()).rejects.toThrow('NOT_YET');
    await expect(act(key(4))).resolves.toBeDefined();
  });

  it('is given again whole, however long it is', async () => {
    const long = () => asCall(key(7), 'act', {}, () => db.database.write(clerk, async () => 'بلند'.repeat(100_000)));
    const first = await long();
    expect(await long()).toBe(first);
  });

  it('gives a copy in another process the answer, whatever the copy came to', async () => {
    const other = new Database(db.dataSource, db.keys, db.jobs, new Clock());
    const [k, at] = [key(6), new Date('2026-11-21T05:30:00.123Z')];
    const copy = (work: (tx: Tx) => Promise<{ at: Date }>) =>
      asCall(k, 'act', {}, () => other.write(clerk, work)) as Promise<{ at: Date }>;
    await act(k);
    const agreeing = copy(async (tx) => {
      tx.emit(Happened, { subjectId: 'twice' });
      return { at: new Date() };
    });
    const refused = copy(async () => {
      throw new Refused('DONE_ALREADY');
    });
    expect(await agreeing).toMatchObject({ at });
    expect(await refused).toMatchObject({ at });
    expect(await db.events('Happened')).not.toContainEqual({ subjectId: 'twice' });
  });

  it('is given without preparing anything again, in one process and in another', async () => {
    let prepared = 0;
    const call = (database: Database) =>
      asCall(key(8), 'act', {}, () =>
        database.writePrepared(
          clerk,
          async () => ++prepared,
          async (tx, nth) => {
            tx.emit(Happened, { subjectId: `prepared ${nth}` });
            return nth;
          },
        ),
      );
    const other = new Database(db.dataSource, db.keys, db.jobs, new Clock());
    expect(await Promise.all(Array.from({ length: 5 }, () => call(db.database)))).toEqual(Array(5).fill(1));
    expect([await call(db.database), await call(other)]).toEqual([1, 1]);
    expect(prepared).toBe(1);
  });

  it('does not stand readable in the table', async () => {
    await act(key(5));
    const rows = await db.database.read((tx) =>
      tx.query<{ answer: string | null }>('SELECT answer FROM idempotency_key'),
    );
    for (const { answer } of rows) expect(answer ?? 'k1:').toMatch(/^k1:/);
  });
});

describe('a unit that several callers share', () => {
  const db = testDatabase();
  const key = (n: string) => `0123456789abcdef-${n}`;
  const sizes: number[] = [];
  /** Notes what each asks for; refuses what is `bad`, falls over what is `worse`. */
  const notes = (database = db.database) =>
    database.together<string, string>(async (tx, asked) => {
      sizes.push(asked.length);
      await sleep(20);
      return asked.map(({ by, input }) => {
        if (input.startsWith('worse')) throw new Error('fell over');
        if (input.startsWith('bad')) return { error: new Refused('BAD') };
        tx.emit(Happened, { subjectId: input }, by);
        return { value: `${by.userId} ${input}` };
      });
    });
  const happened = async (prefix: string) =>
    (await db.events('Happened')).map(({ subjectId }) => String(subjectId)).filter((id) => id.startsWith(prefix));
  const crowd = (work: (n: number) => Promise<string>) =>
    Promise.allSettled(Array.from({ length: 20 }, (_, n) => work(n)));
  const told = (answers: PromiseSettledResult<string>[]) =>
    answers.map((one) => (one.status === 'fulfilled' ? one.value : String((one.reason as Error).message)));

  it('takes those who came meanwhile, and writes each down to who acted', async () => {
    sizes.length = 0;
    const note = notes();
    const answers = await crowd((n) => note({ userId: `u${n}` }, 'one', `a${n}`));
    expect(told(answers)).toEqual(answers.map((_, n) => `u${n} a${n}`));
    expect(sizes).toEqual([1, 19]);
    expect(await happened('a')).toHaveLength(20);
    const rows = await db.database.read((tx) => tx.repo(BusinessEvent).findBy({ name: 'Happened' }));
    for (const { by, payload } of rows) expect(`a${by.slice(1)}`).toBe(payload.subjectId);
  });

  it('makes nobody wait for another subject', async () => {
    sizes.length = 0;
    const note = notes();
    await crowd((n) => note(clerk, `run ${n}`, `b${n}`));
    expect(sizes).toEqual(Array(20).fill(1));
  });

  it('refuses one alone', async () => {
    const note = notes();
    const answers = await crowd((n) => note(clerk, 'one', n % 4 === 0 ? `bad${n}` : `c${n}`));
    expect(told(answers)).toEqual(answers.map((_, n) => (n % 4 === 0 ? 'BAD' : `clerk c${n}`)));
    expect(await happened('c')).toHaveLength(15);
  });

  it('leaves each to a unit of their own when it fails', async () => {
    sizes.length = 0;
    const note = notes();
    const answers = await crowd((n) => note(clerk, 'one', n === 7 ? 'worse' : `d${n}`));
    expect(told(answers)).toEqual(answers.map((_, n) => (n === 7 ? 'fell over' : `clerk d${n}`)));
    expect(await happened('d')).toHaveLength(19);
    expect(sizes).toEqual([1, ...Array<number>(20).fill(1).with(0, 19)]);
  });

  it('gives copies of one call one effect and one answer, in one process and in many', async () => {
    const processes = [notes(), notes(new Database(db.dataSource, db.keys, db.jobs, new Clock()))];
    const answers = await crowd((n) =>
      asCall(key(`e${n % 5}`), 'note', {}, () => processes[n % 2]?.(clerk, 'one', `e${n % 5}`) as Promise<string>),
    );
    expect(told(answers)).toEqual(answers.map((_, n) => `clerk e${n % 5}`));
    expect((await happened('e')).sort()).toEqual(['e0', 'e1', 'e2', 'e3', 'e4']);
  });

  it('keeps no answer for one who is refused', async () => {
    const note = notes();
    const call = (input: string) => asCall(key('f'), 'note', {}, () => note(clerk, 'one', input));
    await expect(call('bad')).rejects.toThrow('BAD');
    await expect(call('f')).resolves.toBe('clerk f');
    await expect(call('worse')).resolves.toBe('clerk f');
  });
});

describe('a personal column', () => {
  const db = testDatabase();

  it('is sealed at rest, opened when read, and found by its blind index', async () => {
    const nationalIdIndex = db.keys.blindIndex('nationalId', '0843832339');
    const { id } = await db.database.write(clerk, (tx) => tx.insert(Trainee, newTraineeColumns({ nationalIdIndex })));
    const [raw] = await db.database.read((tx) =>
      tx.query<{ givenName: string; nationalId: string }>('SELECT givenName, nationalId FROM trainee WHERE id = ?', [
        id,
      ]),
    );
    expect(raw?.givenName).toMatch(/^k1:/);
    const found = await db.database.read((tx) => tx.get(Trainee, { nationalIdIndex }));
    expect(found).toMatchObject({ id, givenName: 'نصرت', nationalId: '0843832339' });
    const opened = await db.database.read(async (tx) => tx.reveal(Trainee, id, raw as NonNullable<typeof raw>));
    expect(opened.givenName).toBe('نصرت');
  });

  it('opens in every row that one of several values finds, and a forgotten value finds none', async () => {
    const people = ['a', 'b', 'c'].map((nationalIdIndex) => newTraineeColumns({ nationalIdIndex }));
    await db.database.write(clerk, (tx) => tx.insertAll(Trainee, people));
    const found = await db.database.read((tx) => tx.find(Trainee, { nationalIdIndex: ['a', 'c', 'z'], mobile: null }));
    expect(found.map(({ nationalIdIndex, givenName }) => [nationalIdIndex, givenName]).sort()).toEqual([
      ['a', 'نصرت'],
      ['c', 'نصرت'],
    ]);
    expect(found[0]?.createdAt).toBeInstanceOf(Date);
    const forgotten = undefined as unknown as string;
    await expect(db.database.read((tx) => tx.find(Trainee, { nationalIdIndex: forgotten }))).rejects.toThrow(
      'No value',
    );
    expect(await db.database.read((tx) => tx.find(Trainee, { nationalIdIndex: [] }))).toEqual([]);
  });

  it('does not open in another row', async () => {
    const [one, two] = await db.database.write(clerk, (tx) =>
      tx.insertAll(
        Trainee,
        ['x', 'y'].map((nationalIdIndex) => newTraineeColumns({ nationalIdIndex })),
      ),
    );
    await db.database.write(clerk, (tx) =>
      tx.execute(
        'UPDATE trainee SET givenName = (SELECT g FROM (SELECT givenName AS g FROM trainee WHERE id = ?) AS other) WHERE id = ?',
        [one?.id, two?.id],
      ),
    );
    await expect(db.database.read((tx) => tx.get(Trainee, { id: two?.id as string }))).rejects.toThrow();
  });

  it('may be sealed before the unit, for the row and the column it is then put into', async () => {
    const id = newId();
    const nationalIdIndex = 'sealed before';
    const row = { ...newTraineeColumns({ nationalIdIndex }), id };
    const seal = (property: 'givenName' | 'familyName') =>
      db.database.read(async (tx) => tx.seal(Trainee, property, id, 'نصرت'));
    const add = (columns: object) =>
      db.database.write(clerk, (tx) => tx.insertSealed(Trainee, [{ ...row, ...columns }]));
    const givenName = await seal('givenName');
    await expect(add({ givenName: await seal('familyName') })).rejects.toThrow('another place');
    await expect(add({ givenName, id: newId() })).rejects.toThrow('another place');
    await expect(add({ givenName, nationalIdIndex: givenName })).rejects.toThrow('no personal column');
    await add({ givenName });
    expect(await db.database.read((tx) => tx.get(Trainee, { id }))).toMatchObject({
      ...{ givenName: 'نصرت', familyName: 'علی‌پور' },
    });
  });

  it('is changed on one row only, by its id', async () => {
    await expect(db.database.write(clerk, (tx) => tx.update(Trainee, {}, { givenName: 'سارا' }))).rejects.toThrow(
      'personal',
    );
  });
});
