import { Entity } from 'typeorm';
import { Flag, Id, Instant, Text } from '../database/columns.js';

/** What these tables are: one row, made at the first start and never changed. */
@Entity('installation')
export class Installation {
  /** Always `1`. */
  @Id() id: string;
  /** Filled with a demo province and open accounts. A production server refuses it. */
  @Flag() demo: boolean;
  /** Of the keys that seal its personal data: with others, nothing of it could be read. */
  @Text(16) keyFingerprint: string;
  @Instant() createdAt: Date;
}
