import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Actor, placePath, Role } from '@app/access';
import { searchForm, sortKey } from '@app/persian';
import { newId, SYSTEM } from '@app/platform';
import { TestClock, testDatabase } from '@app/testing';
import { CalendarService } from '../calendar/calendar.service.js';
import { Office, OfficeKind } from '../office/office.entity.js';
import { OfficeAction, officeActions, officeKeptBy } from '../office/office.policy.js';
import { OfficeService } from '../office/office.service.js';
import { loadReferenceData } from '../reference-data.js';
import { TrainingField, TrainingStandard } from '../standard/standard.entity.js';
import { TrainerAppointment } from '../trainer/trainer.entity.js';
import { TrainerService } from '../trainer/trainer.service.js';
import { Institute, LicenceType, Room } from './institute.entity.js';
import type { RegisterInstituteInput } from './institute.graphql.js';
import { instituteActions, institutesKeptBy } from './institute.policy.js';
import { InstituteService } from './institute.service.js';

const clock = new TestClock('2026-11-21');
const db = testDatabase(clock);
let institutes: InstituteService;
let trainers: TrainerService;
let calendar: CalendarService;

const national: Actor = { role: Role.NATIONAL_OFFICER, userId: 'n' };
const provincial = (provinceCode: string): Actor => ({ role: Role.PROVINCIAL_OFFICER, userId: 'p', provinceCode });
const assessor = (provinceCode: string): Actor => ({ role: Role.ASSESSOR, userId: 's', provinceCode });
const manager = ({ officeId }: { officeId: string }, instituteId: string, provinceCode = '26'): Actor => ({
  ...{ role: Role.INSTITUTE_MANAGER, userId: 'm' },
  ...{ provinceCode, officeId, instituteId },
});
const trainer = (trainerId: string): Actor => ({ role: Role.TRAINER, userId: 't', provinceCode: '26', trainerId });
const administrator: Actor = { role: Role.ADMINISTRATOR, userId: 'a' };
const county = async (countyCode: string): Promise<Actor & { officeId: string }> => {
  const office = await db.database.read((tx) => tx.get(Office, { countyCode }));
  return { role: Role.COUNTY_OFFICER, userId: countyCode, provinceCode: countyCode.slice(0, 2), officeId: office.id };
};

let numbers = 0;
const newInstitute = (changed: Partial<RegisterInstituteInput> = {}): RegisterInstituteInput => ({
  name: `آموزشگاه ${++numbers}`,
  licenceNumber: `L-${numbers}`,
  licenceType: LicenceType.ALEF,
  licensedFields: [TrainingField.CARPET],
  licenceIssuedOn: '2026-01-01',
  licenceExpiresOn: '2030-12-31',
  ...changed,
});
const page = { first: 100 };
const names = async (actor: Actor, args: object = {}) =>
  (await institutes.institutes(actor, { ...page, ...args })).items.map(({ name }) => name);

let qazvin: Actor & { officeId: string };
let abyek: Actor & { officeId: string };
let tehran: Actor & { officeId: string };

beforeAll(async () => {
  await loadReferenceData(db.database);
  institutes = new InstituteService(db.database, clock);
  trainers = new TrainerService(db.database, db.keys, clock);
  calendar = new CalendarService(db.database);
  [qazvin, abyek, tehran] = await Promise.all([county('2603'), county('2604'), county('2301')]);
}, 60_000);

