import { Entity, Index, type Relation } from 'typeorm';
import { BelongsTo, Choice, Id, Instant, Personal, Ref } from '@app/platform';
import { Trainee } from '../trainee/trainee.entity.js';

/** How an officer knew the person who came without their telephone. */
export enum IdentityCheck {
  NATIONAL_CARD = 'NATIONAL_CARD',
  BIRTH_CERTIFICATE = 'BIRTH_CERTIFICATE',
  PASSPORT = 'PASSPORT',
}

export enum MobileChangeState {
  WAITING = 'WAITING',
  DONE = 'DONE',
  OBJECTED = 'OBJECTED', // whoever has the old number said no
}

/** An office vouches for a new mobile number of a trainee or graduate. Ends after its wait, or by an objection. */
@Entity('mobile_change')
@Index('mobile_change_by_trainee', ['traineeId', 'state'])
export class MobileChange {
  @Id() id: string;
  @Ref() traineeId: string;
  @Personal(11, { nullable: true }) oldMobile: string | null;
  @Personal(11) newMobile: string;
  @Choice(IdentityCheck) identityCheck: IdentityCheck;
  /** Why, in the officer's words. */
  @Personal(300) vouching: string;
  @Choice(MobileChangeState) state: MobileChangeState;
  @Ref() vouchedById: string;
  @Instant() vouchedAt: Date;
  @Instant() takesEffectAt: Date;
  @Instant({ nullable: true }) settledAt: Date | null;
  @BelongsTo(() => Trainee, 'traineeId') trainee: Relation<Trainee>;
}
