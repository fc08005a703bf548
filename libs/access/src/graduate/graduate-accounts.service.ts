import { randomBytes } from 'node:crypto';
import { In, IsNull, Not } from 'typeorm';
import { conditions, newId, type Reads, type Tx } from '@app/platform';
import { inBounds } from '../account/accounts.service.js';
import { RoleGrant, UserAccount } from '../account/user-account.entity.js';
import { Role } from '../actor.rules.js';
import { endSessions } from '../session/sessions.service.js';
import { GraduateNumber } from './one-time-password.entity.js';

/** What an account of a graduate shows; the person's name stands sealed in the register and nowhere else. */
const DISPLAY_NAME = 'دانش‌آموخته';

/** No user name that anybody can type for themselves has a slash (A7). */
const userNameOf = (traineeId: string): string => `graduate/${traineeId}`;

/** A hash of the form of all others, of a password that does not exist. */
const hashOfNothing = (): string => {
  const part = (bytes: number) => randomBytes(bytes).toString('base64').replaceAll('=', '');
  return `$argon2id$v=19$m=19456,t=2,p=1$${part(16)}$${part(32)}`;
};

/** The account and the one grant of a trainee or graduate; made when they come in for the first time. */
export async function graduateGrant(tx: Tx, traineeId: string, now: Date) {
  const userName = userNameOf(traineeId);
  const added = await tx.insertMissing(UserAccount, [
    {
      ...{ id: newId(), userName, displayName: DISPLAY_NAME, passwordHash: hashOfNothing() },
      ...{ disabled: false, createdAt: now, graceFrom: null },
    },
  ]);
  const { id: userId, displayName } = await tx.get(UserAccount, { userName });
  const grant =
    added > 0
      ? await tx.insert(RoleGrant, { userId, ...inBounds({ role: Role.GRADUATE, traineeId }) })
      : await tx.get(RoleGrant, { userId, role: Role.GRADUATE });
  return { account: { userId, displayName }, grant };
}

/** Ends every session of a trainee or graduate, in the caller's unit, and tells how many stood. */
export async function endGraduateSessions(tx: Tx, traineeId: string): Promise<number> {
  const account = await tx.repo(UserAccount).findOneBy({ userName: userNameOf(traineeId) });
  return account ? endSessions(tx, account.id) : 0;
}

/** O4: whether birth dates are tried no more at a number. */
export const isNumberShut = (tx: Reads, mobileIndexes: string[]): Promise<boolean> =>
  tx.repo(GraduateNumber).existsBy({ id: In(mobileIndexes), shutAt: Not(IsNull()) });

/** O4: lets birth dates be tried again at a number, in the caller's unit. Tells whether it was shut. */
export async function openNumber(tx: Tx, mobileIndexes: readonly string[]): Promise<boolean> {
  const numbers = await tx.repo(GraduateNumber).findBy({ id: In([...mobileIndexes]) });
  const { sql, values } = conditions('graduate_number', { id: mobileIndexes });
  await tx.execute(`UPDATE graduate_number SET wrongBirthDates = 0, shutAt = NULL WHERE ${sql}`, values);
  return numbers.some(({ shutAt }) => shutAt);
}
