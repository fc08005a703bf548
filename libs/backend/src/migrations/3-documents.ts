import type { MigrationInterface, QueryRunner } from 'typeorm';
import { choice, count, createTable, digest, id, instant, optional, personalText, ref, text } from '@app/platform';

export class Documents1764000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'stored_document', {
      columns: {
        id: id(),
        kind: text(40),
        subjectId: ref(),
        state: choice(),
        fileName: text(200),
        mimeType: text(100),
        sha256: optional(digest()),
        bytes: optional(count()),
        reason: optional(text(500)),
        requestedBy: ref(),
        requestedAt: instant(),
        readyAt: optional(instant()),
      },
      unique: { stored_document_once_per_subject: ['kind', 'subjectId'] },
    });
    await createTable(runner, 'upload', {
      columns: { id: id(), ownerId: ref(), fileName: personalText(200), bytes: count(), uploadedAt: instant() },
      index: { upload_by_age: ['uploadedAt'] },
    });
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore the backup that was made before');
  }
}
