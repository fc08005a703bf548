import { Injectable } from '@nestjs/common';
import { storeForm } from '@app/persian';
import { BadInput, type By, Clock, Database, SYSTEM } from '@app/platform';
import { BOUNDS, type Bounds, type RoleInBounds, userNameForm } from '../access.rules.js';
import type { Role } from '../actor.rules.js';
import { refuseDisplayName, refusePassword, refuseUserName } from './password.rules.js';
import { Passwords } from './passwords.js';
import { RoleGrant, UserAccount } from './user-account.entity.js';

/** A role with those of its bounds that it has. */
export type Grant = { role: Role } & Partial<Bounds>;

/** What a person chooses. */
interface NewPerson {
  userName: string;
  displayName: string;
  password: string;
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
   * @throws BadInput user name, name or password are not taken
   */
  async create({ grants, ...typed }: NewPerson & { grants: Grant[] }, by: By = SYSTEM): Promise<{ userId: string }> {
    const person = await this.checked(typed);
    return this.db.write(by, async (tx) => {
      const { id: userId } = await tx.insert(UserAccount, {
        ...person,
        disabled: false,
        createdAt: this.clock.now(),
        graceFrom: null,
      });
      await tx.insertAll(
        RoleGrant,
        grants.map((grant) => ({ userId, ...inBounds(grant) })),
      );
      return { userId };
    });
  }

  /**
   * What a person chose, as an account keeps it: names in their stored form, of the password the hash.
   *
   * @throws BadInput with every mistake
   */
  async checked(typed: NewPerson): Promise<Omit<NewPerson, 'password'> & { passwordHash: string }> {
    const userName = userNameForm(typed.userName);
    const displayName = storeForm(typed.displayName);
    const mistakes = [
      refuseUserName(userName),
      refuseDisplayName(displayName),
      refusePassword(typed.password, userName),
    ].filter((mistake) => mistake !== null);
    if (mistakes.length > 0) throw new BadInput(...mistakes);
    return { userName, displayName, passwordHash: await this.passwords.hash(typed.password) };
  }
}

/** A grant with all its bounds; those it does not have are null. */
export const inBounds = (grant: Grant): RoleInBounds => ({
  role: grant.role,
  ...(Object.fromEntries(BOUNDS.map((name) => [name, grant[name] ?? null])) as unknown as Bounds),
});

/** The columns of a grant in a hand-written statement. */
export const GRANT_COLUMNS = ['role', ...BOUNDS].map((name) => `g.${name}`).join(', ');
