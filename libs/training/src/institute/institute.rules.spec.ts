import { describe, expect, it } from '@jest/globals';
import { TrainingField } from '../standard/standard.entity.js';
import { LicenceType } from './institute.entity.js';
import { InstituteRefusal as Refusal, type Licence, refuseLicence, refuseRenewal } from './institute.rules.js';

const licence = (changed: Partial<Licence> = {}): Licence => ({
  licenceNumber: '26/1405/17',
  licenceType: LicenceType.ALEF,
  licensedFields: [TrainingField.CARPET],
  licenceIssuedOn: '2026-01-01',
  licenceExpiresOn: '2030-12-31',
  ...changed,
});

describe('a licence', () => {
  it.each([
    ['is right', licence(), false, null],
    ['has no number', licence({ licenceNumber: '' }), false, Refusal.LICENCE_NUMBER_MISSING],
    ['names no field', licence({ licensedFields: [] }), false, Refusal.NO_FIELD],
    ['ends on its first day', licence({ licenceExpiresOn: '2026-01-01' }), false, Refusal.LICENCE_DATES_REVERSED],
    ['is valid for a day', licence({ licenceExpiresOn: '2026-01-02' }), false, null],
    ['has the number of another', licence(), true, Refusal.LICENCE_NUMBER_TAKEN],
  ])('2.2.3 that %s', (_, given, taken, expected) => {
    expect(refuseLicence(given, taken)).toBe(expected);
  });

  it.each([
    ['a day longer', '2030-12-30', licence(), false, null],
    ['not longer', '2030-12-31', licence(), false, Refusal.RENEWAL_NOT_LATER],
    ['under the number of another', '2030-12-30', licence(), true, Refusal.LICENCE_NUMBER_TAKEN],
    [
      'with dates reversed',
      '2025-01-01',
      licence({ licenceExpiresOn: '2025-12-31' }),
      false,
      Refusal.LICENCE_DATES_REVERSED,
    ],
  ])('renewed %s', (_, licenceExpiresOn, given, taken, expected) => {
    expect(refuseRenewal({ licenceExpiresOn }, given, taken)).toBe(expected);
  });
});
