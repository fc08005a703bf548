import { describe, expect, it } from '@jest/globals';
import { versionInForce } from './standard.rules.js';

describe('the version of a standard in force', () => {
  const versions = [{ effectiveFrom: '2026-06-01' }, { effectiveFrom: '2025-03-21' }, { effectiveFrom: '2027-01-01' }];

  it.each([
    ['before the first', '2025-03-20', undefined],
    ['on the day a version begins', '2026-06-01', '2026-06-01'],
    ['between two', '2026-12-31', '2026-06-01'],
  ])('%s', (_, day, expected) => {
    expect(versionInForce(versions, day)?.effectiveFrom).toBe(expected);
  });
});
