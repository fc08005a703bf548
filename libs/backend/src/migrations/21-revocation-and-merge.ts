import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, day, instant, key, ref } from '@app/platform';

/** Certificates that two have revoked, and people who stood in the register twice. */
export class RevocationAndMerge1764000000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'certificate_revocation', {
      columns: { id: key(ref('certificate')), revokedOn: day(), revokedAt: instant() },
    });
    await createTable(runner, 'merged_trainee', {
      columns: { id: key(ref('trainee')), keptId: ref('trainee'), mergedAt: instant() },
      index: { merged_trainee_by_kept: ['keptId'] },
    });
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore the backup that was made before');
  }
}
