import { DomainEvent } from '@app/platform';

// All of these stand in the trail of the branch, not of the province.

export class PersonReferred extends DomainEvent {
  referralId: string;
}

/** Somebody of the branch has looked at these. */
export class ReferralsRead extends DomainEvent {
  referralIds: string[];
}

/** Somebody of the branch has opened all that is known of one person. */
export class ReferralOpened extends DomainEvent {
  referralId: string;
}

/** The term of a referral was over; it is gone with its seats. */
export class ReferralErased extends DomainEvent {
  referralId: string;
}
