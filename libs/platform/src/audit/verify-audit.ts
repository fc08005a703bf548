import type { Database } from '../database/database.js';
import type { Reads } from '../database/reads.js';
import type { FileStore } from '../files/file-store.js';
import type { Keys } from '../keys/keys.js';
import { EventChain } from './audit.entity.js';
import { AuditHeadsSigned } from './audit.events.js';
import { AuditFault, BEGINNING, faultOf, type Head, type Link } from './links.js';
import { eventOf, notReached, type RawEvent } from './chainer.js';
import { readHeads, type SignedHeads } from './signed-heads.js';

const LINKS_A_PAGE = 1000;

/** The first row of a chain that is not as it was written. */
export interface BadRow {
  fault: AuditFault;
  /** Null for an event that is in no chain. */
  chain: string | null;
  sequence: number | null;
  /** The row in `business_event`; null when nothing of it is left. */
  eventId: string | null;
  /** The day whose signed head shows it. */
  day: string | null;
}

export interface AuditReport {
  links: number;
  /** Days whose signed heads were compared. */
  days: number;
  /** The first bad row of each chain, by chain; then events in no chain and heads that are not ours. Empty: all is well. */
  bad: BadRow[];
}

type LinkWithEvent = Link & { [K in keyof RawEvent as `event${Capitalize<K>}`]: RawEvent[K] };

/**
 * Goes through all chains and compares every event with its link, every link with the one before, and every signed head
 * with the link it was signed over. Link what is committed first. Changes nothing.
 */
export async function verifyAudit(db: Database, files: FileStore, keys: Keys): Promise<AuditReport> {
  const { signed, forged } = await allHeads(db, files, keys);
  const chains = await db.read((tx) => tx.repo(EventChain).find());
  const known = await db.read((tx) => tx.query<{ chain: string }>('SELECT DISTINCT chain FROM event_link'));
  const named = [
    ...chains.map(({ id }) => id),
    ...known.map(({ chain }) => chain),
    ...signed.flatMap(({ heads }) => heads.map(({ chain }) => chain)),
  ];
  const report: AuditReport = { links: 0, days: signed.length, bad: [] };
  for (const chain of [...new Set(named)].sort()) {
    const own = chains.find(({ id }) => id === chain);
    const { links, bad } = await verifyChain(db, chain, own ?? null, signed);
    report.links += links;
    if (bad) report.bad.push(bad);
  }
  const foreign = await db.read(notReached);
  if (foreign)
    report.bad.push({ fault: AuditFault.NOT_LINKED, chain: null, sequence: null, eventId: foreign, day: null });
  for (const day of forged)
    report.bad.push({ fault: AuditFault.HEAD_FORGED, chain: null, sequence: null, eventId: null, day });
  return report;
}

/** All signed heads, oldest first, and the days whose heads are gone or not ours. */
async function allHeads(db: Database, files: FileStore, keys: Keys) {
  const events = await db.read((tx) =>
    tx.query<{ payload: string }>('SELECT payload FROM business_event WHERE name = ?', [AuditHeadsSigned.name]),
  );
  const days = new Set(events.map(({ payload }) => (JSON.parse(payload) as AuditHeadsSigned).day));
  // The event may have been cut off with the end of its chain; the file stays.
  for await (const key of files.keys('audit/heads/')) days.add(key.slice('audit/heads/'.length, -'.json'.length));
  const signed: SignedHeads[] = [];
  const forged: string[] = [];
  for (const day of [...days].sort()) {
    const heads = await readHeads(files, keys, day);
    if (heads) signed.push(heads);
    else forged.push(day);
  }
  return { signed, forged };
}

async function verifyChain(db: Database, chain: string, end: Head | null, signed: SignedHeads[]) {
  const heads = signed.flatMap(({ day, heads }) =>
    heads.filter((head) => head.chain === chain && head.sequence > 0).map((head) => ({ day, ...head })),
  );
  const at = (fault: AuditFault, sequence: number, eventId: string | null, day: string | null = null): BadRow => ({
    fault,
    chain,
    sequence,
    eventId,
    day,
  });
  let before: Head = { sequence: 0, hash: BEGINNING };
  let signedUpTo = 0;
  for (;;) {
    const page = await db.read((tx) => linksAfter(tx, chain, before.sequence));
    for (const row of page) {
      const event = row.eventName === null ? null : eventOf(eventPart(row));
      const fault = faultOf(before, row, event);
      if (fault === AuditFault.LINK_MISSING)
        return { links: before.sequence, bad: at(fault, before.sequence + 1, null) };
      if (fault) return { links: before.sequence, bad: at(fault, row.sequence, row.eventId) };
      before = { sequence: row.sequence, hash: row.hash };
      for (const head of heads.filter(({ sequence }) => sequence === row.sequence)) {
        // Somewhere since the last head that still fits, the chain was made anew.
        if (head.hash !== row.hash)
          return { links: before.sequence, bad: at(AuditFault.NOT_AS_SIGNED, signedUpTo + 1, null, head.day) };
        signedUpTo = row.sequence;
      }
    }
    if (page.length < LINKS_A_PAGE) break;
  }
  const cut = heads.find(({ sequence }) => sequence > before.sequence);
  // While this looks, the chain may go on; it never gets shorter.
  const isShort =
    end && (end.sequence > before.sequence || (end.sequence === before.sequence && end.hash !== before.hash));
  if (cut || isShort)
    return { links: before.sequence, bad: at(AuditFault.CUT_OFF, before.sequence + 1, null, cut?.day) };
  return { links: before.sequence, bad: null };
}

const linksAfter = (tx: Reads, chain: string, sequence: number): Promise<LinkWithEvent[]> =>
  tx.query<LinkWithEvent>(
    `SELECT l.*, e.name AS eventName, e.payload AS eventPayload, e.by AS eventBy,
       e.provinceCode AS eventProvinceCode, e.occurredAt AS eventOccurredAt
     FROM event_link l LEFT JOIN business_event e ON e.id = l.eventId
     WHERE l.chain = ? AND l.sequence > ? ORDER BY l.sequence LIMIT ${LINKS_A_PAGE}`,
    [chain, sequence],
  );

const eventPart = (row: LinkWithEvent): RawEvent => ({
  id: row.eventId,
  name: row.eventName,
  payload: row.eventPayload,
  by: row.eventBy,
  provinceCode: row.eventProvinceCode,
  occurredAt: row.eventOccurredAt,
});
