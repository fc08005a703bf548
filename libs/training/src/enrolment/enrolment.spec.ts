import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { Actor } from '@app/access';
import { BusinessEvent, SYSTEM, Tx } from '@app/platform';
import { newNationalId, newPlace, newRun, TestClock, testDatabase } from '@app/testing';
import { CourseRun, CourseRunStatus } from '../course-run/course-run.entity.js';
import { Trainee } from '../trainee/trainee.entity.js';
import { Trainees } from '../trainee/trainee.service.js';
import { Enrolment, EnrolmentStatus } from './enrolment.entity.js';
import { EnrolmentRefusal as Refusal, refuseAgain, refuseRun } from './enrolment.rules.js';
import { EnrolmentService } from './enrolment.service.js';

describe('the rules of enrolment', () => {
  const { APPROVED, RUNNING, FINISHED, CLOSED, CANCELLED } = CourseRunStatus;
  it.each([
    ['an open run, on its last day', APPROVED, '2026-12-01', null],
    ['a running one', RUNNING, '2026-11-01', null],
    ['a day late', APPROVED, '2026-12-02', Refusal.RUN_CLOSED],
    ['a finished run', FINISHED, '2026-11-01', Refusal.RUN_CLOSED],
    ['a closed run', CLOSED, '2026-11-01', Refusal.RUN_CLOSED],
    ['a cancelled run', CANCELLED, '2026-11-01', Refusal.RUN_CLOSED],
  ])('%s', (_, status, today, refusal) => {
    expect(refuseRun({ status, enrolmentClosesOn: '2026-12-01' }, today)).toBe(refusal);
  });

  it('lets nobody in twice, nor back in', () => {
    expect(refuseAgain(undefined)).toBeNull();
    expect(refuseAgain(EnrolmentStatus.ENROLLED)).toBe(Refusal.ALREADY_ENROLLED);
    expect(refuseAgain(EnrolmentStatus.WITHDRAWN)).toBe(Refusal.LEFT_BEFORE);
    expect(refuseAgain(EnrolmentStatus.REMOVED)).toBe(Refusal.LEFT_BEFORE);
  });
});