describe('registering an institute', () => {
  it('keeps it under the office of the officer, found by any spelling', async () => {
    const { id } = await institutes.register(
      qazvin,
      newInstitute({ name: ' آموزشگاه  قالی‌بافیِ گُلستان ', licenceNumber: '۲۶/۱۷' }),
    );

    expect(await institutes.institute(qazvin, id)).toMatchObject({
      name: 'آموزشگاه قالی‌بافیِ گُلستان',
      licenceNumber: '26/17',
      provinceCode: '26',
      office: { countyCode: '2603' },
      closedWeekdays: null,
      closedWeekdaysInForce: [5],
      rooms: [],
      appointments: [],
    });
    expect(await names(qazvin, { search: 'قاليبافي گلستان' })).toHaveLength(1);
    expect(await names(qazvin, { search: '100%' })).toEqual([]);
    expect(await names(qazvin, { search: '_' })).toEqual([]);
    expect(await db.events('InstituteRegistered')).toEqual([{ instituteId: id, officeId: qazvin.officeId }]);
  });

  it('refuses the number of another institute, of any county and in any digits', async () => {
    await institutes.register(qazvin, newInstitute({ licenceNumber: '77/5' }));
    await expect(institutes.register(tehran, newInstitute({ licenceNumber: '۷۷/۵' }))).rejects.toMatchObject({
      reason: 'LICENCE_NUMBER_TAKEN',
    });
    await expect(institutes.register(qazvin, newInstitute({ name: ' \u200c ' }))).rejects.toMatchObject({
      reason: 'NAME_MISSING',
    });
  });

  it('gives one number to one institute, however many ask for it at once', async () => {
    const asked = Array.from({ length: 8 }, (_, i) => (i % 2 ? qazvin : tehran));
    const answers = await Promise.allSettled(
      asked.map((actor) => institutes.register(actor, newInstitute({ licenceNumber: 'once' }))),
    );

    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const answer of answers)
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ reason: 'LICENCE_NUMBER_TAKEN' });
    expect(await db.count(Institute, { licenceNumber: 'once' })).toBe(1);
  });
});

describe('keeping an institute', () => {
  it('renews the licence and notes the day before', async () => {
    const { id, licenceNumber } = await institutes.register(qazvin, newInstitute());
    const renewal = { ...newInstitute({ licenceNumber, licenceExpiresOn: '2035-12-31' }), instituteId: id };
    const both = [TrainingField.HANDICRAFT, TrainingField.CARPET, TrainingField.CARPET];

    await expect(institutes.renewLicence(abyek, renewal)).rejects.toThrow('Not found');
    await institutes.renewLicence(qazvin, { ...renewal, licensedFields: both });
    expect(await institutes.institute(qazvin, id)).toMatchObject({
      licenceNumber,
      licenceExpiresOn: '2035-12-31',
      licensedFields: ['CARPET', 'HANDICRAFT'],
    });
    expect(await db.events('LicenceRenewed')).toEqual([
      { instituteId: id, expiredOnBefore: '2030-12-31', expiresOn: '2035-12-31' },
    ]);
    await expect(institutes.renewLicence(qazvin, renewal)).rejects.toMatchObject({ reason: 'RENEWAL_NOT_LATER' });
  });

  it('adds a room once, however many ask at once', async () => {
    const { id } = await institutes.register(qazvin, newInstitute());
    const add = (name: string, actor = qazvin) => institutes.addRoom(actor, { instituteId: id, name, capacity: 30 });

    const answers = await Promise.allSettled([add('كارگاه ۱'), add('کارگاه ۱'), add(' کارگاه  ۱ ')]);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(add('کارگاه ۱')).rejects.toMatchObject({ reason: 'ROOM_NAME_TAKEN' });
    await expect(add(' ')).rejects.toMatchObject({ reason: 'ROOM_NAME_MISSING' });
    await expect(add('کارگاه ۲', abyek)).rejects.toThrow('Not found');
    expect(await db.count(Room, { instituteId: id })).toBe(1);
    expect((await institutes.institute(qazvin, id)).rooms).toMatchObject([{ name: 'کارگاه ۱', capacity: 30 }]);
  });
});

