import { describe, expect, it } from '@jest/globals';
import { AppointmentRefusal as Refusal, refuseAppointment } from './trainer.rules.js';

const facts = {
  startsOn: '2026-12-01',
  endsOn: '2027-03-01',
  fieldLicensed: true,
  licenceExpiresOn: '2030-01-01',
  cardExpiresOn: '2030-01-01',
  standing: [],
};

describe('an appointment', () => {
  it.each([
    ['is right', {}, null],
    ['is for one day', { endsOn: '2026-12-01' }, null],
    ['ends before it starts', { endsOn: '2026-11-30' }, Refusal.DATES_REVERSED],
    ['is for a field that is not licensed', { fieldLicensed: false }, Refusal.FIELD_NOT_LICENSED],
    ['starts on the last day of the licence', { licenceExpiresOn: '2026-12-01' }, null],
    ['starts after the licence', { licenceExpiresOn: '2026-11-30' }, Refusal.LICENCE_EXPIRED],
    ['starts on the last day of the card', { cardExpiresOn: '2026-12-01' }, null],
    ['starts after the card', { cardExpiresOn: '2026-11-30' }, Refusal.CARD_EXPIRED],
    ['follows another', { standing: [{ startsOn: '2026-01-01', endsOn: '2026-11-30' }] }, null],
    [
      'begins within another',
      { standing: [{ startsOn: '2026-01-01', endsOn: '2026-12-01' }] },
      Refusal.ALREADY_APPOINTED,
    ],
    [
      'ends within another',
      { standing: [{ startsOn: '2027-03-01', endsOn: '2028-01-01' }] },
      Refusal.ALREADY_APPOINTED,
    ],
  ])('that %s', (_, changed, expected) => {
    expect(refuseAppointment({ ...facts, ...changed })).toBe(expected);
  });
});
