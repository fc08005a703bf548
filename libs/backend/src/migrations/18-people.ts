import type { MigrationInterface, QueryRunner } from 'typeorm';
import { choice, count, createTable, digest, id, instant, optional, personalText, text } from '@app/platform';

/** Messages to people. */
export class People1764000000018 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'outgoing_message', {
      columns: {
        id: id(),
        kind: choice(),
        recipient: personalText(254),
        recipientIndex: digest(),
        parameters: optional(personalText(1000)),
        state: choice(),
        providerId: optional(text(100)),
        attempts: count(),
        createdAt: instant(),
        expiresAt: instant(),
        triedAt: optional(instant()),
        sentAt: optional(instant()),
        reason: optional(text(100)),
      },
      index: { outgoing_message_by_recipient: ['recipientIndex'], outgoing_message_by_time: ['createdAt'] },
    });
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore the backup that was made before');
  }
}