describe('who sees institutes and offices', () => {
  let own: string;
  let foreign: string;
  let teacher: string;

  beforeAll(async () => {
    ({ id: own } = await institutes.register(abyek, newInstitute({ name: 'آموزشگاه آبیک' })));
    ({ id: foreign } = await institutes.register(tehran, newInstitute({ name: 'آموزشگاه تهران' })));
    ({ id: teacher } = await trainers.register(abyek, {
      givenName: 'مریم',
      familyName: 'رضایی',
      nationalId: '0790419904',
      cardExpiresOn: '2030-01-01',
    }));
    const standard = await db.database.read((tx) => tx.get(TrainingStandard, { code: '731899000000001' }));
    await trainers.appoint(abyek, {
      ...{ trainerId: teacher, instituteId: own, standardId: standard.id },
      ...{ startsOn: '2026-11-01', endsOn: '2027-11-01' },
    });
  });

  it.each([
    ['the national office', () => national, true, true],
    ['its province', () => provincial('26'), true, false],
    ['the assessment unit of its province', () => assessor('26'), true, false],
    ['another province', () => provincial('23'), false, true],
    ['its county', () => abyek, true, false],
    ['a sister county', () => qazvin, false, false],
    ['its manager', () => manager(abyek, own), true, false],
    ['the manager of another', () => manager(tehran, foreign, '23'), false, true],
    ['its trainer', () => trainer(teacher), true, false],
    ['a trainer of nowhere', () => trainer('nobody'), false, false],
  ])('%s', async (_, who, seesOwn, seesForeign) => {
    const actor = who();
    const listed = await names(actor);
    expect([listed.includes('آموزشگاه آبیک'), listed.includes('آموزشگاه تهران')]).toEqual([seesOwn, seesForeign]);
    for (const [id, sees] of [[own, seesOwn] as const, [foreign, seesForeign] as const]) {
      if (sees) expect((await institutes.institute(actor, id)).id).toBe(id);
      else await expect(institutes.institute(actor, id)).rejects.toThrow('Not found');
    }
  });

  it('leaves the administrator out, and lets only the county keep what is its own', async () => {
    await expect(names(administrator)).rejects.toThrow('Not allowed');
    const others = [national, provincial('26'), assessor('26'), manager(abyek, own), trainer(teacher), administrator];
    for (const actor of others) {
      expect(() => institutesKeptBy(actor)).toThrow('Not allowed');
      expect(instituteActions(actor, { officeId: abyek.officeId })).toEqual([]);
    }
    expect(instituteActions(abyek, { officeId: abyek.officeId })).toHaveLength(4);
    expect(instituteActions(qazvin, { officeId: abyek.officeId })).toEqual([]);
  });

  it('shows each office those below it, and lets it keep itself', async () => {
    const seen = async (actor: Actor) => new OfficeService(db.database).offices(actor);
    expect(await seen(national)).toHaveLength(514);
    const ofProvince = await seen(provincial('26'));
    expect(ofProvince.map(({ kind }) => kind)).toEqual(['PROVINCIAL', ...Array(6).fill('COUNTY')]);
    expect(ofProvince.at(1)?.nameEn).toContain('Abyek');
    expect((await seen(abyek)).map(({ countyCode }) => countyCode)).toEqual(['2604']);

    const offices = await seen(national);
    for (const actor of [national, provincial('26'), abyek]) {
      const kept = await db.database.read((tx) => tx.get(Office, officeKeptBy(actor)));
      expect(offices.filter((office) => officeActions(actor, office).length > 0).map(({ id }) => id)).toEqual([
        kept.id,
      ]);
    }
    expect(() => officeKeptBy(assessor('26'))).toThrow('Not allowed');
    expect(officeActions(assessor('26'), offices[0] as Office)).toEqual([]);
    expect(Object.values(OfficeAction)).toHaveLength(1);
  });

  it('closes the weekdays of the nearest that has set any', async () => {
    const office = (actor: Actor) => db.database.read((tx) => tx.get(Office, officeKeptBy(actor)));
    const set = async (actor: Actor, weekdays: number[] | null) =>
      calendar.setClosedWeekdays(actor, { officeId: (await office(actor)).id, weekdays });
    const inForce = async () => (await institutes.institute(abyek, own)).closedWeekdaysInForce;

    await set(national, [5, 4, 5]);
    expect(await inForce()).toEqual([4, 5]);
    await set(provincial('26'), [5, 6]);
    expect(await inForce()).toEqual([5, 6]);
    expect(await calendar.setClosedWeekdays(abyek, { instituteId: own, weekdays: [] })).toEqual({
      weekdays: [],
      inForce: [],
    });
    expect(await inForce()).toEqual([]);
    expect(await calendar.setClosedWeekdays(abyek, { instituteId: own, weekdays: null })).toEqual({
      weekdays: null,
      inForce: [5, 6],
    });
    await set(provincial('26'), null);
    expect(await set(abyek, null)).toEqual({ weekdays: null, inForce: [4, 5] });
    await set(national, null);
    expect(await inForce()).toEqual([5]);
    expect(await db.events('ClosedWeekdaysSet')).toHaveLength(7);
  });

  it('does not let an office close a whole week, or the days of another', async () => {
    const week = [1, 2, 3, 4, 5, 6, 7];
    await expect(calendar.setClosedWeekdays(abyek, { instituteId: own, weekdays: week })).rejects.toMatchObject({
      reason: 'NO_OPEN_DAY',
    });
    await expect(calendar.setClosedWeekdays(qazvin, { instituteId: own, weekdays: [5] })).rejects.toThrow('Not found');
    const { officeId } = abyek;
    await expect(calendar.setClosedWeekdays(qazvin, { officeId, weekdays: [5] })).rejects.toThrow('Not found');
    await expect(calendar.setClosedWeekdays(provincial('26'), { officeId, weekdays: [5] })).rejects.toThrow(
      'Not found',
    );
    expect(() => calendar.setClosedWeekdays(abyek, { weekdays: [5] })).toThrow('either');
  });

  it('asks for holidays between two days', async () => {
    const nowruz = await calendar.holidays({ from: '2026-03-20', to: '2026-03-21' });
    expect(nowruz.map(({ titleEn }) => titleEn)).toEqual(['Oil Nationalisation Day', 'Nowruz, day 1', 'Eid al-Fitr']);
    await expect(calendar.holidays({ from: '2026-03-20', to: '2028-05-30' })).rejects.toThrow('800');
  });
});

