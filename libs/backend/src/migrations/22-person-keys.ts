import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, personalText, ref, text } from '@app/platform';

/** What backups seal of each person, and no backup holds. */
export class PersonKeys1764000000022 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'person_key', {
      columns: { id: id(), subjectId: ref(), term: text(32), secret: personalText(44) },
      index: { person_key_by_subject: ['subjectId', 'term'] },
    });
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore the backup that was made before');
  }
}
