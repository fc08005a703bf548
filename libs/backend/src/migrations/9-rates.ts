import type { MigrationInterface, QueryRunner } from 'typeorm';
import { count, createTable, instant, key, text } from '@app/platform';

export class Rates1764000000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'rate_window', {
      columns: { id: key(text(64)), taken: count(), endsAt: instant() },
      index: { rate_window_over: ['endsAt'] },
    });
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore the backup that was made before');
  }
}
