import { Entity, Index, type Relation, Unique } from 'typeorm';
import { BelongsTo, Count, Digest, Id, Instant, KeyText, Ref } from '@app/platform';
import { RoleGrant, UserAccount } from '../account/user-account.entity.js';
import type { Tries } from '../access.rules.js';

/** A person at work in one role, in one browser. Ends by sign-out, by a switch of role, idle, or at `expiresAt`. */
@Entity('sign_in_session')
@Unique('sign_in_session_once_per_token', ['tokenHash'])
@Index('sign_in_session_by_end', ['expiresAt'])
export class SignInSession {
  @Id() id: string;
  /** SHA-256 of the token; the token itself is in the browser's cookie only. */
  @Digest() tokenHash: string;
  @Ref() userId: string;
  @Ref() grantId: string;
  @Instant() createdAt: Date;
  /** Exact to a minute. */
  @Instant() lastSeenAt: Date;
  @Instant() expiresAt: Date;
  @BelongsTo(() => UserAccount, 'userId') user: Relation<UserAccount>;
  @BelongsTo(() => RoleGrant, 'grantId') grant: Relation<RoleGrant>;
}

/**
 * Failed tries in a row for one user name or from one address. A name that nobody has is counted like any other, so
 * that a lock tells nothing. Ends with the right password, or a day after the last failure.
 */
@Entity('failed_tries')
@Index('failed_tries_by_time', ['lastFailedAt'])
export class FailedTries implements Tries {
  /** Keyed digest of the user name or the address. */
  @KeyText(64) id: string;
  @Count() failed: number;
  @Instant() lastFailedAt: Date;
  @Instant({ nullable: true }) lockedUntil: Date | null;
}
