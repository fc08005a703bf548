import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { type Actor, Role } from '@app/access';
import { Installation, Refused, SYSTEM, Tx } from '@app/platform';
import { newEnrolments, newPlace, newRun, TestClock, testDatabase, type TestPlace } from '@app/testing';
import { HolidayCertainty, Holiday } from '../calendar/holiday.entity.js';
import { PlanRefusal } from '../session/session.rules.js';
import { Session, SessionStatus } from '../session/session.entity.js';
import { CourseRun, CourseRunStatus as Status } from './course-run.entity.js';
import type { CourseRunInput } from './course-run.graphql.js';
import { CourseRunOpenService } from './course-run-open.service.js';
import { CourseRunPageService } from './course-run-page.service.js';
import { runsSeenBy } from './course-run.policy.js';
import { CourseRunRefusal as Refusal, mayMove, type OpeningFacts, refuseOpening } from './course-run.rules.js';
import { CourseRunService } from './course-run.service.js';

describe('the moves of a course run', () => {
  it.each([
    [Status.APPROVED, [Status.RUNNING, Status.CANCELLED]],
    [Status.RUNNING, [Status.FINISHED, Status.CANCELLED]],
    [Status.FINISHED, [Status.CLOSED]],
    [Status.CLOSED, []],
    [Status.CANCELLED, []],
  ])('2.3.1 from %s', (from, to) => {
    expect(Object.values(Status).filter((status) => mayMove(from, status))).toEqual(to);
  });
});

describe('the rules of opening', () => {
  const session = { ordinal: 1, startMinute: 480, endMinute: 720 };
  const facts: OpeningFacts = {
    today: '2026-11-21',
    startsOn: '2026-11-21',
    enrolmentClosesOn: '2026-11-25',
    capacity: 20,
    plan: {
      refusal: null,
      sessions: [
        { ...session, day: '2026-11-21' },
        { ...session, day: '2026-11-25' },
      ],
    },
    fieldLicensed: true,
    licenceIssuedOn: '2026-11-21',
    licenceExpiresOn: '2026-11-25',
    appointments: [{ startsOn: '2026-11-21', endsOn: '2026-11-25' }],
    cardExpiresOn: '2026-11-25',
    roomCapacity: 20,
    roomClash: null,
    trainerClash: null,
  };
  const clash = { day: '2026-11-25', startMinute: 0, endMinute: 1440, runNumber: '15-1405-00007' };

  it.each<[string, Partial<OpeningFacts>, Refusal[]]>([
    ['everything just holds', {}, []],
    ['more than a year ago', { startsOn: '2025-11-19' }, [Refusal.START_OUT_OF_RANGE]],
    ['more than a year ahead', { startsOn: '2027-11-23' }, [Refusal.START_OUT_OF_RANGE]],
    ['the field is not licensed', { fieldLicensed: false }, [Refusal.FIELD_NOT_LICENSED]],
    ['the licence begins a day late', { licenceIssuedOn: '2026-11-22' }, [Refusal.LICENCE_NOT_BEGUN]],
    ['the licence ends a day early', { licenceExpiresOn: '2026-11-24' }, [Refusal.LICENCE_EXPIRED]],
    ['no appointment', { appointments: [] }, [Refusal.TRAINER_NOT_APPOINTED]],
    [
      'an appointment that ends a day early, and one that begins a day late',
      {
        appointments: [
          { startsOn: '2026-11-20', endsOn: '2026-11-24' },
          { startsOn: '2026-11-22', endsOn: '2027-01-01' },
        ],
      },
      [Refusal.TRAINER_NOT_APPOINTED],
    ],
    ['the card ends a day early', { cardExpiresOn: '2026-11-24' }, [Refusal.TRAINER_CARD_EXPIRED]],
    ['one trainee too many for the room', { capacity: 21 }, [Refusal.ROOM_TOO_SMALL]],
    ['enrolment closed yesterday', { enrolmentClosesOn: '2026-11-20' }, [Refusal.ENROLMENT_CLOSES_WRONG]],
    ['enrolment closes after the end', { enrolmentClosesOn: '2026-11-26' }, [Refusal.ENROLMENT_CLOSES_WRONG]],
    [
      'the room is taken, and the trainer',
      { roomClash: clash, trainerClash: clash },
      [Refusal.ROOM_TAKEN, Refusal.TRAINER_TAKEN],
    ],
    [
      'no plan',
      { plan: { refusal: PlanRefusal.NO_OPEN_DAY, sessions: [] } },
      [Refusal.NO_OPEN_DAY, Refusal.ENROLMENT_CLOSES_WRONG],
    ],
  ])('%s', (_, change, reasons) => {
    expect(refuseOpening({ ...facts, ...change }).map(({ reason }) => reason)).toEqual(reasons);
  });

  it('names the day and the run that stand in the way', () => {
    expect(refuseOpening({ ...facts, roomClash: clash })).toEqual([
      { reason: Refusal.ROOM_TAKEN, day: '2026-11-25', runNumber: '15-1405-00007' },
    ]);
  });
});

