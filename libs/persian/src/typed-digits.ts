import { toAsciiDigits } from './digits.js';

/** What is left of a typed number when digits are ASCII and spaces, dashes, brackets and invisible marks are gone. */
export function typedDigits(text: string): string {
  return toAsciiDigits(text).replace(/[\p{White_Space}\p{Cf}\p{Pd}\u2212()]/gu, '');
}
