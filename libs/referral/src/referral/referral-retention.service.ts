import { conditions, type Reads, shred, SYSTEM } from '@app/platform';
import { type Eraser, RetentionSubject } from '@app/training';
import { ReferralErased } from './referral.events.js';

const AT_ONCE = 500;

/** Rule R4: what a branch knows goes before anything else, seats and all; the trail keeps ids. */
export const referralRetention: Eraser = {
  subject: RetentionSubject.REFERRAL,
  due: async (tx, before) => Number((await due(tx, before, 'COUNT(*) AS due'))[0]?.due ?? 0),
  async erase(db, _files, before) {
    for (let erased = 0; ;) {
      const block = await db.write(SYSTEM, async (tx) => {
        const rows = await due(tx, before, 'r.id, b.trail', `ORDER BY r.id LIMIT ${AT_ONCE}`);
        const ids = rows.map(({ id }) => id);
        const seats = conditions('sponsorship', { referralId: ids });
        await tx.execute(`DELETE FROM sponsorship WHERE ${seats.sql}`, seats.values);
        const people = conditions('referral', { id: ids });
        await tx.execute(`DELETE FROM referral WHERE ${people.sql}`, people.values);
        await shred(tx, RetentionSubject.REFERRAL, ids);
        for (const { id, trail } of rows)
          tx.emit(ReferralErased, { referralId: id }, { ...SYSTEM, provinceCode: trail });
        return rows.length;
      });
      erased += block;
      if (block < AT_ONCE) return erased;
    }
  },
};

const due = (tx: Reads, before: string, columns: string, ending = '') =>
  tx.query<{ id: string; trail: string; due: number }>(
    `SELECT ${columns} FROM referral r JOIN association_branch b ON b.id = r.branchId WHERE r.touchedOn < ? ${ending}`,
    [before],
  );
