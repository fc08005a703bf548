import { Entity, type Relation, Unique } from 'typeorm';
import { BelongsTo, Digest, Id, Instant, Ref } from '@app/platform';
import { UserAccount } from '../account/user-account.entity.js';

/** A single-use link by which one account gets a new password. The second factor stays as it is. Kept after use. */
@Entity('password_reset')
@Unique('password_reset_once_per_token', ['tokenHash'])
export class PasswordReset {
  @Id() id: string;
  /** SHA-256 of the token in the link. */
  @Digest() tokenHash: string;
  @Ref() userId: string;
  @Ref() madeById: string;
  @Instant() createdAt: Date;
  @Instant() expiresAt: Date;
  @Instant({ nullable: true }) usedAt: Date | null;
  @BelongsTo(() => UserAccount, 'userId') user: Relation<UserAccount>;
}
