import { Entity } from 'typeorm';
import { Count, Instant, KeyText, Ref, Text } from '../database/columns.js';

/** How far rows have been sealed anew under one key, or given digests by it. Ends when a whole pass finds nothing older. */
@Entity('key_rotation')
export class KeyRotation {
  /** The id of the key: `k2` seals, `i2` makes digests. */
  @KeyText(20) id: string;
  /** The table of the pass that goes on, and the last row of it that was looked at. Empty before the first. */
  @Text(64) tableName: string;
  @Ref() lastId: string;
  /** Rows sealed anew so far, in this pass and in all. */
  @Count() rowsInPass: number;
  @Count() rowsInAll: number;
  @Instant() startedAt: Date;
  @Instant({ nullable: true }) finishedAt: Date | null;
}
