import { Injectable } from '@nestjs/common';
import { asInstant, Clock, Database, NOBODY, type Tx } from '@app/platform';
import { type RoleInBounds, type SessionLimits, SignInRefusal, userNameForm, usualLimits } from '../access.rules.js';
import { GRANT_COLUMNS } from '../account/accounts.service.js';
import { Passwords } from '../account/passwords.js';
import { UserAccount } from '../account/user-account.entity.js';
import { lackingFactor } from '../second-factor/second-factor.rules.js';
import { factorState, heldBy, SecondFactors } from '../second-factor/second-factors.service.js';
import { SignInFailed, UserSignedIn } from './session.events.js';
import { openSession, type StandingSession } from './sessions.service.js';
import type { SignedOn } from './single-sign-on.js';
import { GuardedTries, type KnownTries, notEnough, type TryKeys, wrong } from './tries.js';

interface AccountRow extends RoleInBounds {
  /** Of the grant; empty where nobody has the name, or the account has no role. */
  id: string;
  userId: string;
  displayName: string;
  passwordHash: string;
  disabled: number | boolean;
  createdAt: unknown;
  graceFrom: unknown;
  held: number;
  idleMinutes: number | null;
  absoluteMinutes: number | null;
}

interface LockRow {
  nameLockedUntil: unknown;
  addressLockedUntil: unknown;
}

/** All that sign-in asks of an account: who it is, with the oldest grant, and what its second factor depends on. */
interface Account {
  userId: string;
  displayName: string;
  passwordHash: string;
  disabled: boolean;
  grant: RoleInBounds & { id: string };
  /** Of the role of that grant. */
  limits: SessionLimits;
  factor: { grants: RoleInBounds[]; has: boolean; graceFrom: Date };
}

/** Sign-in by user name, password and, where it is asked for, a second factor. */
@Injectable()
export class SignIn {
  constructor(
    private readonly db: Database,
    private readonly tries: GuardedTries,
    private readonly passwords: Passwords,
    private readonly factors: SecondFactors,
    private readonly clock: Clock,
  ) {}

  /**
   * Begins a session in the oldest of the person's roles. A user name that nobody has, a wrong password and a disabled
   * account take the same work and get the same answer, locks included. A failure is kept although the call is refused.
   * Nothing is half open: a code comes with the password, in a call of its own.
   *
   * @throws Refused  a `SignInRefusal`, with the seconds to wait
   * @throws TooMany  too many failures from this address, or too many passwords to check at once
   */
  async signIn(
    { userName, password, code }: { userName: string; password: string; code?: string | null },
    address: string,
  ): Promise<{ token: string; session: StandingSession }> {
    const name = userNameForm(userName);
    const keys = this.tries.keysOf(name, address);
    const { account, tries } = await this.db.read((tx) => accountNamed(tx, name, keys, this.clock.now()));
    const check = async () => {
      const { passwordHash = null } = account ?? {};
      const right = await this.passwords.verify(passwordHash, password);
      const renewed =
        passwordHash && right && this.passwords.isStale(passwordHash) ? await this.passwords.hash(password) : null;
      return { right, renewed };
    };
    return this.tries.attempt(NOBODY, tries, check, async (tx, { right, renewed }, now) => {
      // Nothing more is read before it: what is wrong takes the same statements, whatever is wrong.
      if (!account || !right || account.disabled) {
        tx.emit(SignInFailed, { userId: account?.userId ?? null });
        return wrong();
      }
      const state = await factorState(tx, account.factor, address);
      const lacking = lackingFactor(state, now);
      if (lacking === 'FACTOR') return notEnough(SignInRefusal.SECOND_FACTOR_MISSING);
      if (lacking === 'CODE' && !code) return notEnough(SignInRefusal.CODE_NEEDED);
      if (lacking === 'CODE' && !(await this.factors.use(tx, account.userId, code ?? ''))) {
        tx.emit(SignInFailed, { userId: account.userId });
        return wrong(SignInRefusal.WRONG_CODE);
      }
      if (renewed) {
        const unchanged = { id: account.userId, passwordHash: account.passwordHash };
        await tx.update(UserAccount, unchanged, { passwordHash: renewed });
      }
      return begin(tx, account, now);
    });
  }

