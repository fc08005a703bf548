import { Entity, Unique } from 'typeorm';
import { Id, Instant, Text } from '@app/platform';

/** A branch of the support association. That it exists is no secret; whom it knows is. */
@Entity('association_branch')
@Unique('association_branch_once_per_trail', ['trail'])
export class AssociationBranch {
  @Id() id: string;
  @Text(2) provinceCode: string;
  @Text(100) name: string;
  /** Names the branch's own audit trail: a letter and a sign, so that it is no province's two digits. */
  @Text(2) trail: string;
  @Instant() createdAt: Date;
}
