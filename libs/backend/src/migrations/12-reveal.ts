import type { MigrationInterface, QueryRunner } from 'typeorm';
import { choice, count, createTable, id, instant, key, personalText, ref, text } from '@app/platform';

export class Reveal1764000000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'reveal', {
      columns: {
        id: id(),
        traineeId: ref('trainee'),
        userId: ref(),
        role: choice(),
        purpose: personalText(300),
        revealedAt: instant(),
      },
      index: { reveal_by_trainee: ['traineeId', 'id'] },
    });
    await createTable(runner, 'reveal_counter', {
      columns: { userId: key(ref()), day: key(text(10)), used: count() },
    });
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore the backup that was made before');
  }
}
