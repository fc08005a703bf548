import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, flag, id, instant, text } from '@app/platform';

export class Installation1764000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'installation', {
      columns: { id: id(), demo: flag(), keyFingerprint: text(16), createdAt: instant() },
    });
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore the backup that was made before');
  }
}
