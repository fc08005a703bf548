import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../database/database.js';
import { SYSTEM } from '../database/database.js';
import { personalProperties } from '../database/columns.js';
import { DomainEvent } from '../events/event.js';
import { failpoint } from '../failpoint.js';
import { KeyRotation } from './key-rotation.entity.js';
import type { Keys } from './keys.js';
import type { Tx } from '../database/tx.js';

/** There is a new key for what is sealed from now on; what stands is to be sealed anew. */
export class KeyRotated extends DomainEvent {
  keyId: string;
}

export const ROWS_AT_ONCE = 200;
/** After so long every process has learned of a new key, and no one works with the old ones alone behind the last pass. */
export const KNOWN_MS = 2_000;

const AT_THE_BEGINNING = { tableName: '', lastId: '', rowsInPass: 0 };

/** Begins to seal under a key that the key file names as current: a job goes on with it. */
export const beginRotation = (db: Database, keyId: string, now: Date): Promise<void> =>
  db.write(SYSTEM, async (tx) => {
    await insertRotation(tx, keyId, now);
    tx.emit(KeyRotated, { keyId });
  });

/** How far the work under a new key is: nothing of it is done yet. */
export const insertRotation = (tx: Tx, id: string, startedAt: Date): Promise<KeyRotation> =>
  tx.insert(KeyRotation, { id, ...AT_THE_BEGINNING, rowsInAll: 0, startedAt, finishedAt: null } as KeyRotation);

/**
 * Seals every personal column anew that an older key has sealed, some rows at a time, while everybody works; the row of
 * the rotation says how far it is, so that a kill costs one block. Passes go on until one finds nothing.
 */
export async function sealAnew(db: Database, keys: Keys, keyId: string, now: () => Date): Promise<void> {
  const columnsOf = new Map(
    db.dataSource.entityMetadatas
      .map(({ tableName, target }) => ({ tableName, columns: [...personalProperties(target as object)] }))
      .filter(({ columns }) => columns.length > 0)
      .map(({ tableName, columns }) => [tableName, columns]),
  );
  await inPasses(db, keyId, {
    now,
    tables: [...columnsOf.keys()],
    // A newer rotation takes this one's work over.
    isOvertaken: () => keys.currentId !== keyId,
    block: (tx, tableName, after) => sealBlock(tx, db, keys, keyId, tableName, columnsOf.get(tableName) ?? [], after),
  });
}

/** What was done with some rows of a table. */
export interface Block {
  lastId: string;
  /** Rows that were not yet as they should be. */
  changed: number;
  more: boolean;
}

interface Passes {
  now: () => Date;
  tables: string[];
  isOvertaken: () => boolean;
  /** Does the next rows of a table after an id, in a unit that notes how far it is. */
  block: (tx: Tx, tableName: string, after: string) => Promise<Block>;
}

/** Walks through the tables block by block, from where the row of the rotation says, until a pass changes nothing. */
export async function inPasses(db: Database, id: string, { now, tables, isOvertaken, block }: Passes): Promise<void> {
  await sleep(KNOWN_MS);
  while (!isOvertaken()) {
    const rotation = await db.read((tx) => tx.get(KeyRotation, { id }));
    if (rotation.finishedAt) return;
    for (const tableName of tables.filter((name) => name >= rotation.tableName).sort()) {
      let after = tableName === rotation.tableName ? rotation.lastId : '';
      for (let more = true; more;) {
        ({ lastId: after, more } = await db.write(SYSTEM, async (tx) => {
          const done = await block(tx, tableName, after);
          await tx.execute(
            'UPDATE key_rotation SET tableName = ?, lastId = ?, rowsInPass = rowsInPass + ?, rowsInAll = rowsInAll + ? WHERE id = ?',
            [tableName, done.lastId, done.changed, done.changed, id],
          );
          return done;
        }));
        failpoint('keys.after-block');
      }
    }
    await db.write(SYSTEM, async (tx) => {
      const { rowsInPass } = await tx.lock(KeyRotation, { id });
      await tx.update(KeyRotation, { id }, rowsInPass > 0 ? AT_THE_BEGINNING : { finishedAt: now() });
    });
  }
}

async function sealBlock(
  tx: Tx,
  db: Database,
  keys: Keys,
  keyId: string,
  tableName: string,
  columns: string[],
  after: string,
): Promise<Block> {
  const quoted = (name: string) => db.dataSource.driver.escape(name);
  const isOld = columns.map((column) => `(${quoted(column)} IS NOT NULL AND ${quoted(column)} NOT LIKE ?)`);
  // Held until the commit: what somebody changes meanwhile must not be put back.
  const rows = await tx.query<Record<string, string | null> & { id: string }>(
    `SELECT id, ${columns.map(quoted).join(', ')} FROM ${tableName} WHERE id > ? AND (${isOld.join(' OR ')})
       ORDER BY id LIMIT ${ROWS_AT_ONCE}${tx.dialect.forUpdate}`,
    [after, ...columns.map(() => `${keyId}:%`)],
  );
  for (const row of rows) {
    const sealed = columns.map((column) => {
      const value = row[column];
      const place = `${tableName}.${column}.${row.id}`;
      return value ? keys.seal(keys.open(value, place), place) : (value ?? null);
    });
    await tx.execute(
      `UPDATE ${tableName} SET ${columns.map((column) => `${quoted(column)} = ?`).join(', ')} WHERE id = ?`,
      [...sealed, row.id],
    );
  }
  return { lastId: rows.at(-1)?.id ?? after, changed: rows.length, more: rows.length === ROWS_AT_ONCE };
}
