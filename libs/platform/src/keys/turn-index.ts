import { setTimeout as sleep } from 'node:timers/promises';
import { blindIndexes } from '../database/columns.js';
import { type Database, SYSTEM } from '../database/database.js';
import type { Tx } from '../database/tx.js';
import { DomainEvent } from '../events/event.js';
import { Installation } from '../installation/installation.entity.js';
import type { Keys } from './keys.js';
import { type Block, inPasses, insertRotation, KNOWN_MS, ROWS_AT_ONCE } from './rotate.js';

/** Digests are made with a new key from now on; those that stand are to be made anew. */
export class IndexKeyTurned extends DomainEvent {
  keyId: string;
}

/**
 * Turns the index key, when that after `after` has not been turned to yet. First every process learns the new key and
 * looks by both; then, from one commit on, all write by the new one: whoever makes a unique digest holds the row that
 * says so (`Tx.indexing`), and this waits until nobody does. So a person who is known under the key before is found by
 * whoever may add them again, and nobody is added under it any more. Killed anywhere, it goes on when it is run again.
 */
export async function turnIndex(db: Database, keys: Keys, after: string, now: Date): Promise<void> {
  if (keys.indexIds[0] === after) keys.addIndexKey();
  const keyId = keys.indexIds[0] as string;
  await sleep(KNOWN_MS);
  await db.write(SYSTEM, async (tx) => {
    const { indexKey } = await tx.lock(Installation, { id: '1' });
    if (indexKey === keyId) return;
    await tx.update(Installation, { id: '1' }, { indexKey: keyId });
    await insertRotation(tx, keyId, now);
    tx.emit(IndexKeyTurned, { keyId });
  });
  keys.turnIndexKey();
}

/**
 * Makes every digest anew that an older index key has made, as `sealAnew` does: some rows at a time, while everybody
 * works, and killed anywhere it goes on. Until a row's turn comes it is found by the digest it has.
 */
export async function indexAnew(db: Database, keys: Keys, keyId: string, now: () => Date): Promise<void> {
  const tables = new Map(
    db.dataSource.entityMetadatas
      .map(({ tableName, target }) => ({ tableName, entity: target as new () => object }))
      .filter(({ entity }) => blindIndexes(entity).size > 0)
      .map(({ tableName, entity }) => [tableName, entity]),
  );
  await inPasses(db, keyId, {
    now,
    tables: [...tables.keys()],
    isOvertaken: () => keys.indexIds[0] !== keyId,
    block: (tx, tableName, after) => indexBlock(tx, db, keys, keyId, tables.get(tableName) as new () => object, after),
  });
}

/** Whatever digests of a row are not what they should be. A row that does not know its value keeps its digest. */
async function indexBlock(
  tx: Tx,
  db: Database,
  keys: Keys,
  keyId: string,
  entity: new () => object,
  after: string,
): Promise<Block> {
  const { tableName } = db.dataSource.getMetadata(entity);
  const indexes = [...blindIndexes(entity)];
  const names = [...new Set(indexes.flatMap(([column, { of }]) => [column, of]))];
  // Held until the commit: what somebody changes meanwhile must not be put back.
  const rows = await tx.query<Record<string, string | null> & { id: string }>(
    `SELECT id, ${names.join(', ')} FROM ${tableName} WHERE id > ? ORDER BY id LIMIT ${ROWS_AT_ONCE}${tx.dialect.forUpdate}`,
    [after],
  );
  let changed = 0;
  for (const row of rows) {
    const plain = tx.reveal<object, Record<string, string | null>>(entity, row.id, row);
    const anew = indexes.flatMap(([column, { of, kind }]) => {
      const digest = plain[of] ? keys.blindIndex(kind, plain[of], keyId) : row[column];
      return digest === row[column] ? [] : [{ column, digest }];
    });
    if (anew.length === 0) continue;
    changed++;
    await tx.execute(`UPDATE ${tableName} SET ${anew.map(({ column }) => `${column} = ?`).join(', ')} WHERE id = ?`, [
      ...anew.map(({ digest }) => digest),
      row.id,
    ]);
  }
  return { lastId: rows.at(-1)?.id ?? after, changed, more: rows.length === ROWS_AT_ONCE };
}
