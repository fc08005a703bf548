import type { FindOptionsWhere, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { compactForm } from '@app/persian';
import { cursorKey, NotFound, type PageArgs, type Reads } from '@app/platform';

/**
 * The row of this id, if the policy names it. A policy may bound the id itself, so the two are asked for side by side,
 * never merged into one `where`.
 *
 * @throws NotFound no row, or none the caller may see
 */
export async function seen<T extends ObjectLiteral & { id: string }>(
  tx: Reads,
  entity: new () => T,
  policy: FindOptionsWhere<T>,
  id: string,
): Promise<T> {
  const row = await tx
    .repo(entity)
    .createQueryBuilder('row')
    .where(policy)
    .andWhere('row.id = :askedFor', { askedFor: id })
    .getOne();
  if (!row) throw new NotFound();
  return row;
}

/** Keeps the rows whose search column holds what was typed, in whatever letters, joined or apart: «قالی باف» finds «قالی‌باف». */
export function matching<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  column: string,
  typed: string | null | undefined,
): SelectQueryBuilder<T> {
  const wanted = compactForm(typed ?? '');
  if (wanted === '') return query;
  return query.andWhere(`REPLACE(${column}, ' ', '') LIKE :wanted ESCAPE '!'`, {
    wanted: `%${wanted.replace(/[!%_]/g, '!$&')}%`,
  });
}

/** Puts the rows in Persian order and keeps one page of them, and one row more, by which the end is known. */
export function pageInOrder<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  { first, after }: PageArgs,
): SelectQueryBuilder<T> {
  const { alias } = query;
  const key = cursorKey(after, 2);
  if (key)
    query.andWhere(`(${alias}.sortKey > :key OR (${alias}.sortKey = :key AND ${alias}.id > :id))`, {
      key: key[0],
      id: key[1],
    });
  return query
    .orderBy(`${alias}.sortKey`)
    .addOrderBy(`${alias}.id`)
    .limit(first + 1);
}

/** What the cursor of such a page is made of. */
export const orderOf = ({ sortKey, id }: { sortKey: string; id: string }) => [sortKey, id];

/** The marks of an IN list. */
export const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ');
