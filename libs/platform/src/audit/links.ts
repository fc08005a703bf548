import { createHash } from 'node:crypto';

/** The chain of what belongs to no province. */
export const NATIONAL = 'national';
/** What the first link of a chain follows. */
export const BEGINNING = '0'.repeat(64);

/** An event as its row stands in the table. */
export interface EventRow {
  id: string;
  name: string;
  /** The JSON text itself: a change that means the same is a change too. */
  payload: string;
  by: string;
  provinceCode: string | null;
  occurredAt: Date;
}

export interface Link {
  chain: string;
  sequence: number;
  eventId: string;
  previousHash: string;
  hash: string;
}

/** The end of a chain: what the next link follows. */
export type Head = Pick<Link, 'sequence' | 'hash'>;

export const chainOf = ({ provinceCode }: EventRow): string => provinceCode ?? NATIONAL;

/** SHA-256 over the link before, the place in the chain and everything the event says. */
export function linkHash(previousHash: string, chain: string, sequence: number, event: EventRow): string {
  const { id, name, payload, by, provinceCode, occurredAt } = event;
  const said = [previousHash, chain, sequence, id, name, payload, by, provinceCode, occurredAt.toISOString()];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}

/** The link of an event that comes next in its chain. */
export function linkAfter({ sequence, hash }: Head, event: EventRow): Link {
  const chain = chainOf(event);
  const next = sequence + 1;
  return { chain, sequence: next, eventId: event.id, previousHash: hash, hash: linkHash(hash, chain, next, event) };
}

export enum AuditFault {
  /** The event says something else than when it was linked, or stands in another's place. */
  CHANGED = 'CHANGED',
  /** The event is linked and gone. */
  EVENT_MISSING = 'EVENT_MISSING',
  /** A link is gone, and its event with it. */
  LINK_MISSING = 'LINK_MISSING',
  /** The event stands in the table and in no chain: it was put in by another hand. */
  NOT_LINKED = 'NOT_LINKED',
  /** The chain is shorter than a signed head, or than its own end, says. */
  CUT_OFF = 'CUT_OFF',
  /** The links fit each other, and not the head that was signed over them: the chain was made anew. */
  NOT_AS_SIGNED = 'NOT_AS_SIGNED',
  /** A signed head is gone, or its signature is not ours. */
  HEAD_FORGED = 'HEAD_FORGED',
}

/** What is wrong with one link and the event it is about, given the end of the chain before it; null when they fit. */
export function faultOf(before: Head, link: Link, event: EventRow | null): AuditFault | null {
  if (link.sequence !== before.sequence + 1) return AuditFault.LINK_MISSING;
  if (!event) return AuditFault.EVENT_MISSING;
  const isItsOwn = link.previousHash === before.hash && chainOf(event) === link.chain;
  if (!isItsOwn || linkHash(before.hash, link.chain, link.sequence, event) !== link.hash) return AuditFault.CHANGED;
  return null;
}
