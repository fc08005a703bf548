import { Entity, Unique } from 'typeorm';
import { Count, Digest, KeyCount, KeyText, Ref } from '../database/columns.js';

/**
 * The place of one event in the chain of its province. Written after the event's commit, so that no change waits for a
 * chain; only ever inserted. An event that was edited, removed or moved no longer fits its link.
 */
@Entity('event_link')
@Unique('event_link_once_per_event', ['eventId'])
export class EventLink {
  /** The province's two digits, or `national` for what belongs to none. */
  @KeyText(8) chain: string;
  /** 1, 2, 3 … within the chain. */
  @KeyCount() sequence: number;
  @Ref() eventId: string;
  /** Of the link before; of the first one, 64 zeros. */
  @Digest() previousHash: string;
  @Digest() hash: string;
}

/** Where a chain goes on. Its rows are also what makes the chainer one: who links holds the national one. */
@Entity('event_chain')
export class EventChain {
  @KeyText(8) id: string;
  /** Of the newest link; 0 before the first. */
  @Count() sequence: number;
  @Digest() hash: string;
  /** The newest event that was linked; empty before the first. */
  @Ref() eventId: string;
}
