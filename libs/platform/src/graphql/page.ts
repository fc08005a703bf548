import { ArgsType, Int } from '@nestjs/graphql';
import { InternalField } from './fields.js';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

/** Which part of a list is asked for: the first rows after a cursor. */
@ArgsType()
export class PageArgs {
  @InternalField(() => Int, { defaultValue: 20, description: 'At most 100' }) @IsInt() @Min(1) @Max(100) first: number;
  @InternalField(() => String, { nullable: true, description: 'The nextCursor of the page before' })
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  after?: string | null;
}

/** A part of a list; `nextCursor` is null at its end. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Cuts a page out of `first + 1` rows; the cursor is made of the columns the list is ordered by. */
export function pageOf<T>(rows: T[], first: number, keyOf: (row: T) => (string | number)[]): Page<T> {
  const items = rows.slice(0, first);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > first && last !== undefined ? cursorOf(keyOf(last)) : null };
}

const cursorOf = (key: (string | number)[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** The columns a cursor was made of, or null when it is none of ours: the list then starts at its beginning. */
export function cursorKey(after: string | null | undefined, length: number): (string | number)[] | null {
  if (!after) return null;
  try {
    const key: unknown = JSON.parse(Buffer.from(after, 'base64url').toString());
    return Array.isArray(key) &&
      key.length === length &&
      key.every((part) => ['string', 'number'].includes(typeof part))
      ? (key as (string | number)[])
      : null;
  } catch {
    return null;
  }
}
