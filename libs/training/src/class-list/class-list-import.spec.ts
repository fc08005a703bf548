import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '@app/access';
import { Uploads } from '@app/documents';
import { MemoryFiles, newPlace, newRun, TestClock, testDatabase } from '@app/testing';
import { CourseRun, CourseRunStatus } from '../course-run/course-run.entity.js';
import { Enrolment, EnrolmentStatus } from '../enrolment/enrolment.entity.js';
import { EnrolmentService } from '../enrolment/enrolment.service.js';
import { Trainee } from '../trainee/trainee.entity.js';
import { Trainees } from '../trainee/trainee.service.js';
import { ClassListJobs } from './class-list.jobs.js';
import { ClassListImport, ClassListImportState as State } from './class-list-import.entity.js';
import { ClassListField } from './class-list-texts.rules.js';
import { ClassListRefusal, giveSeats, type ReportRow, RowOutcome } from './class-list-import.rules.js';
import { ClassListImportService } from './class-list-import.service.js';

describe('giving seats to the people of a list', () => {
  const person = (nationalId: string): ReportRow => ({
    row: Number(nationalId),
    name: 'کسی',
    person: { nationalId, givenName: 'ک', familyName: 'س', fatherName: null, birthDay: null, mobile: null },
    repairs: [],
    outcome: RowOutcome.ACCEPTED,
    refusal: null,
    known: false,
  });
  const given = (facts: Partial<Parameters<typeof giveSeats>[1]>) =>
    giveSeats([person('1'), person('2'), person('3')], {
      known: new Set(),
      earlier: new Map(),
      freeSeats: 3,
      ...facts,
    }).map(({ outcome, refusal }) => refusal?.reason ?? outcome);

  it('goes by the order of the rows, and those who have a seat or left need none', () => {
    expect(given({})).toEqual(['ACCEPTED', 'ACCEPTED', 'ACCEPTED']);
    expect(given({ freeSeats: 2 })).toEqual(['ACCEPTED', 'ACCEPTED', 'RUN_FULL']);
    expect(given({ freeSeats: 1, earlier: new Map([['1', EnrolmentStatus.ENROLLED]]) })).toEqual([
      'ALREADY_ENROLLED',
      'ACCEPTED',
      'RUN_FULL',
    ]);
    expect(given({ freeSeats: 0, earlier: new Map([['3', EnrolmentStatus.WITHDRAWN]]) })).toEqual([
      'RUN_FULL',
      'RUN_FULL',
      'LEFT_BEFORE',
    ]);
  });

  it('judges a row afresh that had no seat before', () => {
    const full = giveSeats([person('1')], { known: new Set(), earlier: new Map(), freeSeats: 0 });
    const again = giveSeats(full, { known: new Set(['1']), earlier: new Map(), freeSeats: 1 });
    expect(again).toMatchObject([{ outcome: RowOutcome.ACCEPTED, refusal: null, known: true }]);
  });
});

