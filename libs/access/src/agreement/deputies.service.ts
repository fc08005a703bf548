import { Injectable } from '@nestjs/common';
import { In, IsNull, LessThanOrEqual, MoreThanOrEqual } from 'typeorm';
import { Clock, Database, NotFound, type Reads, Refused } from '@app/platform';
import { BOUNDS, type Bounds } from '../access.rules.js';
import { RoleGrant, UserAccount } from '../account/user-account.entity.js';
import type { Actor, Role } from '../actor.rules.js';
import { Deputy } from './agreement.entity.js';
import { DeputyEnded, DeputyNamed } from './agreement.events.js';
import { deskOf, refuseDeputy, type Right, rolesOfHouse, sameOffice } from './agreement.rules.js';

/** Somebody of the same office. */
export interface Colleague {
  id: string;
  displayName: string;
  roles: Role[];
}

/** A colleague who stands in for the actor, from day to day. */
export interface ToldDeputy {
  id: string;
  deputyId: string;
  displayName: string;
  fromDay: string;
  toDay: string;
}

const MOST_SHOWN = 200;

/** G5: who stands in for whom. What a deputy gains is the right to answer requests, and nothing else. */
@Injectable()
export class Deputies {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Those of the own office, by name. */
  colleagues(actor: Actor): Promise<Colleague[]> {
    return this.db.read(async (tx) => {
      const grants = await colleaguesOf(tx, actor);
      const people = await tx.repo(UserAccount).find({
        where: { id: In(grants.map(({ userId }) => userId)), disabled: false },
        order: { displayName: 'ASC', id: 'ASC' },
        take: MOST_SHOWN,
      });
      return people.map(({ id, displayName }) => ({
        ...{ id, displayName },
        roles: [...new Set(grants.flatMap(({ userId, role }) => (userId === id ? [role] : [])))],
      }));
    });
  }

  /** Who stands in for the actor, today or later. */
  own({ userId }: Actor): Promise<ToldDeputy[]> {
    return this.db.read((tx) => this.told(tx, userId));
  }

  /**
   * Names a colleague of the same office to stand in for the actor, in the role the actor has now.
   *
   * @throws NotFound  nobody of that id, or of another office
   * @throws Refused   an `AgreementRefusal`; nothing is written
   */
  name(actor: Actor, days: { deputyId: string; from: string; to: string }): Promise<ToldDeputy[]> {
    return this.db.write(actor, async (tx) => {
      const refusal = refuseDeputy(actor, days, this.clock.today());
      if (refusal) throw new Refused(refusal);
      const { userId } = actor;
      const { deputyId, from: fromDay, to: toDay } = days;
      const grant = await grantOf(tx, actor);
      const there = (await colleaguesOf(tx, actor)).some((one) => one.userId === deputyId);
      if (!grant || !there) throw new NotFound();
      const { id: deputyshipId } = await tx.insert(Deputy, {
        ...{ userId, grantId: grant.id, deputyId, fromDay, toDay, namedAt: this.clock.now(), endedAt: null },
      });
      tx.emit(DeputyNamed, { deputyshipId, userId, deputyId });
      return this.told(tx, userId);
    });
  }

  /** Ends it before its last day. @throws NotFound the actor has named nobody by this id */
  end(actor: Actor, id: string): Promise<ToldDeputy[]> {
    return this.db.write(actor, async (tx) => {
      const { userId } = actor;
      await tx.lock(Deputy, { id, userId });
      await tx.update(Deputy, { id }, { endedAt: this.clock.now() });
      tx.emit(DeputyEnded, { deputyshipId: id });
      return this.told(tx, userId);
    });
  }

  /** At which desks the actor answers today: the own one, and those of colleagues the actor stands in for. */
  async rightsOf(tx: Reads, actor: Actor): Promise<Right[]> {
    const today = this.clock.today();
    const lent = await tx.repo(Deputy).findBy({
      deputyId: actor.userId,
      ...{ fromDay: LessThanOrEqual(today), toDay: MoreThanOrEqual(today), endedAt: IsNull() },
    });
    const grants = await tx.repo(RoleGrant).find({
      where: { id: In(lent.map(({ grantId }) => grantId)), user: { disabled: false } },
    });
    return [
      { ...deskOf(actor), userId: actor.userId },
      ...grants
        .filter((grant) => sameOffice(grant, actor))
        .map((grant) => ({ ...deskOf(grant), userId: grant.userId })),
    ];
  }

  private async told(tx: Reads, userId: string): Promise<ToldDeputy[]> {
    const named = await tx.repo(Deputy).find({
      where: { userId, toDay: MoreThanOrEqual(this.clock.today()), endedAt: IsNull() },
      order: { fromDay: 'ASC', id: 'ASC' },
    });
    const people = await tx.repo(UserAccount).findBy({ id: In(named.map(({ deputyId }) => deputyId)) });
    return named.map(({ id, deputyId, fromDay, toDay }) => {
      const displayName = people.find((person) => person.id === deputyId)?.displayName ?? '';
      return { id, deputyId, displayName, fromDay, toDay };
    });
  }
}

/** The grant that an actor acts by, while it stands and the account is open. */
export async function grantOf(tx: Reads, actor: Actor): Promise<RoleGrant | null> {
  const { role, userId, ...bounds } = actor as { role: Role; userId: string } & Partial<Bounds>;
  const grants = await tx.repo(RoleGrant).findBy({ userId, role, user: { disabled: false } });
  return grants.find((grant) => BOUNDS.every((name) => grant[name] === (bounds[name] ?? null))) ?? null;
}

async function colleaguesOf(tx: Reads, actor: Actor): Promise<RoleGrant[]> {
  const { provinceCode = null, officeId = null, branchId = null } = actor as Partial<Bounds>;
  const nullOr = (id: string | null) => id ?? IsNull();
  const grants = await tx.repo(RoleGrant).findBy({
    role: In(rolesOfHouse(actor.role)),
    ...{ provinceCode: nullOr(provinceCode), officeId: nullOr(officeId), branchId: nullOr(branchId) },
  });
  return grants.filter(({ userId }) => userId !== actor.userId);
}
