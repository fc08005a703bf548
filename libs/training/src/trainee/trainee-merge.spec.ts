import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor, Agreements } from '@app/access';
import { newId, type Refused, SYSTEM } from '@app/platform';
import {
  byTwo,
  newEnrolments,
  newPlace,
  newRun,
  testAgreements,
  TestClock,
  testDatabase,
  type TestPlace,
} from '@app/testing';
import { CourseRunStatus } from '../course-run/course-run.entity.js';
import { Enrolment } from '../enrolment/enrolment.entity.js';
import { MergedTrainee } from './merged-trainee.entity.js';
import { Trainee } from './trainee.entity.js';
import { TraineeMergeService } from './trainee-merge.service.js';
import { Trainees } from './trainee.service.js';

describe('two records of one person', () => {
  const clock = new TestClock('2026-11-21');
  const db = testDatabase(clock);
  const purpose = 'کد ملی نادرست نوشته شده بود';
  let agreements: Agreements;
  let merges: TraineeMergeService;
  let place: TestPlace;
  beforeAll(async () => {
    agreements = testAgreements(db.database, clock);
    merges = new TraineeMergeService(clock, agreements);
    merges.onModuleInit();
    place = await newPlace(db);
  });

  const enrolled = async (many: number, where = place) => {
    const run = await newRun(db, where, { status: CourseRunStatus.APPROVED, capacity: 20, days: ['2026-11-21'] });
    return newEnrolments(db, run, many);
  };
  const merge = (keptId: string, mergedId: string, actor: Actor = place.officer) =>
    byTwo(db.database, agreements, actor, (asker) => merges.ask(asker, { keptId, mergedId }, purpose));
  const refusal = (answer: Promise<unknown>): Promise<string> =>
    answer.then(
      () => 'done',
      ({ reason, code, message }: Refused & { code?: string }) => reason ?? code ?? message,
    );
  const idOf = async (traineeId: string) => {
    const { nationalId } = await db.database.read((tx) => tx.get(Trainee, { id: traineeId }));
    const trainees = new Trainees(db.keys, clock);
    return (await db.database.read((tx) => trainees.known(tx, [nationalId]))).get(nationalId);
  };

  it('become one when two people agree: its places are moved and the old id resolves to it', async () => {
    const [[kept], [merged]] = [await enrolled(1), await enrolled(1)];
    const { details, state } = await merge(kept!.traineeId, merged!.traineeId);
    expect(state).toBe('DONE');
    expect(details.map(({ name }) => name)).toEqual(['KEPT_PERSON', 'MERGED_PERSON', 'ENROLMENTS']);
    expect(JSON.stringify(details)).not.toMatch(/\d{10}/);
    expect(await db.count(Enrolment, { traineeId: kept!.traineeId })).toBe(2);
    expect(await db.count(Enrolment, { traineeId: merged!.traineeId })).toBe(0);
    expect(await idOf(merged!.traineeId)).toBe(kept!.traineeId);
    expect(await idOf(kept!.traineeId)).toBe(kept!.traineeId);
    expect(await db.events('TraineesMerged')).toContainEqual({
      ...{ keptId: kept!.traineeId, mergedId: merged!.traineeId },
    });
  });

  it('and what was merged into the merged one resolves to the last that is kept', async () => {
    const [[a], [b], [c]] = [await enrolled(1), await enrolled(1), await enrolled(1)];
    await merge(b!.traineeId, a!.traineeId);
    await merge(c!.traineeId, b!.traineeId);
    expect(await idOf(a!.traineeId)).toBe(c!.traineeId);
    expect(await db.count(Enrolment, { traineeId: c!.traineeId })).toBe(3);
    expect(await refusal(merge(a!.traineeId, c!.traineeId))).toBe('NOT_FOUND');
  });

  it('are two people when both have a place in one run', async () => {
    const [one, other] = await enrolled(2);
    expect(await refusal(merge(one!.traineeId, other!.traineeId))).toBe('BOTH_IN_ONE_RUN');
    expect(await refusal(merge(one!.traineeId, one!.traineeId))).toBe('SAME_ROW');
    expect(await db.count(MergedTrainee, { id: other!.traineeId })).toBe(0);
  });

  it('are merged by an office that reaches all their places, and by no other', async () => {
    const elsewhere = await newPlace(db);
    const [[here], [there], [both]] = [await enrolled(1), await enrolled(1, elsewhere), await enrolled(1)];
    expect(await refusal(merge(here!.traineeId, there!.traineeId))).toBe('NOT_FOUND');
    expect(await refusal(merge(here!.traineeId, newId()))).toBe('NOT_FOUND');
    const [far] = await enrolled(1, elsewhere);
    await db.database.write(SYSTEM, (tx) => tx.update(Enrolment, { id: far!.id }, { traineeId: both!.traineeId }));
    expect(await refusal(merge(here!.traineeId, both!.traineeId))).toBe('ALSO_ELSEWHERE');
    expect(await refusal(merge(here!.traineeId, both!.traineeId, place.provincial))).toBe('done');
  });
});
