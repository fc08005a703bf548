import { Entity, Unique } from 'typeorm';
import { Choice, Count, Day, Id, Text } from '@app/platform';

/** What is erased by rule. Events are not: they hold ids only, and are never edited. */
export enum RetentionSubject {
  /** What a support association knows of a person, from its last act on: first of all. */
  REFERRAL = 'REFERRAL',
  /** Mobile numbers of trainees, from the end of their last course run on. */
  CONTACT = 'CONTACT',
  /** Papers about course runs, from the day on which they were last asked for. They can be drawn again. */
  PAPER = 'PAPER',
  /** Names on certificates, from the day of issue on. Serial, code, hash and state stay for ever. */
  CERTIFICATE_NAME = 'CERTIFICATE_NAME',
}

/** How long something is kept, from a day on. The latest rule that has begun is in force; without one nothing is erased. */
@Entity('retention_rule')
@Unique('retention_rule_once_per_day', ['subject', 'effectiveFrom'])
export class RetentionRule {
  @Id() id: string;
  @Choice(RetentionSubject) subject: RetentionSubject;
  @Day() effectiveFrom: string;
  @Count() months: number;
  @Text(300) source: string;
}
