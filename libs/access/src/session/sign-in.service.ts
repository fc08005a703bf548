import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { Clock, Database, Keys, NOBODY, Refused, TooMany, type Tx } from '@app/platform';
import {
  ADDRESS_TRIES,
  afterFailure,
  callerNetwork,
  type RoleInBounds,
  SignInRefusal,
  USER_NAME_TRIES,
  userNameForm,
  waitSeconds,
} from '../access.rules.js';
import { GRANT_COLUMNS } from '../account/accounts.service.js';
import { Passwords } from '../account/passwords.js';
import { UserAccount } from '../account/user-account.entity.js';
import { SignInFailed, UserSignedIn } from './session.events.js';
import { openSession, type StandingSession } from './sessions.service.js';
import { FailedTries, SignInSession } from './sign-in-session.entity.js';

interface AccountRow extends RoleInBounds {
  /** Of the grant. */
  id: string;
  userId: string;
  displayName: string;
  passwordHash: string;
  disabled: number | boolean;
}

const A_DAY = 24 * 60 * 60_000;

/** Sign-in by user name and password. */
@Injectable()
export class SignIn {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly passwords: Passwords,
  ) {}

  /**
   * Begins a session in the oldest of the person's roles. A user name that nobody has, a wrong password and a disabled
   * account take the same work and get the same answer, locks included. A failure is kept although the call is refused.
   *
   * @throws Refused  a `SignInRefusal`, with the seconds to wait
   * @throws TooMany  too many failures from this address, or too many passwords to check at once
   */
  async signIn(
    { userName, password }: { userName: string; password: string },
    address: string,
  ): Promise<{ token: string; session: StandingSession }> {
    const name = userNameForm(userName);
    const nameKey = this.keys.blindIndex('user name', name);
    const addressKey = this.keys.blindIndex('address', callerNetwork(address));

    const [account, ...tries] = await this.db.read(
      async (tx) =>
        [
          await accountNamed(tx, name),
          await tx.repo(FailedTries).findOneBy({ id: nameKey }),
          await tx.repo(FailedTries).findOneBy({ id: addressKey }),
        ] as const,
    );
    // Outside the unit: while a password is being checked, nobody else must wait for a lock.
    const locked = this.lockOf(tries[0], tries[1]);
    const right = !locked && (await this.passwords.verify(account?.passwordHash ?? null, password));
    const renewed =
      account && right && this.passwords.isStale(account.passwordHash) ? await this.passwords.hash(password) : null;

    const outcome = await this.db.write(
      NOBODY,
      async (tx) => {
        if (locked) throw locked;
        const now = this.clock.now();
        // Of tries that were checked side by side the first one counts; the others find its lock and learn nothing.
        const byName = await held(tx, nameKey, now);
        const fromAddress = await held(tx, addressKey, now);
        const lockedMeanwhile = this.lockOf(byName, fromAddress);
        if (lockedMeanwhile) throw lockedMeanwhile;

        if (!account || !right || account.disabled) {
          const failed = afterFailure(byName, USER_NAME_TRIES, now);
          await tx.update(FailedTries, { id: nameKey }, failed);
          await tx.update(FailedTries, { id: addressKey }, afterFailure(fromAddress, ADDRESS_TRIES, now));
          tx.emit(SignInFailed, { userId: account?.userId ?? null });
          return { retryAfterSeconds: waitSeconds(failed, now) };
        }

        await tx.update(FailedTries, { id: nameKey }, { failed: 0, lockedUntil: null });
        if (renewed) {
          const unchanged = { id: account.userId, passwordHash: account.passwordHash };
          await tx.update(UserAccount, unchanged, { passwordHash: renewed });
        }
        await sweep(tx, now);
        tx.emit(UserSignedIn, { userId: account.userId, grantId: account.id });
        return openSession(tx, account, account, now);
      },
      { secret: true },
    );
    if ('retryAfterSeconds' in outcome) throw new Refused(SignInRefusal.WRONG_PASSWORD, outcome);
    return outcome;
  }

  private lockOf(byName: FailedTries | null, fromAddress: FailedTries | null): Refused | TooMany | null {
    const now = this.clock.now();
    const addressWait = waitSeconds(fromAddress, now);
    if (addressWait > 0) return new TooMany(addressWait);
    const retryAfterSeconds = waitSeconds(byName, now);
    return retryAfterSeconds > 0 ? new Refused(SignInRefusal.LOCKED, { retryAfterSeconds }) : null;
  }
}

/** The account with the oldest of its grants: one statement, whether anybody has the name or not. */
async function accountNamed(tx: Pick<Tx, 'query'>, userName: string): Promise<AccountRow | null> {
  const [row] = await tx.query<AccountRow>(
    `SELECT u.id AS userId, u.displayName, u.passwordHash, u.disabled,
            g.id, ${GRANT_COLUMNS}
       FROM user_account u JOIN role_grant g ON g.userId = u.id
      WHERE u.userName = ? ORDER BY g.id LIMIT 1`,
    [userName],
  );
  return row ?? null;
}

/** Holds the count of one name or address until the commit, a new one too. */
async function held(tx: Tx, id: string, now: Date): Promise<FailedTries> {
  await tx.execute(
    `INSERT INTO failed_tries (id, failed, lastFailedAt, lockedUntil) VALUES (?, 0, ?, NULL)
     ${tx.dialect.onConflict(['id'], ['failed = failed_tries.failed'])}`,
    [id, now],
  );
  return tx.lock(FailedTries, { id });
}

/** Removes sessions that have ended and failures long forgotten. Every sign-in does it, so that no clock has to. */
async function sweep(tx: Tx, now: Date): Promise<void> {
  await tx.remove(SignInSession, { expiresAt: LessThan(now) });
  await tx.remove(FailedTries, { lastFailedAt: LessThan(new Date(now.getTime() - A_DAY)) });
}
