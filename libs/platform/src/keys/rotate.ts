import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../database/database.js';
import { SYSTEM } from '../database/database.js';
import { isEmbedded } from '../database/dialect.js';
import { personalProperties } from '../database/columns.js';
import { DomainEvent } from '../events/event.js';
import { failpoint } from '../failpoint.js';
import { KeyRotation } from './key-rotation.entity.js';
import type { Keys } from './keys.js';

/** There is a new key for what is sealed from now on; what stands is to be sealed anew. */
export class KeyRotated extends DomainEvent {
  keyId: string;
}

const ROWS_AT_ONCE = 200;
/** After so long every process has learned of a new key, and no one seals with the old behind the last pass. */
const KNOWN_MS = 2_000;

/** Begins to seal under a key that the key file names as current: a job goes on with it. */
export const beginRotation = (db: Database, keyId: string, now: Date): Promise<void> =>
  db.write(SYSTEM, async (tx) => {
    const blank = { tableName: '', lastId: '', rowsInPass: 0, rowsInAll: 0 };
    await tx.insert(KeyRotation, { id: keyId, ...blank, startedAt: now, finishedAt: null } as KeyRotation);
    tx.emit(KeyRotated, { keyId });
  });

/**
 * Seals every personal column anew that an older key has sealed, some rows at a time, while everybody works; the row of
 * the rotation says how far it is, so that a kill costs one block. Passes go on until one finds nothing.
 */
export async function sealAnew(db: Database, keys: Keys, keyId: string, now: () => Date): Promise<void> {
  const tables = db.dataSource.entityMetadatas
    .map(({ tableName, target }) => ({ tableName, columns: [...personalProperties(target as object)] }))
    .filter(({ columns }) => columns.length > 0)
    .sort((a, b) => (a.tableName < b.tableName ? -1 : 1));
  await sleep(KNOWN_MS);
  for (;;) {
    // A newer rotation takes this one's work over.
    if (keys.currentId !== keyId) return;
    const rotation = await db.read((tx) => tx.get(KeyRotation, { id: keyId }));
    if (rotation.finishedAt) return;
    const left = tables.filter(({ tableName }) => tableName >= rotation.tableName);
    for (const { tableName, columns } of left) {
      let after = tableName === rotation.tableName ? rotation.lastId : '';
      for (let more = true; more;) {
        const block = await sealBlock(db, keys, keyId, tableName, columns, after);
        after = block.lastId;
        more = block.more;
        failpoint('keys.after-block');
      }
    }
    await db.write(SYSTEM, async (tx) => {
      const { rowsInPass } = await tx.lock(KeyRotation, { id: keyId });
      const again = { tableName: '', lastId: '', rowsInPass: 0 };
      await tx.update(KeyRotation, { id: keyId }, rowsInPass > 0 ? again : { finishedAt: now() });
    });
  }
}

const sealBlock = (
  db: Database,
  keys: Keys,
  keyId: string,
  tableName: string,
  columns: string[],
  after: string,
): Promise<{ lastId: string; more: boolean }> =>
  db.write(SYSTEM, async (tx) => {
    const quoted = (name: string) => db.dataSource.driver.escape(name);
    const isOld = columns.map((column) => `(${quoted(column)} IS NOT NULL AND ${quoted(column)} NOT LIKE ?)`);
    // Held until the commit: what somebody changes meanwhile must not be put back.
    const rows = await tx.query<Record<string, string | null> & { id: string }>(
      `SELECT id, ${columns.map(quoted).join(', ')} FROM ${tableName} WHERE id > ? AND (${isOld.join(' OR ')})
       ORDER BY id LIMIT ${ROWS_AT_ONCE} ${isEmbedded(db.dataSource) ? '' : 'FOR UPDATE'}`,
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
    const lastId = rows.at(-1)?.id ?? after;
    await tx.execute(
      'UPDATE key_rotation SET tableName = ?, lastId = ?, rowsInPass = rowsInPass + ?, rowsInAll = rowsInAll + ? WHERE id = ?',
      [tableName, lastId, rows.length, rows.length, keyId],
    );
    return { lastId, more: rows.length === ROWS_AT_ONCE };
  });