describe('a page of institutes', () => {
  const insert = (officeId: string, many: number) =>
    db.database.write(SYSTEM, async (tx) => {
      const standard = await tx.get(TrainingStandard, { code: '731899000000001' });
      const [teacher] = await tx.query<{ id: string }>('SELECT id FROM trainer LIMIT 1');
      const rows = await tx.insertAll(
        Institute,
        Array.from({ length: many }, () => {
          const { name, ...licence } = newInstitute();
          return {
            ...licence,
            ...{
              officeId,
              path: placePath('04', officeId, newId()),
              provinceCode: '04',
              name,
              searchName: searchForm(name),
              sortKey: sortKey(name),
            },
            closedWeekdays: null,
          };
        }),
      );
      await tx.insertAll(
        Room,
        rows.map(({ id }) => ({ instituteId: id, name: 'کارگاه', capacity: 20 })),
      );
      await tx.insertAll(
        TrainerAppointment,
        rows.map(({ id }) => ({
          ...{ instituteId: id, trainerId: teacher?.id as string, standardId: standard.id },
          ...{ startsOn: '2026-01-01', endsOn: '2027-01-01' },
        })),
      );
    });

  it('costs the same number of statements for 1, 10 and 100', async () => {
    const counts: number[] = [];
    const offices = await db.database.read((tx) =>
      tx.repo(Office).findBy({ provinceCode: '04', kind: OfficeKind.COUNTY }),
    );
    for (const [i, many] of [1, 10, 100].entries()) {
      const officeId = offices[i]?.id as string;
      await insert(officeId, many);
      const actor: Actor = { role: Role.COUNTY_OFFICER, userId: 'c', provinceCode: '04', officeId };
      counts.push(
        await db.statementsOf(async () => {
          const { items } = await institutes.institutes(actor, page);
          expect(items).toHaveLength(many);
          expect(items.every(({ rooms, appointments }) => rooms.length === 1 && appointments.length === 1)).toBe(true);
        }),
      );
    }
    expect(counts).toEqual([5, 5, 5]);
  });

  it('goes on where the one before ended, in Persian order', async () => {
    const walked: string[] = [];
    for (let after: string | null = null, first = true; first || after; first = false) {
      const { items, nextCursor } = await institutes.institutes(provincial('04'), { first: 30, after });
      walked.push(...items.map(({ id }) => id));
      after = nextCursor;
    }
    expect(walked).toHaveLength(111);
    expect(new Set(walked).size).toBe(111);
  });
});
