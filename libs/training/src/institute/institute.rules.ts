import type { Institute } from './institute.entity.js';

/** What a licence says, as the clerk types it. */
export type Licence = Pick<
  Institute,
  'licenceNumber' | 'licenceType' | 'licensedFields' | 'licenceIssuedOn' | 'licenceExpiresOn'
>;

/** Why an institute is not registered or its licence not renewed: rules I1-I5 of the training README, in this order. */
export enum InstituteRefusal {
  NAME_MISSING = 'NAME_MISSING', // I1
  LICENCE_NUMBER_MISSING = 'LICENCE_NUMBER_MISSING', // I1
  NO_FIELD = 'NO_FIELD', // I2: a licence names at least one field
  LICENCE_DATES_REVERSED = 'LICENCE_DATES_REVERSED', // I3: it ends after the day it was issued
  RENEWAL_NOT_LATER = 'RENEWAL_NOT_LATER', // I4: a renewed licence ends later than the one before
  LICENCE_NUMBER_TAKEN = 'LICENCE_NUMBER_TAKEN', // I5: one number, one institute, in the whole country
}

/** @param numberTaken  another institute has this licence number */
export function refuseLicence(licence: Licence, numberTaken: boolean): InstituteRefusal | null {
  if (licence.licenceNumber === '') return InstituteRefusal.LICENCE_NUMBER_MISSING;
  if (licence.licensedFields.length === 0) return InstituteRefusal.NO_FIELD;
  if (licence.licenceExpiresOn <= licence.licenceIssuedOn) return InstituteRefusal.LICENCE_DATES_REVERSED;
  if (numberTaken) return InstituteRefusal.LICENCE_NUMBER_TAKEN;
  return null;
}

/** @param before  the licence that is renewed */
export function refuseRenewal(
  before: Pick<Institute, 'licenceExpiresOn'>,
  licence: Licence,
  numberTaken: boolean,
): InstituteRefusal | null {
  const refusal = refuseLicence(licence, numberTaken);
  if (refusal && refusal !== InstituteRefusal.LICENCE_NUMBER_TAKEN) return refusal;
  if (licence.licenceExpiresOn <= before.licenceExpiresOn) return InstituteRefusal.RENEWAL_NOT_LATER;
  return refusal;
}

/** Why a room is not added: rule I6. */
export enum RoomRefusal {
  ROOM_NAME_MISSING = 'ROOM_NAME_MISSING',
  ROOM_NAME_TAKEN = 'ROOM_NAME_TAKEN', // two rooms of one institute need two names
}
