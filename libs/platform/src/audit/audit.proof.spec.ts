import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { AuditFault, Chainer, DomainEvent, newId, signHeads, silentLog, verifyAudit } from '@app/platform';
import { MemoryFiles, TestClock, testDatabase } from '@app/testing';
import { linkHash } from './links.js';
import { eventOf, type RawEvent } from './chainer.js';

const full = process.env.PROOF === 'full';
const TRIALS = full ? 1000 : 60;
const EVENTS = full ? 600 : 150;
/** One more for each province and for the nation: three chains. */
const PROVINCES = ['15', '24', null];

jest.setTimeout(full ? 900_000 : 120_000);

class Looked extends DomainEvent {
  runId: string;
  minutes: number;
}

/** The same numbers in every run. */
function dice(seed: number) {
  let state = seed;
  return (most: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

interface Placed {
  chain: string;
  sequence: number;
  eventId: string;
}

describe('the audit trail', () => {
  const db = testDatabase();
  const files = new MemoryFiles();
  const roll = dice(20261121);
  let chainer: Chainer;
  let links: (Placed & Record<string, unknown> & { previousHash: string; hash: string })[];
  let events: (Record<string, unknown> & { id: string })[];
  let chains: Record<string, unknown>[];

  const raw = (sql: string, parameters: unknown[] = []) => db.dataSource.query(sql, parameters);
  const table = (name: string, order: string) => raw(`SELECT * FROM ${name} ORDER BY ${order}`);
  const verified = () => verifyAudit(db.database, files, db.keys);
  /** Whoever has the whole database has no trigger in the way. */
  const withoutTriggers = async () => {
    for (const verb of ['update', 'delete']) await raw(`DROP TRIGGER IF EXISTS business_event_no_${verb}`);
  };
  const happen = async (many: number) => {
    for (let n = 0; n < many; n++)
      await db.database.write({ userId: newId(), provinceCode: PROVINCES[n % 3] }, async (tx) =>
        tx.emit(Looked, { runId: newId(), minutes: n }),
      );
  };
  const sign = (day: string) =>
    signHeads({ db: db.database, files, keys: db.keys, clock: new TestClock(), chainer }, day);

  beforeAll(async () => {
    chainer = new Chainer(db.database, silentLog);
    await happen(EVENTS / 2);
    await sign('2026-11-20');
    await happen(EVENTS / 2);
    await sign('2026-11-21');
    // The event that says that heads were signed is linked too.
    await chainer.link();
    links = await table('event_link', 'chain, sequence');
    events = await table('business_event', 'id');
    chains = await table('event_chain', 'id');
  });

  const put = async (name: string, rows: Record<string, unknown>[]) => {
    await raw(`DELETE FROM ${name}`);
    for (let from = 0; from < rows.length; from += 200) {
      const block = rows.slice(from, from + 200);
      const columns = Object.keys(block[0] ?? {});
      const quoted = columns.map((column) => db.dataSource.driver.escape(column));
      await raw(
        `INSERT INTO ${name} (${quoted.join(', ')}) VALUES ${block.map(() => `(${columns.map(() => '?').join(', ')})`).join(', ')}`,
        block.flatMap((row) => columns.map((column) => row[column])),
      );
    }
  };
  const restore = async () => {
    await put('business_event', events);
    await put('event_link', links);
    await put('event_chain', chains);
  };

  it('is whole as it was written, and every event is in the chain of its province', async () => {
    expect(await verified()).toEqual({ links: EVENTS + 2, days: 2, bad: [] });
    expect(new Set(links.map(({ chain }) => chain))).toEqual(new Set(['15', '24', 'national']));
  });

  it('13.2.2 cannot be changed or shortened through the database, whoever writes', async () => {
    for (const change of ["UPDATE business_event SET name = 'Nothing'", 'DELETE FROM business_event'])
      await expect(raw(change)).rejects.toThrow('business_event is only ever inserted');
    expect(await table('business_event', 'id')).toEqual(events);
  });

  it('links every event once, however many chainers look', async () => {
    await happen(40);
    const linked = await Promise.all([1, 2, 3].map(() => new Chainer(db.database, silentLog).link()));
    expect(linked.reduce((sum, n) => sum + n, 0)).toBe(40);
    expect((await verified()).bad).toEqual([]);
    await withoutTriggers();
    await restore();
  });

  const any = <T>(all: T[]): T => all[roll(all.length)] as T;
  const set = (tableName: string, where: string, value: string) => (column: string, given: unknown) =>
    raw(`UPDATE ${tableName} SET ${db.dataSource.driver.escape(column)} = ? WHERE ${where} = ?`, [given, value]);

  /** Each does harm to a random row and says where the first bad row is. */
  const harms: Record<string, () => Promise<Partial<Placed> & { fault?: AuditFault }>> = {
    async 'an edit'() {
      const hit = any(links);
      const change = set('business_event', 'id', hit.eventId);
      const edits = [
        () => change('name', 'Nothing'),
        () => change('payload', JSON.stringify({ runId: newId(), minutes: roll(99) })),
        () => change('by', newId()),
        () => change('provinceCode', '31'),
        () => change('occurredAt', `2026-01-0${1 + roll(9)} 10:00:00.000`),
      ];
      await any(edits)();
      return { ...place(hit), fault: AuditFault.CHANGED };
    },
    async 'a deletion of an event'() {
      const hit = any(links);
      await raw('DELETE FROM business_event WHERE id = ?', [hit.eventId]);
      return { ...place(hit), fault: AuditFault.EVENT_MISSING };
    },
    async 'a deletion of an event and its link'() {
      const hit = any(links.filter(({ chain, sequence }) => sequence < lastOf(chain)));
      await raw('DELETE FROM business_event WHERE id = ?', [hit.eventId]);
      await raw('DELETE FROM event_link WHERE eventId = ?', [hit.eventId]);
      return { chain: hit.chain, sequence: hit.sequence, fault: AuditFault.LINK_MISSING };
    },
    async 'a swap of what two events say'() {
      const [one, other] = two();
      const say = async (to: Placed, from: Placed) => {
        const { id: _, ...columns } = events.find(({ id }) => id === from.eventId) ?? { id: '' };
        const change = set('business_event', 'id', to.eventId);
        for (const [column, value] of Object.entries(columns)) await change(column, value);
      };
      await say(one, other);
      await say(other, one);
      return { ...place(first(one, other)), fault: AuditFault.CHANGED };
    },
    async 'a swap of two places in the chain'() {
      const [one, other] = two();
      const change = (at: Placed, eventId: string) =>
        raw('UPDATE event_link SET eventId = ? WHERE chain = ? AND sequence = ?', [eventId, at.chain, at.sequence]);
      await change(one, 'aside');
      await change(other, one.eventId);
      await change(one, other.eventId);
      const { chain, sequence } = first(one, other);
      return { chain, sequence, fault: AuditFault.CHANGED };
    },
    async 'an event put in afterwards'() {
      const id = `019${roll(9)}0000-0000-7000-8000-${String(roll(1e9)).padStart(12, '0')}`;
      const { id: _, ...like } = any(events);
      const columns = Object.keys(like).map((column) => db.dataSource.driver.escape(column));
      await raw(
        `INSERT INTO business_event (id, ${columns.join(', ')}) VALUES (?, ${columns.map(() => '?').join(', ')})`,
        [id, ...Object.values(like)],
      );
      return { eventId: id, fault: AuditFault.NOT_LINKED };
    },
    async 'a chain cut off at its end, with all that tells of it in the database'() {
      const signed = links.filter(({ chain }) => chain !== 'national');
      const { chain } = any(signed);
      const keeps = lastOf(chain) - 1 - roll(5);
      const gone = links.filter((link) => link.chain === chain && link.sequence > keeps);
      for (const { eventId } of gone) await raw('DELETE FROM business_event WHERE id = ?', [eventId]);
      await raw('DELETE FROM event_link WHERE chain = ? AND sequence > ?', [chain, keeps]);
      const end = links.find((link) => link.chain === chain && link.sequence === keeps);
      await raw('UPDATE event_chain SET sequence = ?, hash = ?, eventId = ? WHERE id = ?', [
        keeps,
        end?.hash,
        end?.eventId,
        chain,
      ]);
      return { chain, sequence: keeps + 1, fault: AuditFault.CUT_OFF };
    },
    async 'an edit with the rest of the chain made anew'() {
      const hit = any(links.filter(({ chain }) => chain !== 'national'));
      await set('business_event', 'id', hit.eventId)('by', newId());
      await forge(hit);
      // The first head over it that no longer fits tells the first row of its stretch.
      const headAt = lastOf(hit.chain) / 2;
      return { chain: hit.chain, sequence: hit.sequence <= headAt ? 1 : headAt + 1, fault: AuditFault.NOT_AS_SIGNED };
    },
  };
  const place = ({ chain, sequence, eventId }: Placed): Placed => ({ chain, sequence, eventId });
  const lastOf = (chain: string) => links.filter((link) => link.chain === chain).length;
  const two = (): [Placed, Placed] => {
    const one = any(links);
    const other = any(links.filter(({ eventId }) => eventId !== one.eventId));
    return [one, other];
  };
  const first = (one: Placed, other: Placed) =>
    one.chain < other.chain || (one.chain === other.chain && one.sequence < other.sequence) ? one : other;
  /** What somebody would do who knows how links are made. */
  const forge = async (from: Placed) => {
    const rows = (await raw('SELECT * FROM business_event')) as RawEvent[];
    let before =
      links.find(({ chain, sequence }) => chain === from.chain && sequence === from.sequence)?.previousHash ?? '';
    for (const { chain, sequence, eventId } of links.filter(
      (l) => l.chain === from.chain && l.sequence >= from.sequence,
    )) {
      const event = eventOf(rows.find(({ id }) => id === eventId) as RawEvent);
      const hash = linkHash(before, chain, sequence, event);
      await raw('UPDATE event_link SET previousHash = ?, hash = ? WHERE chain = ? AND sequence = ?', [
        before,
        hash,
        chain,
        sequence,
      ]);
      before = hash;
    }
    await raw('UPDATE event_chain SET hash = ? WHERE id = ?', [before, from.chain]);
  };

  it(`finds each of ${TRIALS} edits, deletions and swaps, and names the first bad row`, async () => {
    await withoutTriggers();
    const kinds = Object.entries(harms);
    const missed: unknown[] = [];
    const counted: Record<string, number> = {};
    for (let trial = 0; trial < TRIALS; trial++) {
      const [kind, harm] = kinds[trial % kinds.length] as (typeof kinds)[number];
      const expected = await harm();
      const { bad } = await verified();
      if (!bad[0] || Object.entries(expected).some(([key, value]) => bad[0]?.[key as 'chain'] !== value))
        missed.push({ kind, expected, found: bad });
      counted[kind] = (counted[kind] ?? 0) + 1;
      await restore();
    }
    process.stdout.write(`audit: ${JSON.stringify(counted)}, ${missed.length} missed\n`);
    expect(missed).toEqual([]);
    expect((await verified()).bad).toEqual([]);
  });
});
