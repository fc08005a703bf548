import { Entity, Index } from 'typeorm';
import { Id, Personal, Ref, Text } from '../database/columns.js';
import { conditions } from '../database/conditions.js';
import type { Tx } from '../database/tx.js';

/**
 * The key of what is erased together of one person: in a backup that part is sealed under it, and the key is in no
 * backup. Drawn by the first backup of the part, removed when the part is erased.
 */
@Entity('person_key')
@Index('person_key_by_subject', ['subjectId', 'term'])
export class PersonKey {
  @Id() id: string;
  /** The row the part is of. */
  @Ref() subjectId: string;
  /** By which rule it is erased: one row may have parts of several. */
  @Text(32) term: string;
  /** 32 random bytes in base 64. */
  @Personal(44) secret: string;
}

/**
 * Removes the keys of what is being erased, in its unit: no backup made before opens that part again.
 *
 * @param subjectIds the rows the parts are of; more than one backup may have drawn a key for each
 */
export async function shred(tx: Tx, term: string, subjectIds: readonly string[]): Promise<void> {
  const { sql, values } = conditions('person_key', { term, subjectId: subjectIds });
  await tx.execute(`DELETE FROM person_key WHERE ${sql}`, values);
}
