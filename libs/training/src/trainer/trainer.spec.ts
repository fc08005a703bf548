import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Actor, Role } from '@app/access';
import { SYSTEM } from '@app/platform';
import { TestClock, testDatabase } from '@app/testing';
import { LicenceType } from '../institute/institute.entity.js';
import { InstituteService } from '../institute/institute.service.js';
import { Office } from '../office/office.entity.js';
import { loadReferenceData } from '../reference-data.js';
import { TrainingField, TrainingStandard } from '../standard/standard.entity.js';
import { Trainer, TrainerAppointment } from './trainer.entity.js';
import { TrainerService } from './trainer.service.js';

const clock = new TestClock('2026-11-21');
const db = testDatabase(clock);
let trainers: TrainerService;
let qazvin: Actor;
let abyek: Actor;
let own: string;
let sister: string;
let weaving: string;
let baking: string;

const actors = (provinceCode: string) => ({
  province: { role: Role.PROVINCIAL_OFFICER, userId: 'p', provinceCode } as const,
  manager: (office: Actor, instituteId: string): Actor => ({
    ...{ role: Role.INSTITUTE_MANAGER, userId: 'm', provinceCode },
    ...{ officeId: 'officeId' in office ? office.officeId : '', instituteId },
  }),
  trainer: (trainerId: string) => ({ role: Role.TRAINER, userId: 't', provinceCode, trainerId }) as const,
});
const { province, manager, trainer } = actors('26');

const person = (nationalId: string, familyName: string) => ({
  givenName: 'زهرا',
  familyName,
  nationalId,
  cardExpiresOn: '2030-01-01',
});
const term = { startsOn: '2026-12-01', endsOn: '2027-12-01' };
const names = async (actor: Actor, args: object = {}) =>
  (await trainers.trainers(actor, { first: 50, ...args })).items.map(({ familyName }) => familyName);

beforeAll(async () => {
  await loadReferenceData(db.database);
  trainers = new TrainerService(db.database, db.keys, clock);
  const institutes = new InstituteService(db.database, clock);
  const county = async (countyCode: string): Promise<Actor> => {
    const { id: officeId } = await db.database.read((tx) => tx.get(Office, { countyCode }));
    return { role: Role.COUNTY_OFFICER, userId: countyCode, provinceCode: '26', officeId };
  };
  [qazvin, abyek] = await Promise.all([county('2603'), county('2604')]);
  const licence = {
    licenceType: LicenceType.BE,
    licensedFields: [TrainingField.CARPET],
    ...{ licenceIssuedOn: '2026-01-01', licenceExpiresOn: '2030-12-31' },
  };
  ({ id: own } = await institutes.register(qazvin, { ...licence, name: 'یاس', licenceNumber: '1' }));
  ({ id: sister } = await institutes.register(abyek, { ...licence, name: 'لاله', licenceNumber: '2' }));
  const standard = (code: string) => db.database.read((tx) => tx.get(TrainingStandard, { code }));
  ({ id: weaving } = await standard('731899000000001'));
  ({ id: baking } = await standard('751299000000001'));
}, 60_000);

describe('registering a trainer', () => {
  it('seals the national ID and lists it nowhere', async () => {
    const { id } = await trainers.register(qazvin, person('۰۷۹۰۴۱۹۹۰۴', 'علي‌پور'));

    expect(await db.database.read((tx) => tx.get(Trainer, { id }))).toMatchObject({
      nationalId: '0790419904',
      familyName: 'علی‌پور',
      provinceCode: '26',
    });
    const raw = await db.database.read((tx) => tx.query('SELECT * FROM trainer'));
    expect(JSON.stringify(raw)).not.toContain('0790419904');
    const listed = await trainers.trainers(qazvin, { first: 10, search: 'عليپور' });
    expect(listed.items).toHaveLength(1);
    expect(JSON.stringify(listed)).not.toMatch(/0790419904|nationalId/);
    expect(await db.events('TrainerRegistered')).toEqual([{ trainerId: id }]);
  });

  it.each([
    ['a person who is registered, from another county', { nationalId: '0790419904' }, 'ALREADY_REGISTERED'],
    ['a wrong national ID', { nationalId: '0790419905' }, 'BAD_NATIONAL_ID'],
    ['a number in the name', { givenName: 'زهرا ۲' }, 'BAD_GIVEN_NAME'],
    ['no family name', { familyName: ' ' }, 'BAD_FAMILY_NAME'],
    ['a card that ended yesterday', { cardExpiresOn: '2026-11-20' }, 'CARD_EXPIRED'],
  ])('refuses %s', async (_, changed, reason) => {
    await expect(trainers.register(abyek, { ...person('9990000018', 'نو'), ...changed })).rejects.toMatchObject({
      reason,
    });
  });

  it('makes one row of a person, however many register at once', async () => {
    const answers = await Promise.allSettled(
      [qazvin, abyek, qazvin, abyek].map((actor) => trainers.register(actor, person('9990000018', 'کریمی'))),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const answer of answers)
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ reason: 'ALREADY_REGISTERED' });
  });

  it('is for county officers', () => {
    expect(() => trainers.register(province, person('9990000018', 'کریمی'))).toThrow('Not allowed');
  });
});