  /**
   * Begins a session of somebody whom the provider of single sign-on has named. Whom B1 asks for a code at the password
   * comes in here when the provider has asked for a second factor; our own is not asked on top.
   *
   * @returns `NOBODY`  nobody has the name, or the account is disabled
   * @returns `FACTOR`  the provider has told of no second factor
   */
  signInKnown({ userName, secondFactor }: SignedOn, address: string): Promise<{ token: string } | 'NOBODY' | 'FACTOR'> {
    return this.db.write(NOBODY, async (tx) => {
      const now = this.clock.now();
      const { account } = await accountNamed(tx, userNameForm(userName), NO_TRIES, now);
      const failed = <R>(reason: R): R => {
        tx.emit(SignInFailed, { userId: account?.userId ?? null });
        return reason;
      };
      if (!account || account.disabled) return failed('NOBODY');
      const state = await factorState(tx, account.factor, address);
      if (!secondFactor && lackingFactor(state, now) !== null) return failed('FACTOR');
      return begin(tx, account, now);
    });
  }
}

function begin(tx: Tx, account: Account, now: Date) {
  const { userId, grant, limits } = account;
  tx.emit(UserSignedIn, { userId, grantId: grant.id });
  return openSession(tx, account, grant, now, { limits });
}

/** Where no password is typed, none is counted. */
const NO_TRIES: TryKeys = ['', ''];

/**
 * Until when a name and an address are locked, and the account while neither is: one statement, whether anybody has the
 * name or not, which looks for nobody while it is locked.
 */
async function accountNamed(
  tx: Pick<Tx, 'query'>,
  userName: string,
  keys: TryKeys,
  now: Date,
): Promise<{ account: Account | null; tries: KnownTries }> {
  const rows = await tx.query<AccountRow & LockRow>(
    `SELECT u.id AS userId, u.displayName, u.passwordHash, u.disabled, u.createdAt, u.graceFrom, ${heldBy('u.id')} AS held,
            g.id, ${GRANT_COLUMNS}, l.idleMinutes, l.absoluteMinutes,
            n.lockedUntil AS nameLockedUntil, a.lockedUntil AS addressLockedUntil
       FROM (SELECT 1 AS one) o
       LEFT JOIN failed_tries n ON n.id = ?
       LEFT JOIN failed_tries a ON a.id = ?
       LEFT JOIN user_account u
         ON u.userName = ? AND COALESCE(n.lockedUntil <= ?, 1) = 1 AND COALESCE(a.lockedUntil <= ?, 1) = 1
       LEFT JOIN role_grant g ON g.userId = u.id
       LEFT JOIN session_limits l ON l.id = g.role
      ORDER BY g.id`,
    [...keys, userName, now, now],
  );
  const { nameLockedUntil, addressLockedUntil } = rows[0]!;
  const lock = (until: unknown) => ({ lockedUntil: until === null ? null : asInstant(until) });
  const tries = { keys, byName: lock(nameLockedUntil), fromAddress: lock(addressLockedUntil), at: now };
  return { account: accountOf(rows), tries };
}

function accountOf(rows: AccountRow[]): Account | null {
  const [oldest] = rows;
  if (!oldest?.id) return null;
  const { userId, displayName, passwordHash, disabled, createdAt, graceFrom, held, idleMinutes, absoluteMinutes } =
    oldest;
  const limits = idleMinutes === null || absoluteMinutes === null ? null : { idleMinutes, absoluteMinutes };
  return {
    ...{ userId, displayName, passwordHash, disabled: Boolean(disabled), grant: oldest },
    limits: limits ?? usualLimits(oldest.role),
    factor: { grants: rows, has: Number(held) > 0, graceFrom: asInstant(graceFrom ?? createdAt) },
  };
}
