import type { Opened } from './opened.js';

/** A rule of a PDF that a writer can break. */
export interface Rule {
  name: string;
  /** What is wrong; nothing when the rule is kept. */
  check: (file: Opened) => (string | false | null | undefined)[];
}

/** Asks about each of several things what is wrong with it. */
export const each = <T>(values: Iterable<T>, wrong: (value: T) => string | false | null | undefined) =>
  [...values].map(wrong);
