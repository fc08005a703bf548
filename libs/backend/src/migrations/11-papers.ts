import type { MigrationInterface, QueryRunner } from 'typeorm';
import { choice, createTable, digest, id, instant, personalText, ref } from '@app/platform';

export class Papers1764000000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'paper_order', {
      columns: {
        id: id(),
        runId: ref('course_run'),
        kind: choice(),
        details: personalText(4000),
        detailsIndex: digest(),
        orderedBy: ref(),
        orderedAt: instant(),
      },
      unique: { paper_order_once: ['runId', 'kind', 'detailsIndex'] },
    });
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore the backup that was made before');
  }
}
