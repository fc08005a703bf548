import { Entity } from 'typeorm';
import { Id, Instant, Json, Text } from '../database/columns.js';

/** Ids and plain numbers of what an event is about. Never names, never reasons. */
export type EventIds = Record<string, string | number | boolean | null | string[]>;

/** A fact of the business that other code may react to. Its properties are ids only. */
export abstract class DomainEvent {
  /** Keeps structural typing from taking any class for an event. */
  protected readonly isDomainEvent?: true;
}
export type EventType<E extends DomainEvent> = new () => E;
export type IdsOf<E extends DomainEvent> = { [K in keyof E]: E[K] };

/**
 * What happened, who did it and when. Only ever inserted, in the transaction of the change: the audit trail. The database
 * refuses to change or remove a row; after the commit it is linked into a chain of hashes (`audit/`).
 */
@Entity('business_event')
export class BusinessEvent {
  @Id() id: string;
  @Text(80) name: string;
  @Json() payload: EventIds;
  @Text(36) by: string;
  /** The province of who did it: whose chain the event belongs to. Empty for those above the provinces and for jobs. */
  @Text(2, { nullable: true }) provinceCode: string | null;
  @Instant() occurredAt: Date;
}
