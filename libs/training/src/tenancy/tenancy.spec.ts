import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Actor, Role } from '@app/access';
import { newId } from '@app/platform';
import { newPlace, newRun, testDatabase, type TestPlace } from '@app/testing';
import { CourseRun } from '../course-run/course-run.entity.js';
import { Institute } from '../institute/institute.entity.js';
import { Office } from '../office/office.entity.js';
import { officesSeenBy } from '../office/office.policy.js';
import { institutesSeenBy } from '../institute/institute.policy.js';
import { trainersSeenBy } from '../trainer/trainer.policy.js';
import { reachOf, within } from './tenancy.policy.js';

const db = testDatabase();
let own: TestPlace;
let sister: TestPlace;
let foreign: TestPlace;

beforeAll(async () => {
  own = await newPlace(db, { provinceCode: '15' });
  sister = await newPlace(db, { provinceCode: '15' });
  // Its code begins as the first one's does.
  foreign = await newPlace(db, { provinceCode: '1' });
  for (const place of [own, sister, foreign]) await newRun(db, place);
}, 60_000);

const many = async (actor: Actor) =>
  db.database.read(async (tx) => [
    await tx.repo(CourseRun).countBy(within(actor)),
    await tx.repo(Institute).countBy(institutesSeenBy(actor)),
  ]);

describe('what an actor reaches in the tree of tenancy', () => {
  it.each<[string, () => Actor, number]>([
    ['the national office: the country', () => own.national, 3],
    ['a province: its counties', () => own.provincial, 2],
    ['the assessment unit: its province', () => own.assessor, 2],
    ['another province whose code begins alike: its own only', () => foreign.provincial, 1],
    ['a county: itself', () => own.officer, 1],
    ['an institute: itself', () => own.manager, 1],
    ['a trainer: where she teaches', () => own.teacher, 1],
    ['a county under the wrong province: nothing', () => ({ ...own.officer, provinceCode: '1' }) as Actor, 0],
  ])('%s', async (_, who, expected) => {
    expect(await many(who())).toEqual([expected, expected]);
  });

  it('of offices: the own and those below', async () => {
    const paths = async (actor: Actor) =>
      (await db.database.read((tx) => tx.repo(Office).findBy(officesSeenBy(actor)))).map(({ path }) => path).sort();
    expect(await paths(own.officer)).toEqual([own.county.path]);
    expect(new Set(await paths(own.provincial))).toEqual(new Set(['/15/', own.county.path, sister.county.path].sort()));
    expect(() => officesSeenBy(own.manager)).toThrow('Not allowed');
    expect(() => officesSeenBy(own.teacher)).toThrow('Not allowed');
  });

  it.each([
    { role: Role.ADMINISTRATOR },
    { role: Role.EXAMINER, provinceCode: '15' },
    { role: Role.ASSOCIATION_MANAGER, provinceCode: '15', branchId: newId() },
    { role: Role.CASE_WORKER, provinceCode: '15', branchId: newId() },
    { role: Role.EMPLOYER, provinceCode: '15' },
    { role: Role.GRADUATE, traineeId: newId() },
  ])('is nothing for $role, who has no business in training', (grant) => {
    const actor = { userId: newId(), ...grant } as Actor;
    for (const policy of [reachOf, within, institutesSeenBy, trainersSeenBy])
      expect(() => policy(actor)).toThrow('Not allowed');
    // Who lets people into offices sees which there are.
    if (actor.role !== Role.ADMINISTRATOR) expect(() => officesSeenBy(actor)).toThrow('Not allowed');
  });

  it('is found by an index, without a look at every row', async () => {
    if (db.database.engine !== 'sqlite') return;
    const plan = await db.dataSource.query<{ detail: string }[]>(
      "EXPLAIN QUERY PLAN SELECT id FROM course_run WHERE path BETWEEN '/15/' AND '/15/~'",
    );
    expect(plan[0]?.detail).toContain('course_run_by_path');
  });
});
