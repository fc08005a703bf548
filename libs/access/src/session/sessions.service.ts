import { Injectable } from '@nestjs/common';
import {
  asInstant,
  Clock,
  conditions,
  Database,
  gather,
  NOBODY,
  type Reads,
  SYSTEM,
  type Tx,
  Unauthenticated,
} from '@app/platform';
import {
  type RoleInBounds,
  SEEN_EVERY_MINUTES,
  sessionEnd,
  type SessionLimits,
  sessionStands,
  usualLimits,
} from '../access.rules.js';
import { GRANT_COLUMNS, inBounds } from '../account/accounts.service.js';
import { RoleGrant } from '../account/user-account.entity.js';
import type { Role } from '../actor.rules.js';
import { newToken, tokenHash } from '../token.js';
import { DeviceTokenCopied, RoleSwitched, SessionEnded, SessionsEnded, UserSignedOut } from './session.events.js';
import { SessionKind, SessionLimitsOfRole, SignInSession } from './sign-in-session.entity.js';

/** Who is at work, in which role, by which session. */
export interface StandingSession extends RoleInBounds {
  id: string;
  kind: SessionKind;
  userId: string;
  displayName: string;
  grantId: string;
  /** The operations it may try; null is all of its role. */
  scopes: string[] | null;
  lastSeenAt: Date;
  expiresAt: Date;
  /** Another session has taken its place. */
  retired: boolean;
}

interface SessionRow extends Omit<StandingSession, 'lastSeenAt' | 'expiresAt' | 'scopes' | 'retired'> {
  lastSeenAt: unknown;
  expiresAt: unknown;
  retiredAt: unknown;
  scopes: string | null;
  familyId: string | null;
  replacesId: string | null;
  idleMinutes: number | null;
  disabled: number | boolean;
}

/** The sessions behind the cookies and the bearer tokens. */
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
        `SELECT s.tokenHash, s.id, s.kind, s.userId, s.grantId, s.scopes, s.lastSeenAt, s.expiresAt, s.retiredAt,
                s.familyId, s.replacesId, u.displayName, u.disabled, l.idleMinutes, ${GRANT_COLUMNS}
           FROM sign_in_session s
           JOIN user_account u ON u.id = s.userId
           JOIN role_grant g ON g.id = s.grantId
           LEFT JOIN session_limits l ON l.id = g.role
          WHERE ${asked.sql}`,
        asked.values,
      ),
    );
    return new Map(rows.map(({ tokenHash: hash, ...row }) => [hash, row as SessionRow]));
  });

  /**
   * The session a token opens, or null when it has ended, was idle too long, or its account is disabled. A cookie opens
   * no session of a token, nor the other way round.
   */
  async standing(token: string, byCookie = true): Promise<StandingSession | null> {
    const row = await this.rowOf(tokenHash(token));
    if (!row || row.disabled) return null;
    const { disabled: _, idleMinutes, familyId, replacesId, retiredAt, ...rest } = row;
    const idles = row.kind === SessionKind.BROWSER;
    if (idles !== byCookie) return null;
    const session = {
      ...rest,
      scopes: row.scopes === null ? null : (JSON.parse(row.scopes) as string[]),
      lastSeenAt: asInstant(row.lastSeenAt),
      expiresAt: asInstant(row.expiresAt),
      retired: retiredAt !== null,
    };
    const limits = { idleMinutes: idleMinutes ?? usualLimits(row.role).idleMinutes };
    if (!sessionStands({ idles, ...session }, limits, this.clock.now())) return null;
    if (familyId && session.retired) {
      await this.endFamily(row.userId, familyId);
      return null;
    }
    if (replacesId) await this.begin(row.id, replacesId);
    return session;
  }

  /** A token whose place another has taken was used again: somebody has a copy, and nobody knows which is which. */
  private endFamily(userId: string, familyId: string): Promise<void> {
    return this.db.write(SYSTEM, async (tx) => {
      if ((await tx.remove(SignInSession, { familyId })) > 0) tx.emit(DeviceTokenCopied, { userId, familyId });
    });
  }

  /** The first use of a device's new token is the end of the one before. */
  private begin(id: string, replacesId: string): Promise<void> {
    return this.db.write(SYSTEM, async (tx) => {
      await tx.update(SignInSession, { id: replacesId }, { retiredAt: this.clock.now() });
      await tx.execute('UPDATE sign_in_session SET replacesId = NULL WHERE id = ?', [id]);
    });
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
        const now = this.clock.now();
        // Kept until its end, so that a late copy of this call meets it and learns that it was done.
        const ended = await tx.execute('UPDATE sign_in_session SET retiredAt = ? WHERE id = ? AND retiredAt IS NULL', [
          now,
          session.id,
        ]);
        if (ended === 0) throw new Unauthenticated();
        const opened = await openSession(tx, { userId, displayName }, grant, now, { atLatest: session.expiresAt });
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

  /** The person's own sessions and tokens that stand, the last used first. */
  own({ userId, id: current }: StandingSession): Promise<OwnSession[]> {
    return this.db.read(async (tx) => {
      const rows = await tx.query<Omit<OwnSession, 'current'> & { scopes: string | null; idleMinutes: number | null }>(
        `SELECT s.id, s.kind, s.name, s.scopes, s.createdAt, s.lastSeenAt, s.expiresAt, g.role, l.idleMinutes
           FROM sign_in_session s
           JOIN role_grant g ON g.id = s.grantId
           LEFT JOIN session_limits l ON l.id = g.role
          WHERE s.userId = ? AND s.retiredAt IS NULL ORDER BY s.lastSeenAt DESC, s.id DESC`,
        [userId],
      );
      const now = this.clock.now();
      return rows
        .map(({ idleMinutes, ...row }) => ({
          ...row,
          idles: row.kind === SessionKind.BROWSER,
          limits: { idleMinutes: idleMinutes ?? usualLimits(row.role).idleMinutes },
          scopes: row.scopes === null ? null : (JSON.parse(row.scopes) as string[]),
          createdAt: asInstant(row.createdAt),
          lastSeenAt: asInstant(row.lastSeenAt),
          expiresAt: asInstant(row.expiresAt),
          current: row.id === current,
        }))
        .filter((row) => sessionStands(row, row.limits, now));
    });
  }

  /**
   * Ends one of the person's own sessions or tokens at once.
   *
   * @throws NotFound it is not the person's, or has ended
   */
  end({ userId }: StandingSession, id: string): Promise<boolean> {
    return this.db.write({ userId }, async (tx) => {
      const { familyId } = await tx.get(SignInSession, { id, userId });
      await tx.remove(SignInSession, familyId ? { familyId } : { id });
      tx.emit(SessionEnded, { userId, sessionId: id });
      return true;
    });
  }

  /** Ends every session and token of the person but this one, and tells how many. */
  endOthers({ userId, id }: StandingSession): Promise<number> {
    return this.db.write({ userId }, (tx) => endSessions(tx, userId, id));
  }
}

