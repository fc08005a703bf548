import type { EnumOf } from '../../shared/api/graphql.js';

export type CourseRunStatus = EnumOf<'CourseRunStatus'>;

/** The states in the order in which a run goes through them. */
export const statuses: CourseRunStatus[] = ['APPROVED', 'RUNNING', 'FINISHED', 'CLOSED', 'CANCELLED'];

/** What the list is narrowed to; it stands in the address, so that a list can be kept and sent. */
export interface CourseRunFilter {
  search?: string;
  status?: CourseRunStatus;
}

/** Reads the filter from an address. What is no filter of ours is left out. */
export function courseRunFilter({ search, status }: Record<string, unknown>): CourseRunFilter {
  const known = statuses.find((each) => each === status);
  // The router reads digits in an address as a number.
  const words = typeof search === 'string' || typeof search === 'number' ? String(search).trim() : '';
  return { ...(words && { search: words }), ...(known && { status: known }) };
}
