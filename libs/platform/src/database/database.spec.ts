import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { asCall, BusinessEvent, DomainEvent, IdempotencyKey, NotFound, Refused } from '@app/platform';
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
  createdAt: new Date(),
});
const names = (rows: { name: string }[]) => rows.map(({ name }) => name).sort();

describe('a unit of work', () => {
  const db = testDatabase();
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

  it('saves its events with the change, and nothing when it fails', async () => {
    await db.database.write(clerk, async (tx) => tx.emit(Happened, { subjectId: '1' }));
    await expect(
      db.database.write(clerk, async (tx) => {
        tx.emit(Happened, { subjectId: '2' });
        throw new Refused('NO');
      }),
    ).rejects.toThrow('NO');
    expect(await db.events('Happened')).toEqual([{ subjectId: '1' }]);
  });

  it('fails alone when the disk is full, and the next one finds its turn', async () => {
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

  it('is never opened inside another', async () => {
    await expect(db.database.write(clerk, () => db.database.write(clerk, async () => 1))).rejects.toThrow(
      'open already',
    );
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

  it('does not stand readable in the table', async () => {
    await act(key(5));
    const rows = await db.database.read((tx) =>
      tx.query<{ answer: string | null }>('SELECT answer FROM idempotency_key'),
    );
    for (const { answer } of rows) expect(answer ?? 'k1:').toMatch(/^k1:/);
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

  it('is changed on one row only, by its id', async () => {
    await expect(db.database.write(clerk, (tx) => tx.update(Trainee, {}, { givenName: 'سارا' }))).rejects.toThrow(
      'personal',
    );
  });
});
