import { Between, FindOperator } from 'typeorm';

/** Columns and the values they must have. The names are ours; the values may come from anywhere. */
export type Conditions = Record<
  string,
  string | number | boolean | null | readonly (string | number)[] | FindOperator<string>
>;

/** A place of a tree and all that lies below it: one range of an index over a column of paths, which end in `/`. */
export const under = (path: string): FindOperator<string> => Between(path, `${path}~`);

/** What `under` made: the one operator that hand-written statements take. */
export const isRange = (value: unknown): value is FindOperator<string> =>
  value instanceof FindOperator && value.type === 'between';

/**
 * A policy's `where` for a hand-written statement: `r.officeId = ? AND r.status IN (?, ?)` and its values. A list means
 * one of it, an empty list nothing; without conditions it is true.
 *
 * @throws Error a name that is not a plain column name, or a value that is undefined: it would match every row
 */
export function conditions(alias: string, bounds: Conditions): { sql: string; values: unknown[] } {
  const parts: string[] = [];
  const values: unknown[] = [];
  for (const [column, value] of Object.entries(bounds)) {
    if (!/^[a-zA-Z]\w*$/.test(column)) throw new Error(`Not a column: ${column}`);
    if (value === undefined) throw new Error(`No value for ${column}: a forgotten bound would match every row`);
    if (value === null) parts.push(`${alias}.${column} IS NULL`);
    else if (isRange(value)) {
      parts.push(`${alias}.${column} BETWEEN ? AND ?`);
      values.push(...(value.value as unknown as [string, string]));
    } else if (Array.isArray(value)) {
      parts.push(value.length > 0 ? `${alias}.${column} IN (${value.map(() => '?').join(', ')})` : '1 = 0');
      values.push(...(value as unknown[]));
    } else {
      parts.push(`${alias}.${column} = ?`);
      values.push(value);
    }
  }
  return { sql: parts.join(' AND ') || '1 = 1', values };
}
