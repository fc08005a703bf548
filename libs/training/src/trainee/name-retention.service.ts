import { randomBytes } from 'node:crypto';
import { conditions, type Columns, shred, type Tx } from '@app/platform';
import { RetentionSubject } from '../retention/retention-rule.entity.js';
import { Trainee } from './trainee.entity.js';
import { NameErased } from './trainee.events.js';

/** What stands of a person in the register when their name is erased. Whoever comes back is a new person. */
export const withoutName = () =>
  ({
    ...{ givenName: 'نام', familyName: 'پاک‌شده', fatherName: null, birthDay: null },
    // Found by nobody, and unique as every other.
    ...{ nationalId: '', nationalIdIndex: randomBytes(32).toString('hex') },
  }) satisfies Partial<Columns<Trainee>>;

/**
 * P3: with the name on their last certificate people's names go from the register too, and from the rows that were
 * merged into theirs; not of who was in a course run that ended on the day or later.
 */
export async function eraseNames(tx: Tx, traineeIds: readonly string[], before: string): Promise<void> {
  const asked = conditions('t', { id: traineeIds });
  const due = await tx.query<{ id: string }>(
    `SELECT t.id FROM trainee t WHERE ${asked.sql}
       AND t.id NOT IN (SELECT e.traineeId FROM enrolment e JOIN course_run r ON r.id = e.runId WHERE r.endsOn >= ?)`,
    [...asked.values, before],
  );
  const kept = conditions('m', { keptId: due.map(({ id }) => id) });
  const merged = await tx.query<{ id: string }>(`SELECT m.id FROM merged_trainee m WHERE ${kept.sql}`, kept.values);
  const ids = [...due, ...merged].map(({ id }) => id);
  for (const { id, nationalId } of await tx.lockAll(Trainee, ids)) {
    if (nationalId === '') continue;
    await tx.update(Trainee, { id }, withoutName());
    await tx.execute('DELETE FROM reveal WHERE traineeId = ?', [id]);
    tx.emit(NameErased, { traineeId: id });
  }
  await shred(tx, RetentionSubject.CERTIFICATE_NAME, ids);
}
