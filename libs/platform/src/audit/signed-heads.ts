import type { Clock } from '../clock.js';
import { type Database, SYSTEM } from '../database/database.js';
import { FileMissing, type FileStore } from '../files/file-store.js';
import type { Keys } from '../keys/keys.js';
import { EventChain } from './audit.entity.js';
import { AuditHeadsSigned } from './audit.events.js';
import type { Chainer } from './chainer.js';

/** The ends of all chains at one moment, as they stand in a file of the store. */
export interface SignedHeads {
  day: string;
  signedAt: string;
  heads: { chain: string; sequence: number; hash: string }[];
  /** Ed25519, base 64 of the public key; the signature is over the JSON of what stands before it. */
  publicKey: string;
  signature: string;
}

/** Where the heads of a day are kept. */
export const headsKey = (day: string): string => `audit/heads/${day}.json`;

/**
 * Signs the ends of all chains and stores them apart from the database: who cuts off or rewrites a chain there must
 * forge these too. A day that was signed stays as it is; what came after is in the next day's.
 */
export async function signHeads(
  { db, files, keys, clock, chainer }: { db: Database; files: FileStore; keys: Keys; clock: Clock; chainer: Chainer },
  day: string,
): Promise<void> {
  await chainer.link();
  if (!(await files.has(headsKey(day)))) {
    const chains = await db.read((tx) => tx.repo(EventChain).find({ order: { id: 'ASC' } }));
    const heads = chains.map(({ id, sequence, hash }) => ({ chain: id, sequence, hash }));
    const said = { day, signedAt: clock.now().toISOString(), heads, publicKey: keys.headKey };
    const signed: SignedHeads = { ...said, signature: keys.signHead(JSON.stringify(said)) };
    await files.put(headsKey(day), Buffer.from(JSON.stringify(signed, null, 2)));
  }
  // The event says that there is a file: one that is taken away is missed.
  await db.write(SYSTEM, async (tx) => tx.emit(AuditHeadsSigned, { day }));
}

/** The heads that were signed for a day, or null when their file is gone or its signature is not ours. */
export async function readHeads(files: FileStore, keys: Keys, day: string): Promise<SignedHeads | null> {
  try {
    const { signature, ...said } = JSON.parse((await files.get(headsKey(day))).toString()) as SignedHeads;
    return said.day === day && keys.headSigned(JSON.stringify(said), signature) ? { ...said, signature } : null;
  } catch (error) {
    if (error instanceof FileMissing || error instanceof SyntaxError) return null;
    throw error;
  }
}
