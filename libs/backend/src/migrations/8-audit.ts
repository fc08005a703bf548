import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, count, createTable, digest, key, onlyInserted, optional, ref, text } from '@app/platform';

export class Audit1764000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumn(runner, 'business_event', 'provinceCode', optional(text(2)));
    await onlyInserted(runner, 'business_event');
    await createTable(runner, 'event_link', {
      columns: {
        chain: key(text(8)),
        sequence: key(count()),
        eventId: ref(),
        previousHash: digest(),
        hash: digest(),
      },
      unique: { event_link_once_per_event: ['eventId'] },
    });
    await createTable(runner, 'event_chain', {
      columns: { id: key(text(8)), sequence: count(), hash: digest(), eventId: ref() },
    });
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore the backup that was made before');
  }
}
