import { Entity } from 'typeorm';
import { Flag, Id, Instant, Text } from '../database/columns.js';

/** What these tables are: one row, made at the first start. */
@Entity('installation')
export class Installation {
  /** Always `1`. */
  @Id() id: string;
  /** Filled with a demo province and open accounts. A production server refuses it. */
  @Flag() demo: boolean;
  /** Of the keys that seal its personal data: with others, nothing of it could be read. */
  @Text(16) keyFingerprint: string;
  /**
   * The index key by which unique digests are made now. Whoever makes one holds this row until the commit, so that from
   * one moment on nobody adds a row under the key before.
   */
  @Text(20) indexKey: string;
  @Instant() createdAt: Date;
}
