import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '@app/platform';
import { type FailedTry, GuardedTries, wrong } from '../session/tries.js';
import { Passwords } from './passwords.js';
import { UserAccount } from './user-account.entity.js';

/** Asks for the password once more before something that changes how the account is opened. */
@Injectable()
export class OwnPassword {
  constructor(
    private readonly db: Database,
    private readonly tries: GuardedTries,
    private readonly passwords: Passwords,
  ) {}

  /**
   * Runs the work in one unit when the password is right. A wrong one counts as at sign-in, and so does what the work
   * finds wrong.
   *
   * @throws Refused  a `SignInRefusal`, with the seconds to wait
   */
  async confirmed<R extends object>(
    { userId }: { userId: string },
    address: string,
    password: string,
    work: (tx: Tx, account: UserAccount) => Promise<R | FailedTry>,
  ): Promise<R> {
    const account = await this.db.read((tx) => tx.get(UserAccount, { id: userId }));
    return this.tries.attempt(
      { userId },
      await this.tries.known(account.userName, address),
      () => this.passwords.verify(account.passwordHash, password),
      async (tx, right) => (right ? work(tx, account) : wrong()),
    );
  }
}
