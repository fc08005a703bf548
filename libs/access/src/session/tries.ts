import { Injectable } from '@nestjs/common';
import { type By, Clock, Database, Keys, Refused, TooMany, type Tx } from '@app/platform';
import {
  ADDRESS_TRIES,
  afterFailure,
  callerNetwork,
  SignInRefusal,
  USER_NAME_TRIES,
  waitSeconds,
} from '../access.rules.js';
import { FailedTries } from './sign-in-session.entity.js';

/** Why a try did not go through. One that counts makes the next one wait. */
export class FailedTry {
  constructor(
    readonly reason: SignInRefusal,
    readonly counts: boolean,
  ) {}
}

/** What was typed is wrong: the next try waits. */
export const wrong = (reason = SignInRefusal.WRONG_PASSWORD): FailedTry => new FailedTry(reason, true);
/** What was typed is right and not enough: nothing is counted and nothing forgotten. */
export const notEnough = (reason: SignInRefusal): FailedTry => new FailedTry(reason, false);

/** A5: guesses of passwords and codes, counted by user name and by address in the database, for all processes alike. */
@Injectable()
export class GuardedTries {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
  ) {}

  /** What counts tries of a name from an address. When the index key turns, some minutes of waiting are forgotten. */
  keysOf(userName: string, address: string): TryKeys {
    return [this.keys.blindIndex('user name', userName), this.keys.blindIndex('address', callerNetwork(address))];
  }

  /** What is known of tries of a name from an address, for who has nothing else to read with it. */
  async known(userName: string, address: string): Promise<KnownTries> {
    const [keys, at] = [this.keysOf(userName, address), this.clock.now()];
    return { ...(await this.db.read((tx) => counted(keys, (where) => tx.find(FailedTries, where)))), keys, at };
  }

  /**
   * Checks what was typed, outside any unit: while a password is checked, nobody else must wait for a lock. Then runs
   * the work in one unit with what the check found. A failure is committed, the refusal is thrown after it.
   *
   * @param known what the caller has read: while it is locked, nothing is checked
   * @throws Refused  a `SignInRefusal`, with the seconds to wait
   * @throws TooMany  too many failures from this address
   */
  async attempt<C, R extends object>(
    by: By,
    known: KnownTries,
    check: () => Promise<C>,
    work: (tx: Tx, checked: C, now: Date) => Promise<R | FailedTry>,
  ): Promise<R> {
    const { keys } = known;
    const [nameKey, addressKey] = keys;
    const locked = lockOf(known);
    const checked = locked ? null : { found: await check() };

    const outcome = await this.db.write(
      by,
      async (tx) => {
        if (!checked) throw locked;
        const now = this.clock.now();
        // Of tries that were checked side by side the first one counts; the others find its lock and learn nothing.
        const { byName, fromAddress } = await heldCounts(tx, keys, now);
        const lockedMeanwhile = lockOf({ byName, fromAddress, at: now });
        if (lockedMeanwhile) throw lockedMeanwhile;
        const done = await work(tx, checked.found, now);
        if (!(done instanceof FailedTry)) {
          if (byName?.failed) await tx.update(FailedTries, { id: nameKey }, { failed: 0, lockedUntil: null });
          return { done };
        }
        if (!done.counts) return { reason: done.reason, retryAfterSeconds: 0 };
        const failed = afterFailure(byName, USER_NAME_TRIES, now);
        await tx.update(FailedTries, { id: nameKey }, failed);
        await tx.update(FailedTries, { id: addressKey }, afterFailure(fromAddress, ADDRESS_TRIES, now));
        return { reason: done.reason, retryAfterSeconds: waitSeconds(failed, now) };
      },
      { secret: true },
    );
    if ('done' in outcome) return outcome.done as R;
    throw new Refused(outcome.reason, { retryAfterSeconds: outcome.retryAfterSeconds });
  }
}

function lockOf({ byName, fromAddress, at }: Omit<KnownTries, 'keys'>) {
  const addressWait = waitSeconds(fromAddress, at);
  if (addressWait > 0) return new TooMany(addressWait);
  const retryAfterSeconds = waitSeconds(byName, at);
  return retryAfterSeconds > 0 ? new Refused(SignInRefusal.LOCKED, { retryAfterSeconds }) : null;
}

/** Keyed digests of a name and of an address. */
export type TryKeys = readonly [nameKey: string, addressKey: string];

/** What is counted of a name and of an address. */
interface Counts {
  byName: FailedTries | null;
  fromAddress: FailedTries | null;
}
/** Until when the next try has to wait. */
type Lock = Pick<FailedTries, 'lockedUntil'>;
/** What was read of the tries of a name and from an address. */
export interface KnownTries {
  keys: TryKeys;
  byName: Lock | null;
  fromAddress: Lock | null;
  /** When it was looked: what is found free then is checked. */
  at: Date;
}

async function counted(
  [nameKey, addressKey]: TryKeys,
  find: (where: { id: string[] }) => Promise<FailedTries[]>,
): Promise<Counts> {
  const rows = await find({ id: [nameKey, addressKey] });
  const of = (key: string) => rows.find(({ id }) => id === key) ?? null;
  return { byName: of(nameKey), fromAddress: of(addressKey) };
}

/** What is counted, held until the commit: where a row is missing, it is added, since nothing holds what is not there. */
async function heldCounts(tx: Tx, keys: TryKeys, now: Date): Promise<Counts> {
  const counts = await counted(keys, (where) => tx.findHeld(FailedTries, where));
  if (counts.byName && counts.fromAddress) return counts;
  await hold(tx, now, ...keys);
  return counted(keys, (where) => tx.find(FailedTries, where));
}

/** Holds the counts of names and addresses until the commit, new ones too. Written to, a row is held: nothing locks it again. */
export async function hold(tx: Tx, now: Date, ...ids: string[]): Promise<void> {
  await tx.execute(
    `INSERT INTO failed_tries (id, failed, lastFailedAt, lockedUntil) VALUES ${ids.map(() => '(?, 0, ?, NULL)').join(', ')}
     ${tx.dialect.onConflict(['id'], ['failed = failed_tries.failed'])}`,
    ids.flatMap((id) => [id, now]),
  );
}
