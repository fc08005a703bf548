import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Actor, type Bounds, placePath, Role } from '@app/access';
import { newId } from '@app/platform';
import { testDatabase } from '@app/testing';
import { Institute, LicenceType } from '../institute/institute.entity.js';
import { Trainer } from '../trainer/trainer.entity.js';
import { Office, OfficeKind } from './office.entity.js';
import { TrainingPlaces } from './places.service.js';

describe('the places an officer invites people to', () => {
  const db = testDatabase();
  const places = new TrainingPlaces();
  const [tehranCounty, otherCounty, fars] = [newId(), newId(), newId()];
  const [institute, foreignInstitute, trainer, foreignTrainer] = [newId(), newId(), newId(), newId()];
  const nowhere = newId();

  beforeAll(() =>
    db.database.write({ userId: 'spec' }, async (tx) => {
      const office = (id: string, kind: OfficeKind, provinceCode: string, countyCode: string | null) => {
        const names = { name: 'اداره', nameEn: 'Office' };
        const path = placePath(provinceCode, countyCode && id);
        return { id, kind, path, provinceCode, countyCode, parentId: null, closedWeekdays: null, ...names };
      };
      await tx.insertAll(Office, [
        office(newId(), OfficeKind.PROVINCIAL, '23', null),
        office(tehranCounty, OfficeKind.COUNTY, '23', '2301'),
        office(otherCounty, OfficeKind.COUNTY, '23', '2302'),
        office(newId(), OfficeKind.PROVINCIAL, '07', null),
        office(fars, OfficeKind.COUNTY, '07', '0701'),
      ]);
      const licence = (id: string, officeId: string) => {
        const names = { name: 'آموزشگاه', searchName: 'x', sortKey: 'x', licenceNumber: id };
        const type = { licenceType: LicenceType.ALEF, licensedFields: [], closedWeekdays: null };
        const days = { licenceIssuedOn: '2025-01-01', licenceExpiresOn: '2027-01-01' };
        return { id, officeId, path: placePath('23', officeId, id), provinceCode: '23', ...names, ...type, ...days };
      };
      await tx.insertAll(Institute, [licence(institute, tehranCounty), licence(foreignInstitute, otherCounty)]);
      const card = (id: string, provinceCode: string) => {
        const names = { givenName: 'مریم', familyName: 'رضایی', searchName: 'x', sortKey: 'x' };
        const nationalIdIndex = id.padEnd(64, '0');
        return { id, provinceCode, ...names, nationalId: '0012345679', nationalIdIndex, cardExpiresOn: '2027-01-01' };
      };
      await tx.insertAll(Trainer, [card(trainer, '23'), card(foreignTrainer, '07')]);
    }),
  );

  const national: Actor = { role: Role.NATIONAL_OFFICER, userId: 'n' };
  const provincial: Actor = { role: Role.PROVINCIAL_OFFICER, userId: 'p', provinceCode: '23' };
  const county: Actor = { role: Role.COUNTY_OFFICER, userId: 'c', provinceCode: '23', officeId: tehranCounty };

  const association: Actor = { role: Role.ASSOCIATION_MANAGER, userId: 'm', provinceCode: '23', branchId: institute };

  it.each<[string, Actor, Partial<Bounds>, boolean]>([
    ['national: a province', national, { provinceCode: '07' }, true],
    ['national: a province that is none', national, { provinceCode: '99' }, false],
    ['provincial: a county of its own', provincial, { provinceCode: '23', officeId: tehranCounty }, true],
    ['provincial: its own county under another code', provincial, { provinceCode: '07', officeId: fars }, false],
    ['provincial: a county of another province', provincial, { provinceCode: '23', officeId: fars }, false],
    ['provincial: nowhere', provincial, { provinceCode: '23', officeId: nowhere }, false],
    ['county: its institute', county, { provinceCode: '23', officeId: tehranCounty, instituteId: institute }, true],
    [
      'county: an institute of the next county',
      county,
      { provinceCode: '23', officeId: otherCounty, instituteId: foreignInstitute },
      false,
    ],
    [
      'county: an institute under another county than its own',
      county,
      { provinceCode: '23', officeId: tehranCounty, instituteId: foreignInstitute },
      false,
    ],
    ['county: a trainer of its province', county, { provinceCode: '23', trainerId: trainer }, true],
    ['county: a trainer of another province', county, { provinceCode: '23', trainerId: foreignTrainer }, false],
    ['another branch of the association', association, { provinceCode: '23', branchId: nowhere }, false],
    ['its own branch', association, { provinceCode: '23', branchId: institute }, true],
  ])('%s', async (_, actor, bounds, expected) => {
    const none = { provinceCode: null, officeId: null, instituteId: null, trainerId: null };
    const all = { ...none, branchId: null, traineeId: null, ...bounds };
    expect(await db.database.read((tx) => places.within(tx, actor, all))).toBe(expected);
  });
});
