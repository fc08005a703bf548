import type { MigrationInterface, QueryRunner } from 'typeorm';
import { choice, count, createTable, day, id, instant, key, optional, personalText, ref, text } from '@app/platform';

export class Certification1764000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'certificate', {
      columns: {
        id: id(),
        enrolmentId: ref('enrolment'),
        runId: ref('course_run'),
        batchId: ref(),
        provinceCode: text(2),
        jalaliYear: count(),
        number: count(),
        code: text(17),
        status: choice(),
        issuedOn: day(),
        issuedAt: instant(),
        issuedBy: ref(),
        printed: personalText(4000),
      },
      unique: {
        certificate_once_per_enrolment: ['enrolmentId'],
        certificate_once_per_number: ['provinceCode', 'jalaliYear', 'number'],
        certificate_once_per_code: ['code'],
      },
      index: { certificate_by_run: ['runId'], certificate_by_batch: ['batchId'] },
    });
    await createTable(runner, 'certificate_counter', {
      columns: { provinceCode: key(text(2)), jalaliYear: key(count()), lastNumber: count() },
    });
    await createTable(runner, 'certificate_batch', {
      columns: {
        id: id(),
        runId: ref('course_run'),
        state: choice(),
        total: count(),
        reason: optional(text(500)),
        requestedBy: ref(),
        requestedAt: instant(),
      },
      index: { certificate_batch_by_run: ['runId'] },
    });
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore the backup that was made before');
  }
}
