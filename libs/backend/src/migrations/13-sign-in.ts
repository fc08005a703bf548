import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  addColumn,
  choice,
  count,
  createTable,
  digest,
  flag,
  id,
  instant,
  json,
  key,
  optional,
  personalText,
  ref,
  text,
} from '@app/platform';

/** Second factors, new passwords, and sessions of other programs and of devices. */
export class SignIn1764000000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumn(runner, 'user_account', 'graceFrom', optional(instant()));
    await addColumn(runner, 'sign_in_session', 'kind', choice(), `'BROWSER'`);
    for (const [name, word] of [
      ['name', text(100)],
      ['scopes', json()],
      ['retiredAt', instant()],
      ['familyId', ref()],
      ['replacesId', ref()],
    ] as const)
      await addColumn(runner, 'sign_in_session', name, optional(word));
    await createTable(runner, 'session_limits', {
      columns: { id: key(text(32)), idleMinutes: count(), absoluteMinutes: count() },
    });
    await createTable(runner, 'password_reset', {
      columns: {
        id: id(),
        tokenHash: digest(),
        userId: ref('user_account'),
        madeById: ref(),
        createdAt: instant(),
        expiresAt: instant(),
        usedAt: optional(instant()),
      },
      unique: { password_reset_once_per_token: ['tokenHash'] },
    });
    await createTable(runner, 'authenticator', {
      columns: {
        id: id(),
        secret: optional(personalText(64)),
        pendingSecret: optional(personalText(64)),
        lastStep: optional(count()),
        changedAt: instant(),
      },
    });
    await createTable(runner, 'one_time_code', {
      columns: {
        id: id(),
        userId: ref('user_account'),
        digest: digest(),
        createdAt: instant(),
        usedAt: optional(instant()),
      },
      unique: { one_time_code_once: ['userId', 'digest'] },
    });
    await createTable(runner, 'second_factor_rule', {
      columns: { id: key(text(80)), required: flag(), requiredSince: optional(instant()), networks: json() },
    });
    await createTable(runner, 'factor_recovery', {
      columns: {
        id: id(),
        userId: ref('user_account'),
        askedById: ref(),
        askedAt: instant(),
        expiresAt: instant(),
        agreedById: optional(ref()),
        agreedAt: optional(instant()),
      },
      index: { factor_recovery_by_user: ['userId'] },
    });
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore the backup that was made before');
  }
}
