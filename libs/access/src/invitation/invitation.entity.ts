import { Entity, type Relation, Unique } from 'typeorm';
import { BelongsTo, Choice, Digest, Id, Instant, Ref, Text } from '@app/platform';
import { UserAccount } from '../account/user-account.entity.js';
import type { RoleInBounds } from '../access.rules.js';
import { Role } from '../actor.rules.js';

/** A single-use link that makes an account with one role. Kept after use: it says who let whom in. */
@Entity('invitation')
@Unique('invitation_once_per_token', ['tokenHash'])
export class Invitation implements RoleInBounds {
  @Id() id: string;
  /** SHA-256 of the token in the link. */
  @Digest() tokenHash: string;
  @Choice(Role) role: Role;
  @Text(2, { nullable: true }) provinceCode: string | null;
  @Ref({ nullable: true }) officeId: string | null;
  @Ref({ nullable: true }) instituteId: string | null;
  @Ref({ nullable: true }) trainerId: string | null;
  @Ref({ nullable: true }) branchId: string | null;
  @Ref({ nullable: true }) traineeId: string | null;
  /** Null when it was made on the server's command line. */
  @Ref({ nullable: true }) invitedById: string | null;
  @Instant() createdAt: Date;
  @Instant() expiresAt: Date;
  @Instant({ nullable: true }) usedAt: Date | null;
  @BelongsTo(() => UserAccount, 'invitedById', { nullable: true }) invitedBy: Relation<UserAccount> | null;
}
