import { Entity, Index, Unique } from 'typeorm';
import { Choice, Count, Id, Instant, Json, Text } from '../database/columns.js';
import type { EventIds } from '../events/event.js';

export enum JobState {
  WAITING = 'WAITING', // to be run; running while its lease lasts
  FAILED = 'FAILED', // gave up after the last attempt; a new event about the subject wakes it
}

/**
 * Work still to do about one subject, written in the transaction that made it necessary; deleted when done.
 * `wanted` counts the events that asked for it, `taken` is `wanted` as a run began: a run that ends with less than is
 * wanted runs again, so an event that comes while the job runs is never lost.
 */
@Entity('job')
@Unique('job_once_per_subject', ['name', 'subject'])
@Index('job_due', ['state', 'runAfter'])
export class Job {
  @Id() id: string;
  @Text(80) name: string;
  @Text(80) subject: string;
  @Json() payload: EventIds;
  @Choice(JobState) state: JobState;
  @Count() wanted: number;
  @Count() taken: number;
  @Count() attempts: number;
  @Count() stalls: number;
  @Instant() createdAt: Date;
  @Instant() runAfter: Date;
  @Text(36, { nullable: true }) lease: string | null;
  @Instant({ nullable: true }) leasedUntil: Date | null;
  @Text(500, { nullable: true }) reason: string | null;
}
