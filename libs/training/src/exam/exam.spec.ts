import { describe, expect, it } from '@jest/globals';
import type { Actor } from '@app/access';
import { newEnrolments, newPlace, newRun, TestClock, testDatabase } from '@app/testing';
import { CourseRunStatus } from '../course-run/course-run.entity.js';
import {
  type ExamMarkInput,
  ExamRefusal as Refusal,
  examStanding,
  ExamStanding,
  openParts,
  refuseTry,
} from './exam-entry.rules.js';
import { ExamPart, ExamResult } from './exam-result.entity.js';
import { ExamService } from './exam.service.js';

const { WRITTEN, PRACTICAL } = ExamPart;
const rules = {
  writtenPassHundredths: 5000,
  practicalPassHundredths: 7000,
  finalPassHundredths: 7000,
  writtenWeightPercent: 25,
  practicalWeightPercent: 75,
  writtenTries: 2,
  practicalTries: 2,
};
/** A try: its part, its mark in points, or absent, and the day of December. */
const attempt = (part: ExamPart, points: number | 'absent', day: number, tryNumber = 1) => ({
  part,
  tryNumber,
  absent: points === 'absent',
  markHundredths: points === 'absent' ? null : points * 100,
  satOn: `2026-12-${String(day).padStart(2, '0')}`,
});

describe('another try of an exam', () => {
  const passed = attempt(WRITTEN, 50, 5);
  it.each([
    ['the first written one', [], WRITTEN, 5, null],
    ['the second after a failed one', [attempt(WRITTEN, 49.99, 5)], WRITTEN, 6, null],
    ['on the day of the failed one', [attempt(WRITTEN, 49.99, 5)], WRITTEN, 5, Refusal.NOT_AFTER_LAST_TRY],
    ['before the failed one', [attempt(WRITTEN, 10, 5)], WRITTEN, 4, Refusal.NOT_AFTER_LAST_TRY],
    ['after a passed one', [passed], WRITTEN, 9, Refusal.PASSED_ALREADY],
    ['a third one', [attempt(WRITTEN, 10, 5), attempt(WRITTEN, 'absent', 6, 2)], WRITTEN, 9, Refusal.NO_TRY_LEFT],
    ['a practical one without a written one', [], PRACTICAL, 9, Refusal.WRITTEN_NOT_PASSED],
    ['a practical one after a failed written one', [attempt(WRITTEN, 10, 5)], PRACTICAL, 9, Refusal.WRITTEN_NOT_PASSED],
    ['a practical one on the day of the passed written one', [passed], PRACTICAL, 5, null],
    ['a practical one before the passed written one', [passed], PRACTICAL, 4, Refusal.WRITTEN_NOT_PASSED],
    ['a practical one after being absent', [passed, attempt(PRACTICAL, 'absent', 6)], PRACTICAL, 7, null],
    ['a practical one after a passed one', [passed, attempt(PRACTICAL, 70, 6)], PRACTICAL, 7, Refusal.PASSED_ALREADY],
  ])('%s', (_, tries, part, day, refusal) => {
    expect(refuseTry(tries, rules, part, attempt(part, 0, day).satOn)).toBe(refusal);
  });
});

describe('how someone stands', () => {
  const written = attempt(WRITTEN, 50, 5);
  it.each([
    ['without a try', [], ExamStanding.INCOMPLETE, [WRITTEN]],
    ['with the written part', [written], ExamStanding.INCOMPLETE, [PRACTICAL]],
    ['with both minimums, which give 65', [written, attempt(PRACTICAL, 70, 9)], ExamStanding.FAILED, []],
    ['with 50 and 77', [written, attempt(PRACTICAL, 77, 9)], ExamStanding.PASSED, []],
    ['with a failed practical try', [written, attempt(PRACTICAL, 60, 9)], ExamStanding.INCOMPLETE, [PRACTICAL]],
    ['absent twice', [attempt(WRITTEN, 'absent', 5), attempt(WRITTEN, 'absent', 6, 2)], ExamStanding.FAILED, []],
  ])('%s', (_, tries, standing, open) => {
    expect(examStanding(tries, rules)).toBe(standing);
    expect(openParts(tries, rules)).toEqual(open);
  });
});

