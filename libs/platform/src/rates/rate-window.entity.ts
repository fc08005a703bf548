import { Entity, Index } from 'typeorm';
import { Count, Instant, KeyText } from '../database/columns.js';

/** How many calls one caller has made in one minute, by all processes together. */
@Entity('rate_window')
@Index('rate_window_over', ['endsAt'])
export class RateWindow {
  /** A keyed digest of kind, caller and minute: an address of the network is personal. */
  @KeyText(64) id: string;
  @Count() taken: number;
  @Instant() endsAt: Date;
}
