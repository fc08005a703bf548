import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In } from 'typeorm';
import {
  Clock,
  conditions,
  cursorKey,
  Database,
  NotFound,
  type Page,
  type PageArgs,
  pageOf,
  type Reads,
  Refused,
  type Tx,
} from '@app/platform';
import { BOUNDS, boundsToName, INVITERS, invitedBy, PASSWORD_RESET_HOURS, RoleRefusal } from '../access.rules.js';
import type { Grant } from '../account/accounts.service.js';
import { RoleGrant, UserAccount } from '../account/user-account.entity.js';
import type { Actor, Role } from '../actor.rules.js';
import { AgreementDetailName, AgreementKind } from '../agreement/agreement.rules.js';
import { type AgreementDetail, Agreements, type ToldRequest } from '../agreement/agreements.service.js';
import { grantGivenBy } from '../invitation/invitations.service.js';
import { Places } from '../places.js';
import { Authenticator, OneTimeCode } from '../second-factor/second-factor.entity.js';
import { SecondFactorRecovered } from '../second-factor/second-factor.events.js';
import { endSessions } from '../session/sessions.service.js';
import { newToken, tokenHash } from '../token.js';
import { PasswordReset } from './password-reset.entity.js';
import { AccountDisabled, PasswordResetMade, RoleGiven, RoleTaken, StaffSessionsEnded } from './staff.events.js';

/** Somebody of the level below, as the office above sees them. */
export interface StaffMember {
  id: string;
  userName: string;
  displayName: string;
  roles: Role[];
  grants: { id: string; role: Role }[];
  disabled: boolean;
}

/** A role the actor may give, with the ids that must be said with it. */
interface RoleToGive {
  role: Role;
  needs: string[];
}

const rolesOf = (grants: RoleGrant[]) => ({
  roles: grants.map(({ role }) => role),
  grants: grants.map(({ id, role }) => ({ id, role })),
});

const HOUR = 3_600_000;

