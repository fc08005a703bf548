import { describe, expect, it } from '@jest/globals';
import { fromJalali, isoWeekday } from '@app/persian';
import { type Reads, SYSTEM } from '@app/platform';
import { testDatabase } from '@app/testing';
import { Holiday, HolidayCertainty } from './calendar/holiday.entity.js';
import { Office, OfficeKind } from './office/office.entity.js';
import { loadReferenceData } from './reference-data.js';
import { RetentionRule } from './retention/retention-rule.entity.js';
import { AttendanceRules, ExamRules } from './rules/dated-rules.entity.js';
import { CodeStatus, TrainingStandard, TrainingStandardVersion } from './standard/standard.entity.js';

describe('the reference data', () => {
  const db = testDatabase();
  const load = () => loadReferenceData(db.database);
  const read = <T>(work: (tx: Reads) => Promise<T>) => db.database.read(work);

  it('is all there after the first load', async () => {
    expect(await load()).toEqual({ added: 1 + 31 + 482 + 107 + 106 + 194 + 1 + 1 + 4, changed: 0 });

    expect(await db.count(Office, { kind: OfficeKind.NATIONAL })).toBe(1);
    expect(await db.count(Office, { kind: OfficeKind.PROVINCIAL })).toBe(31);
    expect(await db.count(Office, { kind: OfficeKind.COUNTY })).toBe(482);
    expect(await db.count(TrainingStandard, { codeStatus: CodeStatus.PUBLISHED })).toBe(1);
    expect(await db.count(TrainingStandardVersion)).toBe(106);
    expect(await db.count(ExamRules)).toBe(1);
    expect(await db.count(AttendanceRules)).toBe(1);
    expect(await db.count(RetentionRule)).toBe(4);
    expect(await db.events('ReferenceDataLoaded')).toHaveLength(1);
  });

  it('puts each county under its province, and each province under the country', async () => {
    const county = await read((tx) =>
      tx.repo(Office).findOne({ where: { countyCode: '2603' }, relations: { parent: { parent: true } } }),
    );
    expect(county?.name).toBe('اداره آموزش فنی و حرفه‌ای شهرستان قزوین');
    expect(county?.parent).toMatchObject({ kind: OfficeKind.PROVINCIAL, provinceCode: '26' });
    expect(county?.parent?.parent).toMatchObject({ kind: OfficeKind.NATIONAL, parentId: null });
  });

  it('knows the hours of the carpet weaver, found by the letters of a search', async () => {
    const standard = await read((tx) => tx.get(TrainingStandard, { searchTitle: 'قاليباف'.replace('ي', 'ی') }));
    const version = await read((tx) => tx.get(TrainingStandardVersion, { standardId: standard.id }));
    expect(version).toMatchObject({ theoryMinutes: 90 * 60, practiceMinutes: 360 * 60 });
    expect(version.source).toContain('qazvin.emdad.ir');
  });

  it('has the holidays on their days', async () => {
    const holidays = await read((tx) => tx.repo(Holiday).find({ order: { day: 'ASC' } }));
    expect(holidays).toHaveLength(194);
    const nowruz = holidays.find(({ occasion }) => occasion === '1405-01-01');
    expect(nowruz).toMatchObject({ day: fromJalali(1405, 1, 1), certainty: HolidayCertainty.FIXED });
    expect(isoWeekday(nowruz?.day ?? '')).toBe(6);
    expect(new Set(holidays.map(({ certainty }) => certainty)).size).toBe(4);
  });

  it('changes nothing when it is loaded again', async () => {
    const from = db.statements.statements.length;
    expect(await load()).toEqual({ added: 0, changed: 0 });
    const sent = db.statements.statements.slice(from);
    expect(sent.length).toBeLessThan(20);
    expect(sent.filter((statement) => /^\s*(INSERT|UPDATE|DELETE|REPLACE)/i.test(statement))).toEqual([]);
  });

  it('mends what differs, and leaves what users have set', async () => {
    await db.database.write(SYSTEM, async (tx) => {
      await tx.update(Holiday, { occasion: '1448', titleFa: 'عید سعید فطر' }, { day: '2027-03-09' });
      await tx.update(Office, { countyCode: '2603' }, { nameEn: 'Somewhere', closedWeekdays: [4, 5] });
      await tx.remove(TrainingStandardVersion, { minimumEducation: 'دیپلم' });
    });
    expect(await load()).toEqual({ added: 4, changed: 2 });
    expect(await read((tx) => tx.get(Office, { countyCode: '2603' }))).toMatchObject({
      nameEn: 'Training Office of Qazvin County',
      closedWeekdays: [4, 5],
    });
    expect(await db.count(Holiday)).toBe(194);
  });
});
