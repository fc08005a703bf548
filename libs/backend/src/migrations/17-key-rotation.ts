import type { MigrationInterface, QueryRunner } from 'typeorm';
import { count, createTable, instant, key, optional, ref, text } from '@app/platform';

export class KeyRotation1764000000017 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'key_rotation', {
      columns: {
        id: key(text(20)),
        tableName: text(64),
        lastId: ref(),
        rowsInPass: count(),
        rowsInAll: count(),
        startedAt: instant(),
        finishedAt: optional(instant()),
      },
    });
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore the backup that was made before');
  }
}
