import { Injectable } from '@nestjs/common';
import { BadInput, Clock, Database, NOBODY, Refused } from '@app/platform';
import { SignInRefusal } from '../access.rules.js';
import { OwnPassword } from '../account/own-password.js';
import { refusePassword } from '../account/password.rules.js';
import { Passwords } from '../account/passwords.js';
import { UserAccount } from '../account/user-account.entity.js';
import { InvitationRefusal, invitationStands } from '../invitation/invitation.rules.js';
import { hasFactor, SecondFactors } from '../second-factor/second-factors.service.js';
import { notEnough, wrong } from '../session/tries.js';
import { endSessions, type StandingSession } from '../session/sessions.service.js';
import { tokenHash } from '../token.js';
import { PasswordReset } from './password-reset.entity.js';
import { PasswordChanged } from './staff.events.js';

/** A new password for an account that stands: by its owner, or by a link that an office made. */
@Injectable()
export class NewPassword {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly passwords: Passwords,
    private readonly own: OwnPassword,
    private readonly factors: SecondFactors,
  ) {}

  /**
   * Changes the own password; every other session of the person ends. Who has a second factor shows it too, from every
   * network: a browser left open is not enough to take an account over.
   *
   * @throws Refused  the password before or the code is wrong (a `SignInRefusal`)
   * @throws BadInput the new one is not taken
   */
  async change(
    session: StandingSession,
    address: string,
    { password, newPassword, code }: { password: string; newPassword: string; code?: string | null },
  ): Promise<{ changed: true }> {
    const { userName } = await this.db.read((tx) => tx.get(UserAccount, { id: session.userId }));
    const passwordHash = await this.hashed(newPassword, userName, 'newPassword');
    return this.own.confirmed(session, address, password, async (tx, { id: userId }) => {
      if (await hasFactor(tx, userId)) {
        if (!code) return notEnough(SignInRefusal.CODE_NEEDED);
        if (!(await this.factors.use(tx, userId, code))) return wrong(SignInRefusal.WRONG_CODE);
      }
      await tx.update(UserAccount, { id: userId }, { passwordHash });
      await endSessions(tx, userId, session.id);
      tx.emit(PasswordChanged, { userId });
      return { changed: true };
    });
  }

  /**
   * Sets a new password by the link of an office. The second factor stays, every session ends, and nobody is signed in.
   *
   * @throws Refused  `INVITATION_ENDED`: the link was used, has run out, or never was one
   * @throws BadInput the password is not taken
   */
  async byLink(token: string, newPassword: string): Promise<{ changed: true }> {
    const link = { tokenHash: tokenHash(token) };
    // Looked at before the password is hashed, so that a guessed link costs next to nothing.
    const account = await this.db.read(async (tx) => {
      const reset = await tx.repo(PasswordReset).findOneBy(link);
      if (!reset || !invitationStands(reset, this.clock.now())) return null;
      return tx.get(UserAccount, { id: reset.userId });
    });
    const passwordHash = account && (await this.hashed(newPassword, account.userName, 'password'));
    return this.db.write(
      NOBODY,
      async (tx) => {
        if (!account || !passwordHash) throw new Refused(InvitationRefusal.INVITATION_ENDED);
        const now = this.clock.now();
        const reset = await tx.lock(PasswordReset, link);
        if (!invitationStands(reset, now)) throw new Refused(InvitationRefusal.INVITATION_ENDED);
        const { id: userId } = account;
        await tx.update(PasswordReset, { id: reset.id }, { usedAt: now });
        await tx.update(UserAccount, { id: userId }, { passwordHash });
        await endSessions(tx, userId);
        tx.emit(PasswordChanged, { userId });
        return { changed: true };
      },
      { secret: true },
    );
  }

  private hashed(password: string, userName: string, field: string): Promise<string> {
    const mistake = refusePassword(password, userName);
    if (mistake) throw new BadInput({ ...mistake, field: `input.${field}` });
    return this.passwords.hash(password);
  }
}
