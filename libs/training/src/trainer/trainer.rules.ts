/** Why a trainer is not registered: rules T1-T4 of the training README. */
export enum TrainerRefusal {
  BAD_GIVEN_NAME = 'BAD_GIVEN_NAME', // T1: missing, or with digits or signs
  BAD_FAMILY_NAME = 'BAD_FAMILY_NAME', // T1
  BAD_NATIONAL_ID = 'BAD_NATIONAL_ID', // T2: ten digits with the right check digit
  CARD_EXPIRED = 'CARD_EXPIRED', // T3: the trainer card is valid today
  ALREADY_REGISTERED = 'ALREADY_REGISTERED', // T4: one row a person, in the whole country
}

/** Why a trainer is not appointed: rules T5-T9, in this order. */
export enum AppointmentRefusal {
  DATES_REVERSED = 'DATES_REVERSED', // T5: the last day is not before the first
  FIELD_NOT_LICENSED = 'FIELD_NOT_LICENSED', // T6: the institute's licence names the standard's field
  LICENCE_EXPIRED = 'LICENCE_EXPIRED', // T7: the licence is valid on the first day
  CARD_EXPIRED = 'CARD_EXPIRED', // T8: the card is valid on the first day
  ALREADY_APPOINTED = 'ALREADY_APPOINTED', // T9: no two appointments to the same work on one day
}

interface AppointmentFacts {
  startsOn: string;
  endsOn: string;
  fieldLicensed: boolean;
  licenceExpiresOn: string;
  cardExpiresOn: string;
  /** The trainer's appointments for this standard in this institute. */
  standing: readonly { startsOn: string; endsOn: string }[];
}

/** The first rule that stands against an appointment, or null. */
export function refuseAppointment(facts: AppointmentFacts): AppointmentRefusal | null {
  const { startsOn, endsOn, standing } = facts;
  if (endsOn < startsOn) return AppointmentRefusal.DATES_REVERSED;
  if (!facts.fieldLicensed) return AppointmentRefusal.FIELD_NOT_LICENSED;
  if (facts.licenceExpiresOn < startsOn) return AppointmentRefusal.LICENCE_EXPIRED;
  if (facts.cardExpiresOn < startsOn) return AppointmentRefusal.CARD_EXPIRED;
  if (standing.some((other) => other.startsOn <= endsOn && other.endsOn >= startsOn))
    return AppointmentRefusal.ALREADY_APPOINTED;
  return null;
}
