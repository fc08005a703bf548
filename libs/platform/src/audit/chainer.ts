import type { Database } from '../database/database.js';
import { SYSTEM } from '../database/database.js';
import { asInstant } from '../database/dialect.js';
import type { Reads } from '../database/reads.js';
import type { Tx } from '../database/tx.js';
import { idTime, timeId } from '../ids.js';
import type { Log } from '../observe/log.js';
import { EventChain, EventLink } from './audit.entity.js';
import { BEGINNING, chainOf, type EventRow, type Head, linkAfter, NATIONAL } from './links.js';

const LOOK_MS = 2_000;
/** Events linked in one unit: on SQLite others wait for it. */
const AT_ONCE = 500;
/** An event has its id shortly before its commit: a look finds it although later ones were linked already. */
const RECENT_MS = 60_000;
/** How late a commit may be and still be found by the look at the start and at night, whatever the clocks of the machines. */
const LATEST_MS = 48 * 3_600_000;

/** An event's row as the database gives it. */
export interface RawEvent extends Omit<EventRow, 'occurredAt'> {
  occurredAt: unknown;
}
export const eventOf = ({ id, name, payload, by, provinceCode, occurredAt }: RawEvent): EventRow => ({
  id,
  name,
  payload,
  by,
  provinceCode,
  occurredAt: asInstant(occurredAt),
});

/**
 * Links events into the chain of their province, after their commit and outside of it: a change waits for no chain. All
 * processes that run jobs look; of several at once one links, and the others find nothing left.
 */
export class Chainer {
  private timer: NodeJS.Timeout | undefined;
  private linking: Promise<unknown> | null = null;

  constructor(
    private readonly db: Database,
    private readonly log: Log,
  ) {}

  start(): void {
    this.look(LATEST_MS);
    this.timer = setInterval(() => this.look(RECENT_MS), LOOK_MS).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.linking;
  }

  private look(backMs: number): void {
    this.linking ??= this.link(backMs)
      .catch((error: unknown) => this.log.warn({ error }, 'events not linked'))
      .finally(() => (this.linking = null));
  }

  /** Links what is committed and in no chain yet, and tells how many that were. */
  async link(backMs = LATEST_MS): Promise<number> {
    let linked = 0;
    for (;;) {
      // Outside the unit: mostly there is nothing, and nobody should wait for that.
      const waiting = await this.db.read(async (tx) => unlinked(tx, await since(tx, backMs), 1));
      if (waiting.length === 0) return linked;
      const block = await this.db.write(SYSTEM, (tx) => this.linkBlock(tx, backMs));
      linked += block;
      if (block < AT_ONCE) return linked;
    }
  }

  private async linkBlock(tx: Tx, backMs: number): Promise<number> {
    const blank = { sequence: 0, hash: BEGINNING, eventId: '' };
    await tx.insertMissing(EventChain, [{ id: NATIONAL, ...blank }]);
    await tx.lock(EventChain, { id: NATIONAL });
    const events = await unlinked(tx, await since(tx, backMs), AT_ONCE);
    const heads = new Map<string, Head & { eventId: string }>(
      (await tx.repo(EventChain).find()).map(({ id, sequence, hash, eventId }) => [id, { sequence, hash, eventId }]),
    );
    const links = events.map((event) => {
      const link = linkAfter(heads.get(chainOf(event)) ?? blank, event);
      heads.set(link.chain, link);
      return link;
    });
    await tx.insertAll(EventLink, links);
    const moved = [...new Set(links.map(({ chain }) => chain))].map((id) => {
      const { sequence, hash, eventId } = heads.get(id) ?? blank;
      return { id, sequence, hash, eventId };
    });
    if (moved.length > 0) await tx.upsert(EventChain, moved, ['id']);
    return links.length;
  }
}

/**
 * The id from which events may stand unlinked: some time before the newest that was linked, all when none was. An id of
 * tomorrow, made by a wrong clock or another hand, does not hide those of today.
 */
async function since(tx: Reads, backMs: number): Promise<string> {
  const [{ newest } = { newest: null }] = await tx.query<{ newest: string | null }>(
    'SELECT MAX(eventId) AS newest FROM event_chain',
  );
  return newest ? timeId(Math.max(0, Math.min(idTime(newest), Date.now()) - backMs)) : '';
}

const unlinked = async (tx: Reads, from: string, most: number): Promise<EventRow[]> =>
  (
    await tx.query<RawEvent>(
      `SELECT e.* FROM business_event e LEFT JOIN event_link l ON l.eventId = e.id
       WHERE e.id >= ? AND l.eventId IS NULL ORDER BY e.id LIMIT ${most}`,
      [from],
    )
  ).map(eventOf);

/** The first event that stands in no chain and that no chainer will come to: it was put in by another hand. */
export async function notReached(tx: Reads): Promise<string | null> {
  const [event] = await tx.query<{ id: string }>(
    `SELECT e.id FROM business_event e LEFT JOIN event_link l ON l.eventId = e.id
     WHERE l.eventId IS NULL AND e.id < ? ORDER BY e.id LIMIT 1`,
    [await since(tx, LATEST_MS)],
  );
  return event?.id ?? null;
}
