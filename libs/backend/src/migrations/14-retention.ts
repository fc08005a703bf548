import type { MigrationInterface, QueryRunner } from 'typeorm';
import { choice, count, createTable, day, id, text } from '@app/platform';

export class Retention1764000000014 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'retention_rule', {
      columns: { id: id(), subject: choice(), effectiveFrom: day(), months: count(), source: text(300) },
      unique: { retention_rule_once_per_day: ['subject', 'effectiveFrom'] },
    });
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore the backup that was made before');
  }
}