describe('entering exam marks', () => {
  const clock = new TestClock('2026-12-20');
  const db = testDatabase(clock);
  const service = () => new ExamService(db.database, clock);
  const enter = (actor: Actor, runId: string, part: ExamPart, day: number, marks: ExamMarkInput[]) =>
    service().enter(actor, { runId, part, satOn: attempt(part, 0, day).satOn, marks });
  const setUp = async (many = 3, status = CourseRunStatus.FINISHED) => {
    const place = await newPlace(db);
    const run = await newRun(db, place, { status, capacity: 100, days: ['2026-11-28', '2026-12-02'] });
    const ids = (await newEnrolments(db, run, many)).map(({ id }) => id);
    return { place, run, ids };
  };
  const all = (ids: string[], markHundredths: number): ExamMarkInput[] =>
    ids.map((enrolmentId) => ({ enrolmentId, markHundredths }));

  it('counts the tries and tells how each stands', async () => {
    const { place, run, ids } = await setUp(3);
    const [one, two, three] = ids as [string, string, string];
    await enter(place.assessor, run.id, WRITTEN, 5, [
      { enrolmentId: one, markHundredths: 5000 },
      { enrolmentId: two, markHundredths: 4999 },
      { enrolmentId: three, absent: true },
    ]);
    await enter(place.officer, run.id, WRITTEN, 8, all([two], 9000));
    await enter(place.officer, run.id, PRACTICAL, 12, [...all([one], 7000), ...all([two], 8000)]);

    const { rows, viewerCanEnter } = await service().sheet(place.assessor, run.id);
    const of = (id: string) => rows.find(({ enrolmentId }) => enrolmentId === id);
    expect(of(one)).toMatchObject({ standing: 'FAILED', shortfalls: ['FINAL_BELOW_PASS'], finalHundredths: 6500 });
    expect(of(two)).toMatchObject({ standing: 'PASSED', finalHundredths: 8250, openParts: [] });
    expect(of(two)?.tries.map(({ part, tryNumber }) => `${part} ${tryNumber}`)).toEqual([
      'WRITTEN 1',
      'WRITTEN 2',
      'PRACTICAL 1',
    ]);
    expect(of(three)).toMatchObject({ standing: 'INCOMPLETE', tries: [{ absent: true, markHundredths: null }] });
    expect(viewerCanEnter).toBe(true);
  });

  it.each([
    ['before the last session', 1, 6000, undefined, Refusal.WRONG_DAY],
    ['of a day to come', 21, 6000, undefined, Refusal.WRONG_DAY],
    ['with a mark for someone absent', 5, 6000, true, Refusal.WRONG_MARK],
    ['with neither', 5, undefined, undefined, Refusal.WRONG_MARK],
  ])('is refused %s, and nothing is written', async (_, day, markHundredths, absent, reason) => {
    const { place, run, ids } = await setUp(2);
    const [one, two] = ids as [string, string];
    const lines = [...all([one], 6000), { enrolmentId: two, markHundredths, absent }];
    await expect(enter(place.assessor, run.id, WRITTEN, day, lines)).rejects.toMatchObject({ reason });
    expect(await db.count(ExamResult, { runId: run.id })).toBe(0);
  });

  it.each([CourseRunStatus.APPROVED, CourseRunStatus.RUNNING, CourseRunStatus.CLOSED, CourseRunStatus.CANCELLED])(
    'is refused while the run is %s',
    async (status) => {
      const { place, run, ids } = await setUp(1, status);
      await expect(enter(place.assessor, run.id, WRITTEN, 5, all(ids, 6000))).rejects.toMatchObject({
        reason: Refusal.RUN_NOT_EXAMINED,
      });
    },
  );

  it('writes one try when the same list comes many times at once', async () => {
    const { place, run, ids } = await setUp(2);
    const answers = await Promise.allSettled(
      Array.from({ length: 10 }, () => enter(place.assessor, run.id, WRITTEN, 5, all(ids, 3000))),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await db.count(ExamResult, { runId: run.id })).toBe(2);
  });

  it('is the assessor’s and the county’s alone, for people of the run', async () => {
    const [ours, theirs] = [await setUp(1), await setUp(1)];
    await expect(enter(ours.place.assessor, ours.run.id, WRITTEN, 5, all(theirs.ids, 6000))).rejects.toMatchObject({
      reason: Refusal.NOT_ENROLLED,
      detail: { enrolmentId: theirs.ids[0] },
    });
    await expect(enter(theirs.place.officer, ours.run.id, WRITTEN, 5, all(ours.ids, 6000))).rejects.toThrow(
      'Not found',
    );
    const { teacher, manager, provincial, national } = ours.place;
    for (const actor of [teacher, manager, provincial, national])
      await expect(async () => enter(actor, ours.run.id, WRITTEN, 5, all(ours.ids, 6000))).rejects.toThrow(
        'Not allowed',
      );
    await expect(service().sheet(theirs.place.manager, ours.run.id)).rejects.toThrow('Not found');
    expect((await service().sheet(manager, ours.run.id)).viewerCanEnter).toBe(false);
  });

  it.each([1, 10, 100])('shows the sheet of %d by three statements', async (many) => {
    const { place, run, ids } = await setUp(many);
    await enter(place.assessor, run.id, WRITTEN, 5, all(ids, 6000));
    expect(await db.statementsOf(() => service().sheet(place.officer, run.id))).toBe(3);
  });
});
