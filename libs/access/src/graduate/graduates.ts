import type { Reads } from '@app/platform';
import type { PersonAtNumber } from './graduate.rules.js';

/** Knows trainees and graduates, which lie in a lib above; that lib provides it. */
export abstract class Graduates {
  /** Everyone whose number stands under one of these digests: one statement, whether anybody has it or not. */
  abstract at(tx: Reads, mobileIndexes: readonly string[]): Promise<PersonAtNumber[]>;
}
