import { describe, expect, it } from '@jest/globals';
import { type Actor, Role, UserAccount } from '@app/access';
import { IdempotencyKey, asCall, newId, readSettings, SYSTEM } from '@app/platform';
import { newEnrolments, newPlace, newRun, TestClock, testDatabase } from '@app/testing';
import { Reveal, RevealCounter } from './reveal.entity.js';
import { RevealJobs } from './reveal.jobs.js';
import { RevealService } from './reveal.service.js';

const PURPOSE = 'برای بیمهٔ حادثه';

describe('looking behind the mask', () => {
  const clock = new TestClock('2026-11-21');
  const db = testDatabase(clock);
  const service = (most = 50) =>
    new RevealService(db.database, clock, readSettings({ REVEALS_A_DAY: String(most), DATA_DIR: '/nowhere' }));
  const enrolled = async () => {
    const place = await newPlace(db);
    const [enrolment] = await newEnrolments(db, await newRun(db, place), 1);
    if (!enrolment) throw new Error('Nobody was enrolled');
    return { place, ...enrolment };
  };
  const graduate = (traineeId: string) =>
    ({ role: Role.GRADUATE, userId: newId(), traineeId }) as Extract<Actor, { role: Role.GRADUATE }>;

  it('shows what lists mask, puts it on record without a name, and seals the purpose', async () => {
    const { place, id, traineeId } = await enrolled();
    const shown = await service().reveal(place.manager, { enrolmentId: id, purpose: PURPOSE });
    expect(shown).toMatchObject({ enrolmentId: id, nationalId: expect.stringMatching(/^\d{10}$/), left: 49 });
    const [event] = (await db.events('PersonRevealed')).slice(-1);
    expect(event).toEqual({ revealId: expect.any(String), traineeId, enrolmentId: id });
    const [row] = await db.dataSource.query('SELECT purpose FROM reveal WHERE traineeId = ?', [traineeId]);
    expect(row.purpose).not.toContain(PURPOSE);
  });

  it('finds nobody in a run of another institute', async () => {
    const [own, other] = [await enrolled(), await enrolled()];
    const before = await db.count(Reveal);
    await expect(service().reveal(own.place.manager, { enrolmentId: other.id, purpose: PURPOSE })).rejects.toThrow(
      'Not found',
    );
    expect(await db.count(Reveal)).toBe(before);
  });

  it('is done so often a day and no more, however many come at once; the next day anew', async () => {
    const { place, id } = await enrolled();
    const look = () => service(3).reveal(place.officer, { enrolmentId: id, purpose: PURPOSE });
    const answers = await Promise.allSettled(Array.from({ length: 8 }, look));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    for (const answer of answers) if (answer.status === 'rejected') expect(answer.reason.message).toBe('QUOTA_USED_UP');
    clock.forward(86_400_000);
    await new RevealJobs(db.database).forgetCounts({ day: clock.today() } as never);
    expect(await db.count(RevealCounter, { userId: place.officer.userId })).toBe(0);
    expect((await look()).left).toBe(2);
  });

  it('keeps no answer under the key of the call', async () => {
    const { place, id } = await enrolled();
    const call = () =>
      asCall('reveal-key-of-16-letters', 'revealPerson', { id }, () =>
        service().reveal(place.manager, { enrolmentId: id, purpose: PURPOSE }),
      );
    await call();
    await expect(call()).rejects.toThrow('given only once');
    const kept = await db.database.read((tx) => tx.repo(IdempotencyKey).find());
    expect(kept.map(({ answer }) => answer)).toEqual([null]);
  });

  it('is seen by the person it was about, and by no other: who, when and why', async () => {
    const [one, other] = [await enrolled(), await enrolled()];
    const named = async ({ userId }: Actor, displayName: string) =>
      db.database.write(SYSTEM, (tx) =>
        tx.insert(UserAccount, {
          id: userId,
          userName: userId,
          displayName,
          passwordHash: 'x',
          disabled: false,
          createdAt: clock.now(),
          graceFrom: null,
        }),
      );
    await named(one.place.manager, 'مدیر آموزشگاه');
    await named(other.place.manager, 'مدیر دیگر');
    for (const { place, id } of [one, other, one])
      await service().reveal(place.manager, { enrolmentId: id, purpose: PURPOSE });

    const { items, nextCursor } = await service().looksAt(graduate(one.traineeId), { first: 1 });
    expect(items).toEqual([
      {
        id: expect.any(String),
        lookedAt: clock.now(),
        displayName: 'مدیر آموزشگاه',
        role: 'INSTITUTE_MANAGER',
        purpose: PURPOSE,
      },
    ]);
    const rest = await service().looksAt(graduate(one.traineeId), { first: 5, after: nextCursor });
    expect(rest.items).toHaveLength(1);
    expect((await service().looksAt(graduate(newId()), { first: 5 })).items).toEqual([]);
  });
});
