import { mobileIndex } from '@app/messaging';
import { type Database, type Keys, SYSTEM } from '@app/platform';
import { Trainee } from './trainee.entity.js';

const AT_ONCE = 500;

/**
 * Gives the numbers that were written down by an older version the digest by which they are found. Before the first
 * answer; the second start finds nothing to do.
 */
export async function indexMobiles(db: Database, keys: Keys): Promise<number> {
  for (let indexed = 0; ;) {
    const rows = await db.read(async (tx) => {
      const found = await tx.query<{ id: string; mobile: string }>(
        `SELECT id, mobile FROM trainee WHERE mobileIndex IS NULL AND mobile IS NOT NULL LIMIT ${AT_ONCE}`,
      );
      return found.map((row) => tx.reveal(Trainee, row.id, row));
    });
    await db.write(SYSTEM, async (tx) => {
      for (const { id, mobile } of rows) await tx.update(Trainee, { id }, { mobileIndex: mobileIndex(keys, mobile) });
    });
    indexed += rows.length;
    if (rows.length < AT_ONCE) return indexed;
  }
}
