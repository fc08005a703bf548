import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, createTable, day, digest, endlessText, flag, id, instant, key, ref, text } from '@app/platform';

/** Seats are settled by tokens, and what support associations know stands behind a wall of its own. */
export class Referral1764000000019 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumn(runner, 'enrolment', 'settled', flag(), '0');
    await createTable(runner, 'seat_token', { columns: { id: key(text(64)), runId: ref('course_run') } });
    await createTable(runner, 'association_branch', {
      columns: { id: id(), provinceCode: text(2), name: text(100), trail: text(2), createdAt: instant() },
      unique: { association_branch_once_per_trail: ['trail'] },
    });
    await createTable(runner, 'referral', {
      columns: {
        id: id(),
        branchId: ref('association_branch'),
        personIndex: digest(),
        sealed: endlessText(),
        touchedOn: day(),
      },
      unique: { referral_once_per_person: ['branchId', 'personIndex'] },
    });
    await createTable(runner, 'sponsorship', {
      columns: { id: id(), referralId: ref('referral'), sealed: endlessText() },
      index: { sponsorship_by_referral: ['referralId'] },
    });
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore the backup that was made before');
  }
}
