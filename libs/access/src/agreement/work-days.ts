import type { Reads } from '@app/platform';

/** Knows on which days an office works; a lib above provides it. */
export abstract class WorkDays {
  /** How many working days of the place lie between two days, neither of them counted. `YYYY-MM-DD`, Gregorian, in Iran. */
  abstract between(tx: Reads, place: string, after: string, before: string): Promise<number>;
}
