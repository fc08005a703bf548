import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { asInstant, Clock, Database, NOBODY, type Tx } from '@app/platform';
import { type RoleInBounds, SignInRefusal, userNameForm } from '../access.rules.js';
import { GRANT_COLUMNS } from '../account/accounts.service.js';
import { Passwords } from '../account/passwords.js';
import { UserAccount } from '../account/user-account.entity.js';
import { lackingFactor } from '../second-factor/second-factor.rules.js';
import { SecondFactors } from '../second-factor/second-factors.service.js';
import { SignInFailed, UserSignedIn } from './session.events.js';
import { openSession, type StandingSession } from './sessions.service.js';
import { FailedTries, SignInSession } from './sign-in-session.entity.js';
import { GuardedTries, notEnough, wrong } from './tries.js';

interface AccountRow extends RoleInBounds {
  /** Of the grant. */
  id: string;
  userId: string;
  displayName: string;
  passwordHash: string;
  disabled: number | boolean;
  createdAt: unknown;
  graceFrom: unknown;
}

const A_DAY = 24 * 60 * 60_000;

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
    const check = async () => {
      const account = await this.db.read((tx) => accountNamed(tx, name));
      const { passwordHash = null } = account ?? {};
      const right = await this.passwords.verify(passwordHash, password);
      const renewed =
        passwordHash && right && this.passwords.isStale(passwordHash) ? await this.passwords.hash(password) : null;
      return { account, right, renewed };
    };
    return this.tries.attempt(
      NOBODY,
      { userName: name, address },
      check,
      async (tx, { account, right, renewed }, now) => {
        const graceFrom = asInstant(account?.graceFrom ?? account?.createdAt ?? now);
        const state = await this.factors.state(tx, account && { userId: account.userId, graceFrom }, address);
        if (!account || !right || account.disabled) {
          tx.emit(SignInFailed, { userId: account?.userId ?? null });
          return wrong();
        }
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
        await sweep(tx, now);
        tx.emit(UserSignedIn, { userId: account.userId, grantId: account.id });
        return openSession(tx, account, account, now);
      },
    );
  }

  /**
   * Begins a session of somebody whom the provider of single sign-on has named. The second step is the provider's.
   * Null: nobody has the name, or the account is disabled.
   */
  signInKnown(userName: string): Promise<{ token: string } | null> {
    return this.db.write(NOBODY, async (tx) => {
      const account = await accountNamed(tx, userNameForm(userName));
      if (!account || account.disabled) {
        tx.emit(SignInFailed, { userId: account?.userId ?? null });
        return null;
      }
      tx.emit(UserSignedIn, { userId: account.userId, grantId: account.id });
      return openSession(tx, account, account, this.clock.now());
    });
  }
}

/** The account with the oldest of its grants: one statement, whether anybody has the name or not. */
async function accountNamed(tx: Pick<Tx, 'query'>, userName: string): Promise<AccountRow | null> {
  const [row] = await tx.query<AccountRow>(
    `SELECT u.id AS userId, u.displayName, u.passwordHash, u.disabled, u.createdAt, u.graceFrom,
            g.id, ${GRANT_COLUMNS}
       FROM user_account u JOIN role_grant g ON g.userId = u.id
      WHERE u.userName = ? ORDER BY g.id LIMIT 1`,
    [userName],
  );
  return row ?? null;
}

/** Removes sessions that have ended and failures long forgotten. Every sign-in does it, so that no clock has to. */
async function sweep(tx: Tx, now: Date): Promise<void> {
  await tx.remove(SignInSession, { expiresAt: LessThan(now) });
  await tx.remove(FailedTries, { lastFailedAt: LessThan(new Date(now.getTime() - A_DAY)) });
}
