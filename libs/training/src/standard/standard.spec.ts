import { beforeAll, describe, expect, it } from '@jest/globals';
import { collate } from '@app/persian';
import { SYSTEM } from '@app/platform';
import { TestClock, testDatabase } from '@app/testing';
import { loadReferenceData } from '../reference-data.js';
import { TrainingField, TrainingStandard, TrainingStandardVersion } from './standard.entity.js';
import { StandardService } from './standard.service.js';

describe('the standards', () => {
  const clock = new TestClock('2026-11-21');
  const db = testDatabase(clock);
  let service: StandardService;

  beforeAll(async () => {
    await loadReferenceData(db.database);
    service = new StandardService(db.database, clock);
  }, 60_000);

  const codes = async (args: object) =>
    (await service.standards({ first: 100, ...args })).items.map(({ code }) => code);

  it('are found by any spelling of the title, by the code and by the field', async () => {
    expect(await codes({ search: 'قالي باف گره تركي' })).toEqual(['731899000000002']);
    expect(await codes({ search: 'قالیباف گره تركي' })).toEqual(['731899000000002']);
    expect(await codes({ search: '۵۱۲۰۲' })).toEqual(['512020670060151']);
    expect(await codes({ field: TrainingField.SEWING })).toHaveLength(9);
    expect(await codes({ field: TrainingField.SEWING, search: 'قالی' })).toEqual([]);
  });

  it('come in Persian order, page after page, in two statements', async () => {
    const titles: string[] = [];
    let after: string | null = null;
    do {
      const { items, nextCursor } = await service.standards({ first: 20, after });
      titles.push(...items.map(({ titleFa }) => titleFa));
      after = nextCursor;
    } while (after);
    expect(titles).toHaveLength(107);
    expect(titles).toEqual([...titles].sort(collate));
    expect(await db.statementsOf(() => service.standards({ first: 1 }))).toBe(2);
    expect(await db.statementsOf(() => service.standards({ first: 100 }))).toBe(2);
  });

  it('say what is asked for today: the version in force, or none where no hours are known', async () => {
    const [published] = (await service.standards({ first: 1, search: '512020670060151' })).items;
    expect(published).toMatchObject({ codeStatus: 'PUBLISHED', version: null });

    const { id: standardId } = await db.database.read((tx) => tx.get(TrainingStandard, { code: '731899000000001' }));
    const version = { theoryMinutes: 60, practiceMinutes: 120, minimumEducation: 'دیپلم', source: 'spec' };
    await db.database.write(SYSTEM, (tx) =>
      tx.insertAll(TrainingStandardVersion, [
        { ...version, standardId, effectiveFrom: '2026-11-21' },
        { ...version, standardId, effectiveFrom: '2026-11-22' },
      ]),
    );
    const [carpet] = (await service.standards({ first: 1, search: '731899000000001' })).items;
    expect(carpet?.version?.effectiveFrom).toBe('2026-11-21');
  });
});
