import { conditions, type Reads, shred, SYSTEM } from '@app/platform';
import type { Eraser } from '../retention/retention.rules.js';
import { RetentionSubject } from '../retention/retention-rule.entity.js';
import { ContactErased } from './trainee.events.js';

const AT_ONCE = 500;

/** People with a number, known since before the day, without a course run that ended on it or later. */
const DUE = `FROM trainee t WHERE t.mobile IS NOT NULL AND t.createdAt < ?
  AND t.id NOT IN (SELECT e.traineeId FROM enrolment e JOIN course_run r ON r.id = e.runId WHERE r.endsOn >= ?)`;

const due = (tx: Reads, before: string, columns: string, ending = '') =>
  tx.query<{ id: string; due: number }>(`SELECT ${columns} ${DUE} ${ending}`, [`${before} 00:00:00.000`, before]);

/** The number of a merged row went when it was merged; its key in backups goes with the number of the row that is kept. */
const mergedIntoNoNumber = (tx: Reads) =>
  tx.query<{ id: string }>(
    `SELECT m.id FROM merged_trainee m JOIN trainee t ON t.id = m.keptId
     JOIN person_key k ON k.subjectId = m.id AND k.term = '${RetentionSubject.CONTACT}' WHERE t.mobile IS NULL`,
  );

/** P3: a person's mobile number goes when its term after their last course run is over. */
export const contactRetention: Eraser = {
  subject: RetentionSubject.CONTACT,
  due: async (tx, before) => Number((await due(tx, before, 'COUNT(*) AS due'))[0]?.due ?? 0),
  async erase(db, _files, before) {
    for (let erased = 0; ;) {
      const block = await db.write(SYSTEM, async (tx) => {
        const rows = await due(tx, before, 't.id', `ORDER BY t.id LIMIT ${AT_ONCE}`);
        const { sql, values } = conditions('trainee', { id: rows.map(({ id }) => id) });
        await tx.execute(`UPDATE trainee SET mobile = NULL, mobileIndex = NULL WHERE ${sql}`, values);
        const changes = conditions('mobile_change', { traineeId: rows.map(({ id }) => id) });
        await tx.execute(`DELETE FROM mobile_change WHERE ${changes.sql}`, changes.values);
        await shred(
          tx,
          RetentionSubject.CONTACT,
          [...rows, ...(await mergedIntoNoNumber(tx))].map(({ id }) => id),
        );
        for (const { id } of rows) tx.emit(ContactErased, { traineeId: id });
        return rows.length;
      });
      erased += block;
      if (block < AT_ONCE) return erased;
    }
  },
};
