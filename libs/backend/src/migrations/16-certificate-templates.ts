import type { MigrationInterface, QueryRunner } from 'typeorm';
import { choice, count, createTable, digest, id, instant, json, optional, ref, text } from '@app/platform';

export class CertificateTemplates1764000000016 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'certificate_template', {
      columns: {
        id: id(),
        scope: text(2),
        version: count(),
        state: choice(),
        title: text(60),
        layout: json(),
        emblem: optional(digest()),
        createdBy: ref(),
        createdAt: instant(),
        publishedAt: optional(instant()),
      },
      unique: { certificate_template_once_per_version: ['scope', 'version'] },
    });
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore the backup that was made before');
  }
}
