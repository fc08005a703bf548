import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, optional, personalText, text } from '@app/platform';

/** The key of blind indexes turns: which one is written with, and of what a row's digest is made. */
export class IndexKeys1764000000023 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumn(runner, 'installation', 'indexKey', text(20), "'i1'");
    // Of those that were asked for before nothing is known; they end within minutes.
    await addColumn(runner, 'one_time_password', 'mobile', optional(personalText(11)));
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore the backup that was made before');
  }
}