/** A session as its owner sees it. */
export interface OwnSession {
  id: string;
  kind: SessionKind;
  name: string | null;
  role: Role;
  scopes: string[] | null;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  current: boolean;
}

/** Ends every session and token of a person but one, and tells how many of them stood. */
export async function endSessions(tx: Tx, userId: string, but = ''): Promise<number> {
  const ended = await tx.execute('DELETE FROM sign_in_session WHERE userId = ? AND id <> ? AND retiredAt IS NULL', [
    userId,
    but,
  ]);
  await tx.execute('DELETE FROM sign_in_session WHERE userId = ? AND id <> ?', [userId, but]);
  if (ended > 0) tx.emit(SessionsEnded, { userId, ended });
  return ended;
}

/** How long sessions of a role last: the table's word, or the usual ones. */
export const limitsOf = async (tx: Reads, role: Role): Promise<SessionLimits> =>
  (await tx.find(SessionLimitsOfRole, { id: role }))[0] ?? usualLimits(role);

/**
 * Begins a session of a browser in one role. The token is in what is returned and nowhere else.
 *
 * @param limits  of the role, when they are known already
 */
export async function openSession(
  tx: Tx,
  person: { userId: string; displayName: string },
  grant: RoleInBounds & { id: string },
  now: Date,
  { atLatest, limits }: { atLatest?: Date; limits?: SessionLimits } = {},
): Promise<{ token: string; session: StandingSession }> {
  const end = sessionEnd(limits ?? (await limitsOf(tx, grant.role)), now);
  const expiresAt = atLatest && atLatest < end ? atLatest : end;
  return addSession(tx, person, grant, { kind: SessionKind.BROWSER, createdAt: now, expiresAt });
}

/** Writes a session of any kind. */
export async function addSession(
  tx: Tx,
  { userId, displayName }: { userId: string; displayName: string },
  grant: RoleInBounds & { id: string },
  of: Pick<SignInSession, 'kind' | 'createdAt' | 'expiresAt'> &
    Partial<Pick<SignInSession, 'name' | 'scopes' | 'familyId' | 'replacesId'>>,
): Promise<{ token: string; session: StandingSession }> {
  const token = newToken();
  const row = await tx.insert(SignInSession, {
    ...{ name: null, scopes: null, familyId: null, replacesId: null, retiredAt: null, ...of },
    ...{ tokenHash: tokenHash(token), userId, grantId: grant.id, lastSeenAt: of.createdAt },
  });
  const { id, kind, scopes, grantId, lastSeenAt, expiresAt } = row;
  const facts = { id, kind, scopes, userId, displayName, grantId, lastSeenAt, expiresAt, retired: false };
  return { token, session: { ...facts, ...inBounds(grant) } };
}