describe('appointing a trainer', () => {
  let zahra: string;
  let karimi: string;

  beforeAll(async () => {
    const id = (familyName: string) => db.database.read(async (tx) => (await tx.get(Trainer, { familyName })).id);
    [zahra, karimi] = await Promise.all([id('علی‌پور'), id('کریمی')]);
  });

  it('makes one appointment, however many ask at once', async () => {
    const asked = { trainerId: zahra, instituteId: own, standardId: weaving, ...term };
    const days = ['2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04'];
    const answers = await Promise.allSettled(days.map((startsOn) => trainers.appoint(qazvin, { ...asked, startsOn })));

    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const answer of answers)
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ reason: 'ALREADY_APPOINTED' });
    expect(await db.count(TrainerAppointment)).toBe(1);
    expect(await db.events('TrainerAppointed')).toHaveLength(1);
  });

  it('keeps to the licence, to the own county and to the own province', async () => {
    const asked = { trainerId: karimi, instituteId: own, standardId: weaving, ...term };
    await expect(trainers.appoint(qazvin, { ...asked, standardId: baking })).rejects.toMatchObject({
      reason: 'FIELD_NOT_LICENSED',
    });
    await expect(trainers.appoint(qazvin, { ...asked, instituteId: sister })).rejects.toThrow('Not found');
    await db.database.write(SYSTEM, (tx) => tx.update(Trainer, { id: karimi }, { provinceCode: '23' }));
    await expect(trainers.appoint(qazvin, asked)).rejects.toThrow('Not found');
    await db.database.write(SYSTEM, (tx) => tx.update(Trainer, { id: karimi }, { provinceCode: '26' }));
    expect(await trainers.appoint(abyek, { ...asked, instituteId: sister })).toMatchObject({
      instituteName: 'لاله',
      standardTitleFa: 'قالی‌باف',
      familyName: 'کریمی',
    });
  });

  it('shows each actor the trainers and the appointments within reach', async () => {
    expect(await names(province)).toEqual(['علی‌پور', 'کریمی']);
    expect(await names(qazvin)).toEqual(['علی‌پور', 'کریمی']);
    expect(await names(manager(qazvin, own))).toEqual(['علی‌پور']);
    expect(await names(trainer(karimi))).toEqual(['کریمی']);
    expect(await names(actors('23').province)).toEqual([]);
    await expect(names({ role: Role.ADMINISTRATOR, userId: 'a' })).rejects.toThrow('Not allowed');

    const shown = async (actor: Actor) =>
      (await trainers.trainers(actor, { first: 50 })).items.flatMap(({ appointments }) =>
        appointments.map(({ instituteName }) => instituteName),
      );
    expect(await shown(province)).toEqual(['یاس', 'لاله']);
    expect(await shown(qazvin)).toEqual(['یاس']);
    expect(await shown(manager(abyek, sister))).toEqual(['لاله']);
  });

  it('finds who may teach a standard in an institute on a day', async () => {
    const asked = { instituteId: own, standardId: weaving };
    expect(await names(qazvin, { ...asked, on: '2026-12-04' })).toEqual(['علی‌پور']);
    expect(await names(qazvin, { ...asked, on: '2026-11-30' })).toEqual([]);
    expect(await names(qazvin, { ...asked, on: '2027-12-01' })).toEqual(['علی‌پور']);
    expect(await names(qazvin, { ...asked, on: '2027-12-02' })).toEqual([]);
    expect(await names(qazvin, { ...asked, standardId: baking })).toEqual([]);
    expect(await names(qazvin, { instituteId: sister })).toEqual([]);
    expect(await names(province, { instituteId: sister })).toEqual(['کریمی']);
    expect(await names({ role: Role.NATIONAL_OFFICER, userId: 'n' }, { standardId: weaving })).toHaveLength(2);
    expect(await names(qazvin, { on: '2030-01-02' })).toEqual([]);
  });

  it('lists in two statements', async () => {
    expect(await db.statementsOf(() => trainers.trainers(province, { first: 1 }))).toBe(2);
    expect(await db.statementsOf(() => trainers.trainers(province, { first: 50 }))).toBe(2);
  });
});
