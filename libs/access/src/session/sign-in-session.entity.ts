import { Entity, Index, type Relation, Unique } from 'typeorm';
import { BelongsTo, Choice, Count, Digest, Id, Instant, Json, KeyText, Ref, Text } from '@app/platform';
import { RoleGrant, UserAccount } from '../account/user-account.entity.js';
import type { Tries } from '../access.rules.js';

/** What carries the token of a session. */
export enum SessionKind {
  BROWSER = 'BROWSER', // a cookie, given at sign-in
  PROGRAM = 'PROGRAM', // a bearer token of another program, with scopes
  DEVICE = 'DEVICE', // a bearer token of a telephone that takes attendance offline
}

/**
 * A person at work in one role: in one browser, by one other program or by one device. Ends by sign-out, by a switch of
 * role, idle, or at `expiresAt`.
 */
@Entity('sign_in_session')
@Unique('sign_in_session_once_per_token', ['tokenHash'])
@Index('sign_in_session_by_end', ['expiresAt'])
export class SignInSession {
  @Id() id: string;
  /** SHA-256 of the token; the token itself is in the browser's cookie, or with the program or device, only. */
  @Digest() tokenHash: string;
  @Ref() userId: string;
  @Ref() grantId: string;
  @Choice(SessionKind) kind: SessionKind;
  /** What its owner calls a program or a device; a browser has none. */
  @Text(100, { nullable: true }) name: string | null;
  /** The operations it may try, of those its role may; null is all of them. */
  @Json({ nullable: true }) scopes: string[] | null;
  @Instant() createdAt: Date;
  /** Exact to a minute. */
  @Instant() lastSeenAt: Date;
  @Instant() expiresAt: Date;
  /** Another token has taken its place. A browser's late call learns that; a device's means that the token was copied. */
  @Instant({ nullable: true }) retiredAt: Date | null;
  /** The tokens that follow one another on one device. */
  @Ref({ nullable: true }) familyId: string | null;
  /** The device's token before this one, until this one is first used. */
  @Ref({ nullable: true }) replacesId: string | null;
  @BelongsTo(() => UserAccount, 'userId') user: Relation<UserAccount>;
  @BelongsTo(() => RoleGrant, 'grantId') grant: Relation<RoleGrant>;
}

/** How long sessions of a role last, where that differs from the usual ones. */
@Entity('session_limits')
export class SessionLimitsOfRole {
  /** The role. */
  @KeyText(32) id: string;
  @Count() idleMinutes: number;
  @Count() absoluteMinutes: number;
}

/**
 * Failed tries in a row for one user name or from one address. A name that nobody has is counted like any other, so
 * that a lock tells nothing. Ends with the right password, or in the night a day after the last failure.
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
