import { Entity, type Relation, Unique } from 'typeorm';
import { BelongsTo, Count, Digest, Flag, Id, Instant, Json, KeyText, Personal, Ref } from '@app/platform';
import { UserAccount } from '../account/user-account.entity.js';

/** The authenticator of one account. Its id is the account's. Ends when a higher office lets the person in again. */
@Entity('authenticator')
export class Authenticator {
  @Id() id: string;
  /** In base 32; null until the first code of it was typed. */
  @Personal(64, { nullable: true }) secret: string | null;
  /** One that is being set up: it takes the place of `secret` once a code of it was typed. */
  @Personal(64, { nullable: true }) pendingSecret: string | null;
  /** The step of 30 seconds whose code was used last: neither it nor an earlier one is taken again. */
  @Count({ nullable: true }) lastStep: number | null;
  @Instant() changedAt: Date;
}

/** One code of a printed sheet. Used once; a new sheet takes the place of the one before. */
@Entity('one_time_code')
@Unique('one_time_code_once', ['userId', 'digest'])
export class OneTimeCode {
  @Id() id: string;
  @Ref() userId: string;
  /** Keyed digest of the code and its account. */
  @Digest() digest: string;
  @Instant() createdAt: Date;
  @Instant({ nullable: true }) usedAt: Date | null;
  @BelongsTo(() => UserAccount, 'userId') user: Relation<UserAccount>;
}

/** What an office or a branch asks of its own people and of those below it when they sign in. */
@Entity('second_factor_rule')
export class SecondFactorRule {
  /** Its place in the tree of tenancy. */
  @KeyText(80) id: string;
  @Flag() required: boolean;
  /** Since when it is required; the days of grace begin here. */
  @Instant({ nullable: true }) requiredSince: Date | null;
  /** The office's own networks (CIDR): whoever signs in from there needs no code. */
  @Json() networks: string[];
}
