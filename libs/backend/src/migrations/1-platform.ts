import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  choice,
  count,
  createTable,
  digest,
  flag,
  id,
  instant,
  json,
  key,
  longText,
  optional,
  text,
  textAsWritten,
} from '@app/platform';

export class Platform1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await textAsWritten(runner);
    await createTable(runner, 'business_event', {
      columns: { id: id(), name: text(80), payload: json(), by: text(36), occurredAt: instant() },
    });
    await createTable(runner, 'job', {
      columns: {
        id: id(),
        name: text(80),
        subject: text(80),
        payload: json(),
        state: choice(),
        wanted: count(),
        taken: count(),
        attempts: count(),
        stalls: count(),
        createdAt: instant(),
        runAfter: instant(),
        lease: optional(text(36)),
        leasedUntil: optional(instant()),
        reason: optional(text(500)),
      },
      unique: { job_once_per_subject: ['name', 'subject'] },
      index: { job_due: ['state', 'runAfter'] },
    });
    await createTable(runner, 'idempotency_key', {
      columns: {
        id: key(text(64)),
        operation: text(80),
        bodyHash: digest(),
        answer: optional(longText()),
        secret: flag(),
        createdAt: instant(),
      },
    });
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore the backup that was made before');
  }
}
