import type { MigrationInterface, QueryRunner } from 'typeorm';
import { choice, count, createTable, digest, flag, id, instant, key, optional, ref, text } from '@app/platform';

/** The ids that bound a role; what they name lies in libs above. */
const bounds = () => ({
  role: choice(),
  provinceCode: optional(text(2)),
  officeId: optional(ref()),
  instituteId: optional(ref()),
  trainerId: optional(ref()),
});

export class Access1764000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'user_account', {
      columns: {
        id: id(),
        userName: text(64),
        displayName: text(100),
        passwordHash: text(200),
        disabled: flag(),
        createdAt: instant(),
      },
      unique: { user_account_once_per_name: ['userName'] },
    });
    await createTable(runner, 'role_grant', {
      columns: { id: id(), userId: ref('user_account'), ...bounds() },
      index: { role_grant_by_user: ['userId'] },
    });
    await createTable(runner, 'sign_in_session', {
      columns: {
        id: id(),
        tokenHash: digest(),
        userId: ref('user_account'),
        grantId: ref('role_grant'),
        createdAt: instant(),
        lastSeenAt: instant(),
        expiresAt: instant(),
      },
      unique: { sign_in_session_once_per_token: ['tokenHash'] },
      index: { sign_in_session_by_end: ['expiresAt'] },
    });
    await createTable(runner, 'failed_tries', {
      columns: { id: key(text(64)), failed: count(), lastFailedAt: instant(), lockedUntil: optional(instant()) },
      index: { failed_tries_by_time: ['lastFailedAt'] },
    });
    await createTable(runner, 'invitation', {
      columns: {
        id: id(),
        tokenHash: digest(),
        ...bounds(),
        invitedById: optional(ref('user_account')),
        createdAt: instant(),
        expiresAt: instant(),
        usedAt: optional(instant()),
      },
      unique: { invitation_once_per_token: ['tokenHash'] },
    });
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore the backup that was made before');
  }
}