describe('enrolling', () => {
  const clock = new TestClock('2026-11-21');
  const db = testDatabase(clock);
  /** Each is a process of its own: what claims come together share is not shared between them. */
  const service = () => new EnrolmentService(db.database, clock, new Trainees(db.keys, clock));
  const form = (nationalId = newNationalId()) => ({ nationalId, givenName: 'زهرا', familyName: 'رضایی' });
  const enrol = (run: { id: string }, actor: Actor, person = form()) =>
    service().enrol(actor, { runId: run.id, ...person });
  const runNow = (id: string) => db.database.read((tx) => tx.get(CourseRun, { id }));
  const crowd = async (many: number, capacity: number) => {
    const place = await newPlace(db);
    const run = await newRun(db, place, { capacity });
    const answers = await Promise.allSettled(Array.from({ length: many }, () => enrol(run, place.manager)));
    const seated = answers.filter(({ status }) => status === 'fulfilled').length;
    return { run, answers, seated };
  };

  it.each([
    ['of ten thousand letters', 'ب'.repeat(10_000)],
    ['with a control character', 'زه\u0007را'],
    ['that is a formula', '=1+1'],
  ])('refuses a name %s, in Persian and English', async (_, familyName) => {
    const place = await newPlace(db);
    const refused = enrol(await newRun(db, place), place.manager, { ...form(), familyName });
    await expect(refused).rejects.toMatchObject({
      fields: [
        {
          field: 'input.familyName',
          messageFa: 'نام خانوادگی را فقط با حرف و حداکثر ۸۰ نویسه بنویسید.',
          messageEn: 'Write the family name with letters only, at most 80.',
        },
      ],
    });
  });

  afterEach(() => void jest.restoreAllMocks());

  it.each([
    ['grows when it is stored', 'ﷺ'.repeat(100)],
    ['has letters of four bytes', '𐎠'.repeat(100)],
  ])('refuses a name that %s past what a record holds', async (_, givenName) => {
    const place = await newPlace(db);
    const run = await newRun(db, place);
    await expect(enrol(run, place.manager, { ...form(), givenName })).rejects.toThrow('input.givenName');
    await expect(db.database.read((tx) => tx.repo(Trainee).find())).resolves.toBeDefined();
  });

  it('never fills a run past its capacity, however many come at once', async () => {
    const { run, answers, seated } = await crowd(200, 20);
    expect(seated).toBe(20);
    for (const answer of answers)
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ reason: Refusal.RUN_FULL });
    expect(await db.count(Enrolment, { runId: run.id })).toBe(20);
    expect((await runNow(run.id)).seatsTaken).toBe(20);
  });

  it('would fill it past its capacity by looking first and counting later (the control)', async () => {
    if (db.database.engine === 'sqlite') return; // its units run one by one: looking first is enough there
    // oxlint-disable-next-line typescript/unbound-method -- called with its own `this` below
    const { execute: real } = Tx.prototype;
    jest.spyOn(Tx.prototype, 'execute').mockImplementation(async function (this: Tx, sql, values = []) {
      if (!sql.includes('seatsTaken + ? <= capacity')) return real.call(this, sql, values);
      const run = await this.get(CourseRun, { id: String(values[1]) });
      return run.seatsTaken < run.capacity ? 1 : 0; // looked at, not counted in one condition
    });
    const { seated } = await crowd(60, 20);
    expect(seated).toBeGreaterThan(20);
  });

  it('gives a seat once to one person who comes many times at once, and keeps one record', async () => {
    const place = await newPlace(db);
    const run = await newRun(db, place);
    const person = form();
    const before = await db.count(Trainee);
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => enrol(run, place.manager, person)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const answer of answers)
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ reason: Refusal.ALREADY_ENROLLED });
    expect((await runNow(run.id)).seatsTaken).toBe(1);
    expect(await db.count(Trainee)).toBe(before + 1);
    expect(await db.events('TraineeEnrolled')).toContainEqual(expect.objectContaining({ runId: run.id }));
  });

  it('judges each of many who claim together on their own, and writes each down to who claimed', async () => {
    const [place, elsewhere] = [await newPlace(db), await newPlace(db)];
    const run = await newRun(db, place, { capacity: 7 });
    const claims: [Actor, ReturnType<typeof form>, string][] = [
      [place.manager, form(), 'seated'],
      [place.officer, form(), 'seated'],
      [elsewhere.manager, form(), 'Not found'],
      [place.manager, { ...form(), givenName: 'زهرا1' }, 'input.givenName'],
      [elsewhere.officer, { ...form(), givenName: 'زهرا1' }, 'Not found'],
      [place.officer, form(), 'seated'],
      [place.manager, form(), 'seated'],
      [place.teacher, form(), 'Not allowed'],
      ...Array.from({ length: 6 }, (_, n): [Actor, ReturnType<typeof form>, string] => [
        place.manager,
        form(),
        n < 3 ? 'seated' : Refusal.RUN_FULL,
      ]),
    ];
    // One service, as in one process: its claims come together.
    const one = service();
    const answers = await Promise.allSettled(claims.map(([by, person]) => one.enrol(by, { runId: run.id, ...person })));
    const told = answers.map((answer) =>
      answer.status === 'fulfilled' ? 'seated' : String((answer.reason as Error).message),
    );
    for (const [n, [, , expected]] of claims.entries()) expect(told[n]).toContain(expected);
    expect(await db.count(Enrolment, { runId: run.id })).toBe(7);
    expect((await runNow(run.id)).seatsTaken).toBe(7);
    const events = await db.database.read((tx) => tx.repo(BusinessEvent).findBy({ name: 'TraineeEnrolled' }));
    const by = (actor: Actor) =>
      events.filter((event) => event.payload.runId === run.id && event.by === actor.userId).length;
    expect([by(place.manager), by(place.officer)]).toEqual([5, 2]);
  });

  it('seats one person once of those who claim together', async () => {
    const place = await newPlace(db);
    const run = await newRun(db, place);
    const [one, twin] = [service(), form()];
    const people = [form(), twin, form(), twin, form(), twin];
    const answers = await Promise.allSettled(people.map((who) => one.enrol(place.manager, { runId: run.id, ...who })));
    expect(answers.map(({ status }) => status === 'fulfilled')).toEqual([true, true, true, false, true, false]);
    for (const n of [3, 5]) expect(answers[n]).toMatchObject({ reason: { reason: Refusal.ALREADY_ENROLLED } });
    expect(await db.count(Enrolment, { runId: run.id })).toBe(4);
    expect((await runNow(run.id)).seatsTaken).toBe(4);
  });

  it('costs a crowd few statements', async () => {
    const place = await newPlace(db);
    const run = await newRun(db, place, { capacity: 40 });
    const one = service();
    const claim = () => one.enrol(place.manager, { runId: run.id, ...form() });
    const alone = await db.statementsOf(claim);
    const crowd = await db.statementsOf(() => Promise.all(Array.from({ length: 30 }, claim)));
    // One of them holds the index key: it does not turn under a person who is being added.
    expect(alone).toBeLessThanOrEqual(8);
    expect(crowd).toBeLessThanOrEqual(2 * alone);
  });

  it('keeps the record of a person who is known already', async () => {
    const place = await newPlace(db);
    const [one, two] = [await newRun(db, place), await newRun(db, place)];
    const person = form();
    const first = await enrol(one, place.manager, person);
    const second = await enrol(two, place.officer, { ...person, familyName: 'دیگری' });
    expect(second.traineeId).toBe(first.traineeId);
    const known = await db.database.read((tx) => tx.get(Trainee, { id: first.traineeId }));
    expect(known).toMatchObject({ nationalId: person.nationalId, familyName: 'رضایی' });
  });

  it('frees the seat of one who leaves, once, and does not take them back', async () => {
    const place = await newPlace(db);
    const run = await newRun(db, place, { capacity: 1 });
    const person = form();
    const { id } = await enrol(run, place.manager, person);
    await expect(enrol(run, place.manager)).rejects.toMatchObject({ reason: Refusal.RUN_FULL });

    const leave = () => service().withdraw(place.manager, { enrolmentId: id });
    const left = await Promise.allSettled([leave(), leave(), leave()]);
    expect(left.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await runNow(run.id)).seatsTaken).toBe(0);
    await expect(enrol(run, place.manager, person)).rejects.toMatchObject({ reason: Refusal.LEFT_BEFORE });
    await enrol(run, place.manager);
    expect((await runNow(run.id)).seatsTaken).toBe(1);
  });

  it('is refused after the closing day, but one may still leave', async () => {
    const place = await newPlace(db);
    const run = await newRun(db, place, { enrolmentClosesOn: '2026-11-21' });
    const { id } = await enrol(run, place.manager);
    clock.set('2026-11-22');
    await expect(enrol(run, place.manager)).rejects.toMatchObject({ reason: Refusal.RUN_CLOSED });
    await service().withdraw(place.manager, { enrolmentId: id });
    clock.set('2026-11-21');
  });

  it('leaves nothing of a run that was cancelled meanwhile', async () => {
    const place = await newPlace(db);
    const run = await newRun(db, place, { status: CourseRunStatus.CANCELLED });
    await expect(
      db.database.write(SYSTEM, async (tx) =>
        service().seat(tx, [{ runId: run.id, traineeId: (await tx.repo(Trainee).find())[0]?.id ?? '', by: SYSTEM }]),
      ),
    ).rejects.toMatchObject({ reason: Refusal.RUN_CLOSED });
    expect(await db.count(Enrolment, { runId: run.id })).toBe(0);
  });

  it('tells every mistake of the form at once', async () => {
    const place = await newPlace(db);
    const run = await newRun(db, place);
    const wrong = { nationalId: '1234567890', givenName: 'زهرا1', familyName: 'رضایی', mobile: '021' };
    await expect(enrol(run, place.manager, wrong)).rejects.toMatchObject({
      fields: [{ field: 'input.nationalId' }, { field: 'input.givenName' }, { field: 'input.mobile' }],
    });
  });

  it('does not find the run or the enrolment of another institute, office or trainer', async () => {
    const [ours, theirs] = [await newPlace(db), await newPlace(db)];
    const run = await newRun(db, ours);
    const { id } = await enrol(run, ours.manager);
    for (const actor of [theirs.manager, theirs.officer]) {
      await expect(enrol(run, actor)).rejects.toThrow('Not found');
      await expect(service().withdraw(actor, { enrolmentId: id })).rejects.toThrow('Not found');
    }
    for (const actor of [ours.teacher, ours.national, ours.provincial, ours.assessor])
      await expect(enrol(run, actor)).rejects.toThrow('Not allowed');
  });
});
