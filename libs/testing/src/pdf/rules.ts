import { accessRules } from './access-rules.js';
import { archiveRules } from './archive-rules.js';
import { opened } from './opened.js';
import type { Rule } from './rule.js';

/**
 * Our own reading of the rules of PDF/A-3b (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) that a writer can break. Passing
 * them is no conformance: that is for a validator such as veraPDF to say, and has not been asked yet.
 */
export const rules: Rule[] = [...archiveRules, ...accessRules];

/** Every rule that the file breaks, each with what is wrong. */
export function faultsOf(bytes: Uint8Array): string[] {
  const file = opened(bytes);
  return rules.flatMap(({ name, check }) => {
    const found = check(file).filter(Boolean);
    return found.length > 0
      ? [`${name}: ${found.slice(0, 3).join('; ')}${found.length > 3 ? ` and ${found.length - 3} more` : ''}`]
      : [];
  });
}