/** The accounts of the next lower level: an office disables them, and lets people in again who lost their way in. */
@Injectable()
export class Staff implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly places: Places,
    private readonly agreements: Agreements,
  ) {}

  onModuleInit(): void {
    this.agreements.register<{ userId: string }>({
      kind: AgreementKind.SECOND_FACTOR_RECOVERY,
      askers: INVITERS,
      agreers: INVITERS,
      perform: (tx, asker, { userId }) => this.recover(tx, asker, userId),
    });
  }

  /** Those whose roles the actor invites to, within the own place, by user name. */
  list(actor: Actor, { first, after }: PageArgs): Promise<Page<StaffMember> & { viewerGives: RoleToGive[] }> {
    return this.db.read(async (tx) => {
      const roles = invitedBy[actor.role];
      const own = conditions('g', {
        role: roles,
        ...('provinceCode' in actor && { provinceCode: actor.provinceCode }),
        ...('branchId' in actor && { branchId: actor.branchId }),
      });
      // Trainers and employers belong to the whole province of a county.
      const office = 'officeId' in actor ? ['(g.officeId = ? OR g.officeId IS NULL)', actor.officeId] : [];
      const key = cursorKey(after, 1);
      const later = key ? ['u.userName > ?', key[0]] : [];
      const [texts, values] = [
        [own.sql, office[0], later[0]],
        [...own.values, office[1], later[1]],
      ];
      const found = await tx.query<{ id: string; userName: string }>(
        `SELECT DISTINCT u.id, u.userName FROM role_grant g JOIN user_account u ON u.id = g.userId
          WHERE ${texts.filter(Boolean).join(' AND ')} ORDER BY u.userName LIMIT ?`,
        [...values.filter((value) => value !== undefined), first + 1],
      );
      const { items, nextCursor } = pageOf(found, first, ({ userName }) => [userName]);
      return {
        viewerGives: invitedBy[actor.role].map((role) => ({ role, needs: boundsToName(actor, role) })),
        items: await this.members(
          tx,
          items.map(({ id }) => id),
        ),
        nextCursor,
      };
    });
  }

  /**
   * Disables an account, or opens it again. Disabled, every session and token of it ends at once.
   *
   * @throws NotFound nobody of that id, or none the actor keeps
   */
  disable(actor: Actor, userId: string, disabled: boolean): Promise<StaffMember> {
    return this.db.write(actor, async (tx) => {
      await this.kept(tx, actor, userId);
      await tx.update(UserAccount, { id: userId }, { disabled });
      if (disabled) await endSessions(tx, userId);
      tx.emit(AccountDisabled, { userId, disabled });
      return this.member(tx, userId);
    });
  }

  /**
   * Ends every session and token of somebody, as when a telephone was lost.
   *
   * @throws NotFound nobody of that id, or none the actor keeps
   */
  endSessions(actor: Actor, userId: string): Promise<StaffMember> {
    return this.db.write(actor, async (tx) => {
      await this.kept(tx, actor, userId);
      await endSessions(tx, userId);
      tx.emit(StaffSessionsEnded, { userId });
      return this.member(tx, userId);
    });
  }

  /**
   * Gives one more role. One that the person holds already, in the same place, is not given twice.
   *
   * @throws NotFound   nobody of that id or none the actor keeps, or a place out of reach
   * @throws Forbidden  the actor's role does not give this role
   * @throws BadInput   an id that bounds the role is missing, or one is given that it does not have
   */
  giveRole(actor: Actor, userId: string, grant: Grant): Promise<StaffMember> {
    return this.db.write(actor, async (tx) => {
      await this.kept(tx, actor, userId);
      const wanted = grantGivenBy(actor, grant);
      if (!(await this.places.within(tx, actor, wanted))) throw new NotFound();
      const held = await tx.repo(RoleGrant).findBy({ userId, role: wanted.role });
      if (!held.some((one) => BOUNDS.every((name) => one[name] === wanted[name]))) {
        const { id: grantId } = await tx.insert(RoleGrant, { userId, ...wanted });
        tx.emit(RoleGiven, { userId, grantId });
      }
      return this.member(tx, userId);
    });
  }

  /**
   * Takes one of several roles. It bites at once: every session of the person ends.
   *
   * @throws NotFound nobody of that id or none the actor keeps, or no such role of theirs
   * @throws Refused  a `RoleRefusal`; nothing is written
   */
  takeRole(actor: Actor, userId: string, grantId: string): Promise<StaffMember> {
    return this.db.write(actor, async (tx) => {
      await this.kept(tx, actor, userId);
      await tx.get(RoleGrant, { id: grantId, userId });
      if ((await tx.repo(RoleGrant).countBy({ userId })) === 1) throw new Refused(RoleRefusal.LAST_ROLE);
      await endSessions(tx, userId);
      await tx.remove(RoleGrant, { id: grantId });
      tx.emit(RoleTaken, { userId, grantId });
      return this.member(tx, userId);
    });
  }

  /**
   * Makes a single-use link for a new password. The second factor stays: whoever has only the link comes in nowhere
   * that asks for one.
   *
   * @throws NotFound nobody of that id, or none the actor keeps
   */
  resetPassword(actor: Actor, userId: string): Promise<{ token: string; expiresAt: Date }> {
    return this.db.write(
      actor,
      async (tx) => {
        await this.kept(tx, actor, userId);
        const token = newToken();
        const createdAt = this.clock.now();
        const expiresAt = new Date(createdAt.getTime() + PASSWORD_RESET_HOURS * HOUR);
        // Of several links the last one works.
        await tx.execute('UPDATE password_reset SET usedAt = ? WHERE userId = ? AND usedAt IS NULL', [
          createdAt,
          userId,
        ]);
        const { id: resetId } = await tx.insert(PasswordReset, {
          ...{ tokenHash: tokenHash(token), userId, madeById: actor.userId, createdAt, expiresAt, usedAt: null },
        });
        tx.emit(PasswordResetMade, { resetId, userId });
        return { token, expiresAt };
      },
      { secret: true },
    );
  }

  /**
   * Asks to let somebody in who lost the second factor. When another agrees, it is gone, every session has ended, and the
   * days to set one up begin anew. The password stays.
   *
   * @throws NotFound nobody of that id, or none the actor keeps
   */
  askRecovery(actor: Actor, userId: string, purpose: string): Promise<ToldRequest> {
    return this.agreements.ask(actor, AgreementKind.SECOND_FACTOR_RECOVERY, { userId }, purpose);
  }

  private async recover(tx: Tx, asker: Actor, userId: string): Promise<AgreementDetail[]> {
    await this.kept(tx, asker, userId);
    const { displayName, userName } = await tx.get(UserAccount, { id: userId });
    await tx.remove(Authenticator, { id: userId });
    await tx.remove(OneTimeCode, { userId });
    await tx.update(UserAccount, { id: userId }, { graceFrom: this.clock.now() });
    await endSessions(tx, userId);
    tx.emit(SecondFactorRecovered, { userId });
    return [{ name: AgreementDetailName.ACCOUNT, value: `${displayName} (${userName})` }];
  }

  /** Holds the account when the actor invites to every role of it: nobody touches who is also more than that. */
  private async kept(tx: Tx, actor: Actor, userId: string): Promise<void> {
    const grants = await tx.repo(RoleGrant).findBy({ userId });
    if (grants.length === 0) throw new NotFound();
    for (const grant of grants)
      if (!invitedBy[actor.role].includes(grant.role) || !(await this.places.within(tx, actor, grant)))
        throw new NotFound();
    await tx.lock(UserAccount, { id: userId });
  }

  private async member(tx: Reads, userId: string): Promise<StaffMember> {
    const [member] = await this.members(tx, [userId]);
    return member as StaffMember;
  }

  /** Two statements, however many people. */
  private async members(tx: Reads, ids: string[]): Promise<StaffMember[]> {
    const accounts = await tx.repo(UserAccount).find({ where: { id: In(ids) }, order: { userName: 'ASC' } });
    const grants = await tx.repo(RoleGrant).find({ where: { userId: In(ids) }, order: { id: 'ASC' } });
    return accounts.map(({ id, userName, displayName, disabled }) => ({
      ...{ id, userName, displayName, disabled: Boolean(disabled) },
      ...rolesOf(grants.filter(({ userId }) => userId === id)),
    }));
  }
}
