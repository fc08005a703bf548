import { type Actor, Agreements, type Bounds, Deputies, RoleGrant, type ToldRequest, UserAccount } from '@app/access';
import { type Clock, type Database, newId, readSettings, SYSTEM } from '@app/platform';

/** What takes two people, over a spec's database; no day is a working day. */
export const testAgreements = (database: Database, clock: Clock): Agreements =>
  new Agreements(database, clock, new Deputies(database, clock), { between: async () => 0 }, readSettings({}));

/** Gives the actor an account, if there is none, and tells it again. */
export async function withAccount<A extends Actor>(database: Database, actor: A): Promise<A> {
  await database.write(SYSTEM, async (tx) => {
    const { userId, role, ...bounds } = actor;
    if (await tx.repo(UserAccount).existsBy({ id: userId })) return;
    const account = { userName: userId, displayName: userId.slice(-4), passwordHash: 'x', disabled: false };
    await tx.insert(UserAccount, { id: userId, ...account, createdAt: new Date(), graceFrom: null });
    const none: Bounds = {
      ...{ provinceCode: null, officeId: null, instituteId: null },
      ...{ trainerId: null, branchId: null, traineeId: null },
    };
    await tx.insert(RoleGrant, { userId, role, ...none, ...bounds });
  });
  return actor;
}

/** Asks as this actor, and agrees as somebody else at the same desk. */
export async function byTwo<A extends Actor>(
  database: Database,
  agreements: Agreements,
  actor: A,
  ask: (asker: A) => Promise<ToldRequest>,
): Promise<ToldRequest> {
  const { id } = await ask(await withAccount(database, actor));
  return agreements.agree(await withAccount(database, { ...actor, userId: newId() }), id);
}
