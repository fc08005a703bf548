import { Entity, Index, type Relation } from 'typeorm';
import { BelongsTo, EndlessText, Id, Ref } from '@app/platform';
import { Referral } from '../referral/referral.entity.js';

/** A seat that a branch has given a person. In which run, when and by which token is sealed: the row names neither. */
@Entity('sponsorship')
@Index('sponsorship_by_referral', ['referralId'])
export class Sponsorship {
  @Id() id: string;
  @Ref() referralId: string;
  /** A `Sponsored`, by `Vault`. */
  @EndlessText() sealed: string;
  @BelongsTo(() => Referral, 'referralId') referral: Relation<Referral>;
}