describe('a course run', () => {
  const clock = new TestClock('2026-11-21');
  const db = testDatabase(clock);
  const opening = () => new CourseRunOpenService(db.database, clock);
  const runs = () => new CourseRunService(db.database, clock);
  const pages = () => new CourseRunPageService(db.database);
  const inputFor = ({ institute, room, trainer, standard }: TestPlace): CourseRunInput => ({
    instituteId: institute.id,
    standardId: standard.id,
    roomId: room.id,
    trainerId: trainer.id,
    startsOn: '2026-11-28',
    weekdays: [6, 1, 3],
    startMinute: 480,
    endMinute: 720,
    capacity: 20,
  });
  const open = (place: TestPlace, change: Partial<CourseRunInput> = {}, actor: Actor = place.officer) =>
    opening().open(actor, { ...inputFor(place), ...change });

  afterEach(() => void jest.restoreAllMocks());

  it('is opened with its sessions, the versions in force and the next number of its province and year', async () => {
    const place = await newPlace(db, { plannedMinutes: 600, provinceCode: '21' });
    const first = await open(place);
    const second = await open(place, { startMinute: 780, endMinute: 840, capacity: 5 });
    expect(await pages().get(place.officer, first.id)).toEqual(first);

    expect([first.number, second.number]).toEqual(['21-1405-00001', '21-1405-00002']);
    expect(first).toMatchObject({
      status: Status.APPROVED,
      startsOn: '2026-11-28',
      endsOn: '2026-12-02',
      enrolmentClosesOn: '2026-11-28',
      plannedMinutes: 600,
      heldMinutes: 0,
      seatsTaken: 0,
      demo: true,
      standard: { theoryMinutes: 200, practiceMinutes: 400 },
      viewerCan: ['ENROL', 'REQUEST_ATTENDANCE_REPORT', 'CANCEL'],
    });
    expect(first.sessions.map(({ day, endMinute }) => [day, endMinute])).toEqual([
      ['2026-11-28', 720],
      ['2026-11-30', 720],
      ['2026-12-02', 600],
    ]);
    expect(await db.events('CourseRunOpened')).toContainEqual({ runId: first.id });
  });

  it('carries the mark of a demo installation, and none of a real one', async () => {
    const place = await newPlace(db);
    const claimed = { id: '1', demo: false, keyFingerprint: 'x', indexKey: 'i1', createdAt: clock.now() };
    await db.database.write(SYSTEM, (tx) => tx.insert(Installation, claimed));
    expect((await open(place)).demo).toBe(false);
    await db.database.write(SYSTEM, (tx) => tx.update(Installation, { id: '1' }, { demo: true }));
    expect((await open(place, { startMinute: 780, endMinute: 800 })).demo).toBe(true);
  });

  it('is planned without a trace, with all that stands against it', async () => {
    const place = await newPlace(db, { roomCapacity: 10 });
    await db.database.write(SYSTEM, (tx) =>
      tx.insert(Holiday, {
        occasion: '1448',
        day: '2026-11-30',
        titleFa: 'تعطیل',
        titleEn: 'Holiday',
        certainty: HolidayCertainty.PREDICTED,
      }),
    );
    const before = await db.count(CourseRun);
    const { plan, refused } = await opening().plan(place.officer, inputFor(place));
    await db.database.write(SYSTEM, (tx) => tx.remove(Holiday, { day: '2026-11-30' }));

    expect(plan.skipped).toEqual([
      {
        day: '2026-11-30',
        kind: 'HOLIDAY',
        titleFa: 'تعطیل',
        titleEn: 'Holiday',
        certainty: HolidayCertainty.PREDICTED,
      },
    ]);
    expect(refused.map(({ reason }) => reason)).toEqual([Refusal.ROOM_TOO_SMALL]);
    expect(await db.count(CourseRun)).toBe(before);
    await expect(open(place)).rejects.toMatchObject({ reason: Refusal.ROOM_TOO_SMALL });
  });

  it('is refused where the room or the trainer is taken, until the other run is called off', async () => {
    const place = await newPlace(db);
    const other = await open(place);
    await expect(open(place)).rejects.toMatchObject({
      reason: Refusal.ROOM_TAKEN,
      detail: { day: '2026-11-28', runNumber: other.number },
    });
    await runs().cancel(place.officer, { runId: other.id, reason: 'نبود متقاضی' });
    await expect(open(place)).resolves.toMatchObject({ status: Status.APPROVED });
  });

  it('ends on the minute, not before', async () => {
    const place = await newPlace(db);
    const input = { ...inputFor(place), endMinute: 480 };
    await expect(opening().open(place.officer, input)).rejects.toThrow('endMinute');
  });

  describe('when 200 overlapping ones are opened at once', () => {
    const crowd = async () => {
      const place = await newPlace(db);
      const answers = await Promise.allSettled(
        Array.from({ length: 200 }, (_, i) => open(place, { startMinute: 480 + (i % 60), endMinute: 720 + (i % 60) })),
      );
      return { place, answers };
    };

    it('is opened once, and the others are told which run has the room', async () => {
      const { place, answers } = await crowd();
      const [opened] = await db.database.read((tx) => tx.repo(CourseRun).findBy({ instituteId: place.institute.id }));
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const answer of answers)
        if (answer.status === 'rejected')
          expect(answer.reason).toMatchObject({ reason: Refusal.ROOM_TAKEN, detail: { runNumber: opened?.number } });
    });

    it('would be opened several times without the locks (the control)', async () => {
      if (db.database.engine === 'sqlite') return; // its units run one by one; there is no lock to leave out
      jest.spyOn(Tx.prototype, 'lock').mockImplementation(function (this: Tx, entity, where) {
        return this.get(entity, where);
      });
      const { answers } = await crowd();
      expect(answers.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(1);
    });
  });

  it('is not opened at another office’s institute, nor in another institute’s room', async () => {
    const [ours, theirs] = [await newPlace(db), await newPlace(db)];
    await expect(open(theirs, {}, ours.officer)).rejects.toThrow('Not found');
    await expect(open(ours, { roomId: theirs.room.id })).rejects.toThrow('Not found');
    await expect(open(ours, {}, ours.manager)).rejects.toThrow('Not allowed');
  });

  it('is finished when no session is to come, and cancelled only before', async () => {
    const place = await newPlace(db);
    const run = await newRun(db, place, { status: Status.RUNNING, days: ['2026-11-20', '2026-11-22'] });
    const finish = () => runs().finish(place.officer, { runId: run.id });

    await expect(finish()).rejects.toMatchObject({ reason: Refusal.SESSIONS_LEFT, detail: { day: '2026-11-22' } });
    clock.set('2026-11-22');
    await finish();
    clock.set('2026-11-21');
    await expect(finish()).rejects.toBeInstanceOf(Refused);
    await expect(runs().cancel(place.officer, { runId: run.id, reason: 'دیر شد' })).rejects.toMatchObject({
      reason: Refusal.NOT_IN_THIS_STATE,
    });
    expect((await pages().get(place.assessor, run.id)).viewerCan).toEqual(['ENTER_EXAM_MARKS']);
  });

  it('keeps what was held when it is called off', async () => {
    const place = await newPlace(db);
    const run = await newRun(db, place, { status: Status.RUNNING });
    await db.database.write(SYSTEM, (tx) =>
      tx.update(Session, { id: run.sessions[0]?.id ?? '' }, { status: SessionStatus.HELD }),
    );
    await runs().cancel(place.officer, { runId: run.id, reason: 'سیل' });
    const page = await pages().get(place.officer, run.id);
    expect(page).toMatchObject({ status: Status.CANCELLED, cancelReason: 'سیل' });
    expect(page.sessions.map(({ status }) => status)).toEqual([SessionStatus.HELD, SessionStatus.CANCELLED]);
  });

  it('is seen by its own people only', async () => {
    const [ours, theirs] = [await newPlace(db, { provinceCode: '30' }), await newPlace(db, { provinceCode: '31' })];
    const run = await newRun(db, ours);
    const seenBy = async (actor: Actor) => {
      const listed = (await pages().list(actor, {}, { first: 100 })).items.some(({ id }) => id === run.id);
      const page = await pages()
        .get(actor, run.id)
        .then(
          () => true,
          () => false,
        );
      expect(page).toBe(listed);
      return page;
    };
    for (const actor of [ours.national, ours.provincial, ours.officer, ours.assessor, ours.manager, ours.teacher])
      expect(await seenBy(actor)).toBe(true);
    for (const actor of [theirs.provincial, theirs.officer, theirs.assessor, theirs.manager, theirs.teacher])
      expect(await seenBy(actor)).toBe(false);
    // A wish for another's institute narrows what is seen; it does not replace it.
    const wished = await pages().list(theirs.manager, { instituteId: ours.institute.id }, { first: 100 });
    expect(wished.items).toEqual([]);
    expect(() => runsSeenBy({ role: Role.ADMINISTRATOR, userId: 'admin' })).toThrow('Not allowed');
  });

  it('is listed by pages, without gap or double, and found by a part of its names', async () => {
    const place = await newPlace(db);
    for (const day of ['2026-11-21', '2026-11-21', '2026-11-23', '2026-11-22', '2026-11-22'])
      await newRun(db, place, { days: [day] });
    const all = (await pages().list(place.manager, {}, { first: 100 })).items.map(({ id }) => id);
    const paged: string[] = [];
    for (let after: string | null = null; ;) {
      const page = await pages().list(place.manager, {}, { first: 2, after });
      paged.push(...page.items.map(({ id }) => id));
      if ((after = page.nextCursor) === null) break;
    }
    expect(all).toHaveLength(5);
    expect(paged).toEqual(all);
    const named = (text: string) => pages().list(place.national, { text }, { first: 100 });
    expect((await named(place.institute.name)).items.map(({ id }) => id)).toEqual(all);
    expect((await named('۱۰۰٪ نیست')).items).toEqual([]);
    expect((await pages().list(place.manager, { status: [Status.CLOSED] }, { first: 10 })).items).toEqual([]);
  });

  it.each([1, 10, 100])('is shown and listed by as many statements for %d as for one', async (many) => {
    const place = await newPlace(db, { roomCapacity: 200 });
    const run = await newRun(db, place, { capacity: 100 });
    await newEnrolments(db, run, many);
    for (let i = 1; i < many; i += 10) await newRun(db, place);
    expect(await db.statementsOf(() => pages().get(place.officer, run.id))).toBe(4);
    expect(await db.statementsOf(() => pages().list(place.officer, {}, { first: 100 }))).toBe(1);
  });

  it('shows names in Persian order and the last digits of the national ID only', async () => {
    const place = await newPlace(db);
    const run = await newRun(db, place);
    await newEnrolments(db, run, 2);
    const { enrolments } = await pages().get(place.manager, run.id);
    expect(enrolments.map(({ givenName }) => givenName)).toEqual(['زهرا', 'زهرا']);
    for (const { maskedNationalId } of enrolments) expect(maskedNationalId).toMatch(/^•{7}[۰-۹]{3}$/);
  });
});
