import { Entity, Index } from 'typeorm';
import { Choice, Day, Id, Instant, Json, Personal, Ref, Text } from '@app/platform';
import type { Actor } from '../actor.rules.js';
import { Role } from '../actor.rules.js';
import { AgreementKind, AgreementState } from './agreement.rules.js';

/** One person has asked for what takes two. Never deleted; what was asked is never changed. */
@Entity('agreement_request')
@Index('agreement_request_by_desk', ['state', 'role', 'place'])
@Index('agreement_request_by_asker', ['askedById'])
export class AgreementRequest {
  @Id() id: string;
  @Choice(AgreementKind) kind: AgreementKind;
  @Choice(AgreementState) state: AgreementState;
  /** What was asked, as the deed takes it: ids and settings. */
  @Json() body: object;
  /** What it is about, as it was shown to who asked: the lines as JSON. */
  @Personal(2000) about: string;
  /** Why it is asked, for who is to agree. */
  @Personal(300) purpose: string;
  @Ref() askedById: string;
  /** In which role, with its bounds. */
  @Json() asker: Actor;
  @Instant() askedAt: Date;
  /** The desk at which it waits: the asker's own, or one above. */
  @Choice(Role) role: Role;
  @Text(80) place: string;
  /** Since when it has waited at this desk. */
  @Instant() waitingSince: Date;
  @Ref({ nullable: true }) answeredById: string | null;
  /** In whose name, when a deputy has answered. */
  @Ref({ nullable: true }) answeredForId: string | null;
  @Instant({ nullable: true }) answeredAt: Date | null;
  @Personal(300, { nullable: true }) answer: string | null;
  /** Why it could no longer be done. */
  @Text(64, { nullable: true }) outcome: string | null;
}

/** Somebody stands in for a colleague of the same office, from day to day. Ends earlier when it is taken back. */
@Entity('deputy')
@Index('deputy_by_deputy', ['deputyId'])
@Index('deputy_by_user', ['userId'])
export class Deputy {
  @Id() id: string;
  /** Whose place is taken, in which of the person's roles. */
  @Ref() userId: string;
  @Ref() grantId: string;
  @Ref() deputyId: string;
  @Day() fromDay: string;
  @Day() toDay: string;
  @Instant() namedAt: Date;
  @Instant({ nullable: true }) endedAt: Date | null;
}
