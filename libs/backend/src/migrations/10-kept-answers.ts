import type { MigrationInterface, QueryRunner } from 'typeorm';
import { changeText, endlessText, optional } from '@app/platform';

/** The whole sheet of a thousand people is kept as the answer to the change of it. */
export class KeptAnswers1764000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await changeText(runner, 'idempotency_key', 'answer', optional(endlessText()));
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore the backup that was made before');
  }
}
