import { Injectable } from '@nestjs/common';
import { BadInput, type By, Clock, Database, SYSTEM } from '@app/platform';
import { type Bounds, type RoleInBounds, userNameForm } from '../access.rules.js';
import type { Role } from '../actor.rules.js';
import { refusePassword, refuseUserName } from './password.rules.js';
import { Passwords } from './passwords.js';
import { RoleGrant, UserAccount } from './user-account.entity.js';

/** A role with those of its bounds that it has. */
export type Grant = { role: Role } & Partial<Bounds>;

interface NewAccount {
  userName: string;
  displayName: string;
  password: string;
  grants: Grant[];
}

/** Makes accounts: for the demo province, and for who accepts an invitation. */
@Injectable()
export class Accounts {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly passwords: Passwords,
  ) {}

  /**
   * Makes an account with its grants in one unit.
   *
   * @throws BadInput user name or password are not taken
   */
  async create({ password, grants, ...person }: NewAccount, by: By = SYSTEM): Promise<{ userId: string }> {
    const userName = userNameForm(person.userName);
    const passwordHash = await this.passwordFor(userName, password);
    return this.db.write(by, async (tx) => {
      const { id: userId } = await tx.insert(UserAccount, {
        userName,
        displayName: person.displayName,
        passwordHash,
        disabled: false,
        createdAt: this.clock.now(),
      });
      await tx.insertAll(
        RoleGrant,
        grants.map((grant) => ({ userId, ...inBounds(grant) })),
      );
      return { userId };
    });
  }

  /**
   * The hash of a new password, if user name and password may be taken.
   *
   * @throws BadInput with every mistake
   */
  async passwordFor(userName: string, password: string): Promise<string> {
    const mistakes = [refuseUserName(userName), refusePassword(password, userName)].filter(
      (mistake) => mistake !== null,
    );
    if (mistakes.length > 0) throw new BadInput(...mistakes);
    return this.passwords.hash(password);
  }
}

/** A grant with all its bounds; those it does not have are null. */
export const inBounds = ({
  role,
  provinceCode = null,
  officeId = null,
  instituteId = null,
  trainerId = null,
}: Grant): RoleInBounds => ({ role, provinceCode, officeId, instituteId, trainerId });
