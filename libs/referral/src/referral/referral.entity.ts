import { Entity, type Relation, Unique } from 'typeorm';
import { BelongsTo, Day, Digest, EndlessText, Id, Ref } from '@app/platform';
import { AssociationBranch } from '../branch/branch.entity.js';

/**
 * A person whom a branch knows and sends to learn. All that is known is in one sealed text; the row ends, whole, when
 * its term is over.
 */
@Entity('referral')
@Unique('referral_once_per_person', ['branchId', 'personIndex'])
export class Referral {
  @Id() id: string;
  @Ref() branchId: string;
  /** By the association's own key: no digest of any other table is equal to it. `VaultRotation` makes it anew. */
  @Digest() personIndex: string;
  /** A `Known`, by `Vault`. */
  @EndlessText() sealed: string;
  /** The day of the branch's last act for the person. */
  @Day() touchedOn: string;
  @BelongsTo(() => AssociationBranch, 'branchId') branch: Relation<AssociationBranch>;
}