describe('a class list', () => {
  const clock = new TestClock('2026-11-21');
  const db = testDatabase(clock);
  const files = new MemoryFiles();
  const uploads = () => new Uploads(db.database, files, db.keys, clock);
  const service = () => {
    const trainees = new Trainees(db.keys, clock);
    const enrolments = new EnrolmentService(db.database, clock, trainees);
    return new ClassListImportService(db.database, clock, files, db.keys, uploads(), trainees, enrolments);
  };
  beforeAll(() => db.jobs.register(new ClassListJobs(service())));

  const fixture = (name: string) => readFile(new URL(`../../data/class-lists/${name}`, import.meta.url));
  const handIn = async (actor: Actor, run: { id: string }, bytes: Buffer, sheet?: string) => {
    const upload = await uploads().keep(actor, 'list', bytes);
    const { id } = await service().handIn(actor, { runId: run.id, uploadId: upload.id, sheet });
    await db.runJobs();
    return service().get(actor, id);
  };
  const enrol = async (actor: Actor, { id }: { id: string }) => {
    await service().accept(actor, { importId: id });
    await db.runJobs();
    return service().get(actor, id);
  };
  const setUp = async (capacity: number, status = CourseRunStatus.APPROVED) => {
    const place = await newPlace(db, { roomCapacity: 200 });
    const run = await newRun(db, place, { capacity, status });
    return { place, run, manager: place.manager };
  };
  const seatsTaken = async ({ id }: { id: string }) =>
    (await db.database.read((tx) => tx.get(CourseRun, { id }))).seatsTaken;

  it.each([
    ['carpet-24.xlsx', 'carpet-24', 24],
    ['carpet-24.xls', 'carpet-24', 24],
    ['food-200.xlsx', 'food-200', 194],
    ['windows-1256-30.csv', 'windows-1256-30', 30],
  ])('%s: a dry run, then the real one, each row as expected', async (name, expectation, count) => {
    const { rows: expected } = JSON.parse(String(await fixture(`${expectation}.expected.json`))) as {
      rows: { row: number; outcome: 'enrolled' | 'refused'; national_id: string; birth_iso?: string }[];
    };
    const { run, manager } = await setUp(200);
    const read = await handIn(manager, run, await fixture(name));
    expect(read).toMatchObject({ state: State.READ, rowCount: expected.length, acceptedCount: count });
    expect(await seatsTaken(run)).toBe(0);

    const done = await enrol(manager, read);
    expect(done).toMatchObject({ state: State.ENROLLED, acceptedCount: count, refusedCount: expected.length - count });
    expect(done.rows.map(({ row, outcome }) => [row, outcome.toLowerCase()])).toEqual(
      expected.map(({ row, outcome }) => [row, outcome]),
    );
    for (const { refusal } of done.rows.filter(({ outcome }) => outcome === RowOutcome.REFUSED)) {
      expect(refusal?.messageFa).toMatch(/[آ-ی]/);
      expect(refusal?.messageEn).toMatch(/[a-z]/);
    }
    expect(await seatsTaken(run)).toBe(count);
    const roll = await db.database.read((tx) =>
      tx.repo(Enrolment).find({ where: { runId: run.id }, relations: { trainee: true } }),
    );
    const enrolled = new Map(roll.map(({ trainee }) => [trainee.nationalId, trainee.birthDay]));
    for (const row of expected)
      if (row.outcome === 'enrolled')
        expect(enrolled.get(row.national_id)).toBe(row.birth_iso ?? enrolled.get(row.national_id));
    expect(enrolled.size).toBe(count);
  });

  it('enrols nobody twice when it is handed in again, accepted again, or both at once', async () => {
    const { run, manager } = await setUp(200);
    const list = await fixture('windows-1256-30.csv');
    const [one, two] = [await handIn(manager, run, list), await handIn(manager, run, list)];
    await Promise.all([one, two, one].map(({ id }) => service().accept(manager, { importId: id })));
    await Promise.all([one, two, one, two].map(({ id }) => service().enrol(id)));

    const done = [await service().get(manager, one.id), await service().get(manager, two.id)];
    expect(done.map(({ acceptedCount }) => acceptedCount).sort()).toEqual([0, 30]);
    const late = done.find(({ acceptedCount }) => acceptedCount === 0);
    expect(late?.rows.every(({ refusal, known }) => refusal?.reason === 'ALREADY_ENROLLED' && known)).toBe(true);
    expect(await seatsTaken(run)).toBe(30);
    expect(await db.count(Enrolment, { runId: run.id })).toBe(30);
    await db.runJobs();
    expect((await handIn(manager, run, list)).acceptedCount).toBe(0);
  });

  it('fills the seats in the order of the rows and tells the rest that the run is full', async () => {
    const { run, manager } = await setUp(10);
    const read = await handIn(manager, run, await fixture('carpet-24.xlsx'));
    expect(read.acceptedCount).toBe(10);
    const done = await enrol(manager, read);
    expect(done.rows.map(({ outcome, refusal }) => refusal?.reason ?? outcome)).toEqual([
      ...Array.from({ length: 10 }, () => 'ENROLLED'),
      ...Array.from({ length: 14 }, () => 'RUN_FULL'),
    ]);
    expect(await seatsTaken(run)).toBe(10);
  });

  it('keeps the record of a person who is known, and says so', async () => {
    const [one, two] = [await setUp(200), await setUp(200)];
    const list = await fixture('carpet-24.xlsx');
    await enrol(one.manager, await handIn(one.manager, one.run, list));
    const people = await db.count(Trainee);
    const read = await handIn(two.manager, two.run, list);
    expect(read.rows.every(({ known }) => known)).toBe(true);
    await enrol(two.manager, read);
    expect(await db.count(Trainee)).toBe(people);
  });

  it.each([
    ['a file that is no list', Buffer.from('\u0000\u0001\u0002 not a list'), undefined],
    ['an empty file', Buffer.alloc(0), 'EMPTY'],
    ['the wrong columns', Buffer.from('الف;ب\n۱;۲\n'), 'WRONG_COLUMNS'],
  ])('%s is refused with the mend, and nothing is imported', async (_, bytes, reason) => {
    const { run, manager } = await setUp(5);
    const refused = await handIn(manager, run, bytes);
    expect(refused).toMatchObject({ state: State.REFUSED, reason: reason ?? expect.any(String), rows: [] });
    expect(refused.messageFa).toMatch(/[آ-ی]/);
    expect(refused.messageEn).toMatch(/[a-z]/);
    await expect(service().accept(manager, { importId: refused.id })).rejects.toMatchObject({
      reason: ClassListRefusal.NOT_READ,
    });
    expect(await seatsTaken(run)).toBe(0);
  });

  it('asks which sheet when several are class lists, and takes the one that is named', async () => {
    const { run, manager } = await setUp(5);
    const people =
      '<tr><td>نام</td><td>نام خانوادگی</td><td>کد ملی</td></tr><tr><td>زهرا</td><td>کریمی</td><td>7367297805</td></tr>';
    const workbook = Buffer.from(`<html><meta charset="utf-8"><table>${people}</table><table>${people}</table></html>`);
    const asked = await handIn(manager, run, workbook);
    expect(asked).toMatchObject({ state: State.REFUSED, reason: 'WHICH_SHEET' });
    expect(asked.sheets).toHaveLength(2);
    const read = await handIn(manager, run, workbook, asked.sheets[1]);
    expect(read).toMatchObject({ state: State.READ, acceptedCount: 1, sheets: [] });
  });

  it('shows IDs and numbers by their last digits and birth dates by their year, and seals what it keeps', async () => {
    const { run, manager } = await setUp(200);
    const { rows, id } = await handIn(manager, run, await fixture('carpet-24.xlsx'));
    expect(JSON.stringify(rows)).not.toContain('0843832339');
    expect(rows[0]).toMatchObject({
      ...{ maskedNationalId: '•••••••۳۳۹', maskedMobile: expect.stringContaining('•'), birthYear: 1365 },
    });
    const repairsOf = (field: ClassListField) =>
      rows.flatMap((row) => row.repairs).flatMap((each) => (each.field === field ? [[each.from, each.to]] : []));
    const [ids, births] = [repairsOf(ClassListField.NATIONAL_ID), repairsOf(ClassListField.BIRTH_DAY)];
    expect([ids.length > 0, births.length > 0]).toEqual([true, true]);
    for (const id of ids) expect(id).toEqual(Array(2).fill(expect.stringMatching(/^•+[۰-۹]{3}$/)));
    const [undated, year] = [expect.stringMatching(/^\P{Nd}+$/u), expect.stringMatching(/^[۰-۹]{4}\/••\/••$/)];
    for (const birth of births) expect(birth).toEqual([undated, year]);
    const { reportKey } = await db.database.read((tx) => tx.get(ClassListImport, { id }));
    const kept = (await files.get(reportKey ?? '')).toString();
    expect(kept).not.toContain('0843832339');
    expect(kept).not.toContain('نصرت');
  });

  it('is refused for a run that takes nobody any more, before and after it was read', async () => {
    const { run, manager, place } = await setUp(30);
    const read = await handIn(manager, run, await fixture('windows-1256-30.csv'));
    await service().accept(manager, { importId: read.id });
    clock.set('2027-01-01');
    await db.runJobs();
    expect(await service().get(manager, read.id)).toMatchObject({ state: State.REFUSED, reason: 'RUN_CLOSED' });
    await expect(handIn(manager, run, await fixture('windows-1256-30.csv'))).rejects.toMatchObject({
      reason: ClassListRefusal.RUN_CLOSED,
    });
    clock.set('2026-11-21');
    const closed = await newRun(db, place, { status: CourseRunStatus.FINISHED });
    await expect(handIn(manager, closed, Buffer.from('x'))).rejects.toMatchObject({ reason: 'RUN_CLOSED' });
    expect(await seatsTaken(run)).toBe(0);
  });

  it('may be tried again when a job gave up, and says why', async () => {
    const { run, manager } = await setUp(30);
    const read = await handIn(manager, run, await fixture('windows-1256-30.csv'));
    await service().accept(manager, { importId: read.id });
    await service().giveUpEnrolling(read.id);
    expect(await service().get(manager, read.id)).toMatchObject({ state: State.READ, reason: 'FAILED' });
    await db.runJobs();
    expect((await enrol(manager, read)).acceptedCount).toBe(30);
  });

  it('is not another institute’s to see, to hand in for, or to take the upload of', async () => {
    const [ours, theirs] = [await setUp(30), await setUp(30)];
    const upload = await uploads().keep(ours.manager, 'list', await fixture('windows-1256-30.csv'));
    const read = await handIn(ours.manager, ours.run, await fixture('windows-1256-30.csv'));
    const input = { runId: theirs.run.id, uploadId: upload.id };
    await expect(service().handIn(theirs.manager, input)).rejects.toThrow('Not found');
    await expect(service().handIn(ours.manager, input)).rejects.toThrow('Not found');
    for (const actor of [theirs.manager, theirs.place.officer]) {
      await expect(service().get(actor, read.id)).rejects.toThrow('Not found');
      await expect(service().accept(actor, { importId: read.id })).rejects.toThrow('Not found');
    }
    for (const actor of [ours.place.teacher, ours.place.assessor, ours.place.national])
      await expect(service().get(actor, read.id)).rejects.toThrow('Not allowed');
    await expect(service().get(ours.place.officer, read.id)).resolves.toMatchObject({ id: read.id });
  });
});
