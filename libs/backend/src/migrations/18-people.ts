import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';
import {
  addColumn,
  choice,
  count,
  createTable,
  digest,
  id,
  instant,
  key,
  optional,
  personalText,
  ref,
  text,
} from '@app/platform';

/** Messages to people, sign-in of graduates by their mobile number, and how an office changes the number. */
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
    await createTable(runner, 'one_time_password', {
      columns: {
        id: id(),
        mobileIndex: digest(),
        browserHash: digest(),
        addressKey: digest(),
        passwordDigest: digest(),
        tries: count(),
        createdAt: instant(),
        expiresAt: instant(),
        passedAt: optional(instant()),
        endedAt: optional(instant()),
      },
      unique: { one_time_password_once_per_browser: ['browserHash'] },
      index: {
        one_time_password_by_mobile: ['mobileIndex', 'createdAt'],
        one_time_password_by_address: ['addressKey', 'createdAt'],
        one_time_password_by_time: ['createdAt'],
      },
    });
    await createTable(runner, 'graduate_number', {
      columns: { id: key(text(64)), wrongBirthDates: count(), shutAt: optional(instant()) },
    });
    // Filled at the next start: it takes the keys.
    await addColumn(runner, 'trainee', 'mobileIndex', optional(digest()));
    await runner.createIndex('trainee', new TableIndex({ name: 'trainee_by_mobile', columnNames: ['mobileIndex'] }));
    await createTable(runner, 'mobile_change', {
      columns: {
        id: id(),
        traineeId: ref('trainee'),
        oldMobile: optional(personalText(11)),
        newMobile: personalText(11),
        identityCheck: choice(),
        vouching: personalText(300),
        state: choice(),
        vouchedById: ref(),
        vouchedAt: instant(),
        takesEffectAt: instant(),
        settledAt: optional(instant()),
      },
      index: { mobile_change_by_trainee: ['traineeId', 'state'] },
    });
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore the backup that was made before');
  }
}
