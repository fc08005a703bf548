/** What ties a person to who is in prison. */
export enum FamilyTie {
  SPOUSE = 'SPOUSE',
  CHILD = 'CHILD',
  PARENT = 'PARENT',
  SIBLING = 'SIBLING',
  RELEASED = 'RELEASED', // was in prison
  OTHER = 'OTHER',
}

/** What a branch knows of a person: the secret. */
export interface Known {
  nationalId: string;
  givenName: string;
  familyName: string;
  /** The number of the family's file in the branch. */
  familyFile: string;
  familyTie: FamilyTie;
  eligibilityReason: string;
  /** `YYYY-MM-DD`, Gregorian. */
  referredOn: string;
}

export enum ReferralRefusal {
  ALREADY_REFERRED = 'ALREADY_REFERRED', // R1: one referral a person in a branch
}

/** How far a person has come with one seat. */
export enum SeatStage {
  TAKEN_BACK = 'TAKEN_BACK', // by the branch, before it was used
  REFERRED = 'REFERRED', // the token was given
  ENROLLED = 'ENROLLED',
  LEFT = 'LEFT',
  EXAMINED = 'EXAMINED',
  CERTIFIED = 'CERTIFIED',
}

/** The stage, from what training and certification know of the person in that run; null when they know nothing. */
export function stageOf(
  takenBack: boolean,
  progress: { stays: boolean; examined: boolean } | null,
  isCertified: boolean,
): SeatStage {
  if (takenBack) return SeatStage.TAKEN_BACK;
  if (!progress) return SeatStage.REFERRED;
  if (isCertified) return SeatStage.CERTIFIED;
  if (!progress.stays) return SeatStage.LEFT;
  return progress.examined ? SeatStage.EXAMINED : SeatStage.ENROLLED;
}
