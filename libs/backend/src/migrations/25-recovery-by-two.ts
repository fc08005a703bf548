import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who lost the second factor is let in again by a request that another agrees to, as with all that takes two. */
export class RecoveryByTwo1764000000025 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE factor_recovery');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore the backup that was made before');
  }
}
