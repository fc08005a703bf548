import { Injectable } from '@nestjs/common';
import { asInstant, Clock, conditions, Database, gather, NOBODY, type Tx, Unauthenticated } from '@app/platform';
import { type RoleInBounds, SEEN_EVERY_MINUTES, sessionEnd, sessionStands } from '../access.rules.js';
import { GRANT_COLUMNS, inBounds } from '../account/accounts.service.js';
import { RoleGrant } from '../account/user-account.entity.js';
import { newToken, tokenHash } from '../token.js';
import { RoleSwitched, UserSignedOut } from './session.events.js';
import { SignInSession } from './sign-in-session.entity.js';

/** Who is at work, in which role, by which session. */
export interface StandingSession extends RoleInBounds {
  id: string;
  userId: string;
  displayName: string;
  grantId: string;
  lastSeenAt: Date;
  expiresAt: Date;
}

interface SessionRow extends Omit<StandingSession, 'lastSeenAt' | 'expiresAt'> {
  lastSeenAt: unknown;
  expiresAt: unknown;
  disabled: number | boolean;
}

/** The sessions behind the cookies. */
@Injectable()
export class Sessions {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Requests that come together are read together. */
  private readonly rowOf = gather(async (hashes) => {
    const asked = conditions('s', { tokenHash: hashes });
    const rows = await this.db.read((tx) =>
      tx.query<SessionRow & { tokenHash: string }>(
        `SELECT s.tokenHash, s.id, s.userId, s.grantId, s.lastSeenAt, s.expiresAt, u.displayName, u.disabled,
                ${GRANT_COLUMNS}
           FROM sign_in_session s
           JOIN user_account u ON u.id = s.userId
           JOIN role_grant g ON g.id = s.grantId
          WHERE ${asked.sql}`,
        asked.values,
      ),
    );
    return new Map(rows.map(({ tokenHash: hash, ...row }) => [hash, row as SessionRow]));
  });

  /** The session a token opens, or null when it has ended, was idle too long, or its account is disabled. */
  async standing(token: string): Promise<StandingSession | null> {
    const row = await this.rowOf(tokenHash(token));
    if (!row || row.disabled) return null;
    const session = { ...row, lastSeenAt: asInstant(row.lastSeenAt), expiresAt: asInstant(row.expiresAt) };
    return sessionStands(session, this.clock.now()) ? session : null;
  }

  /** Notes that a session is in use, at most once a minute. */
  async seen({ id, userId, lastSeenAt }: StandingSession): Promise<void> {
    const now = this.clock.now();
    const before = new Date(now.getTime() - SEEN_EVERY_MINUTES * 60_000);
    if (lastSeenAt > before) return;
    await this.db.write({ userId }, (tx) =>
      // Of requests that come together one writes.
      tx.execute('UPDATE sign_in_session SET lastSeenAt = ? WHERE id = ? AND lastSeenAt <= ?', [now, id, before]),
    );
  }

  /** Ends the session. One that has ended already stays so, and nobody may sign out again. */
  signOut(session: StandingSession | null): Promise<void> {
    return this.db.write(session ?? NOBODY, async (tx) => {
      if (!session || (await tx.remove(SignInSession, { id: session.id })) === 0) return;
      tx.emit(UserSignedOut, { userId: session.userId });
    });
  }

  /**
   * Goes on in another of the person's roles: under a new token, the old one is dead. The end of the session stays where
   * sign-in put it, or comes nearer.
   *
   * @throws NotFound         the grant is not this person's
   * @throws Unauthenticated  the session has ended meanwhile
   */
  switchRole(session: StandingSession, grantId: string): Promise<{ token: string; session: StandingSession }> {
    const { userId, displayName } = session;
    return this.db.write(
      { userId },
      async (tx) => {
        const grant = await tx.get(RoleGrant, { id: grantId, userId });
        if ((await tx.remove(SignInSession, { id: session.id })) === 0) throw new Unauthenticated();
        const opened = await openSession(tx, { userId, displayName }, grant, this.clock.now(), session.expiresAt);
        tx.emit(RoleSwitched, { userId, fromGrantId: session.grantId, toGrantId: grantId });
        return opened;
      },
      { secret: true },
    );
  }

  /** Every role the person holds, the oldest first. */
  grantsOf(userId: string): Promise<RoleGrant[]> {
    return this.db.read((tx) => tx.repo(RoleGrant).find({ where: { userId }, order: { id: 'ASC' } }));
  }
}

/** Begins a session in one role. The token is in what is returned and nowhere else. */
export async function openSession(
  tx: Tx,
  { userId, displayName }: { userId: string; displayName: string },
  grant: RoleInBounds & { id: string },
  now: Date,
  atLatest = sessionEnd(grant.role, now),
): Promise<{ token: string; session: StandingSession }> {
  const token = newToken();
  const end = sessionEnd(grant.role, now);
  const { id, lastSeenAt, expiresAt } = await tx.insert(SignInSession, {
    tokenHash: tokenHash(token),
    userId,
    grantId: grant.id,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: end < atLatest ? end : atLatest,
  });
  const session = { id, userId, displayName, grantId: grant.id, lastSeenAt, expiresAt, ...inBounds(grant) };
  return { token, session };
}
