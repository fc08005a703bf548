import { describe, expect, it } from '@jest/globals';
import { rulesInForce } from './dated-rules.rules.js';

const carpet = '731899000000001';
const rows = [
  { scope: '26', effectiveFrom: '2026-03-21' },
  { scope: '*', effectiveFrom: '2026-06-01' },
  { scope: '*', effectiveFrom: '2025-03-21' },
  { scope: carpet, effectiveFrom: '2026-09-01' },
  { scope: '*', effectiveFrom: '2027-03-21' },
];

describe('the dated rules of a course run', () => {
  it.each([
    ['the country before anything else began', '2026-03-20', '26', carpet, '* 2025-03-21'],
    ['the province from its first day on', '2026-03-21', '26', carpet, '26 2026-03-21'],
    ['the province, though the country is newer', '2026-07-01', '26', carpet, '26 2026-03-21'],
    ['the standard before the province', '2026-09-01', '26', carpet, `${carpet} 2026-09-01`],
    ['the latest of the country elsewhere', '2026-07-01', '10', 'x', '* 2026-06-01'],
    ['not what begins later', '2027-03-20', '10', 'x', '* 2026-06-01'],
    ['nothing before all', '2025-03-20', '10', 'x', undefined],
  ])('are those of %s', (_, day, provinceCode, standardCode, expected) => {
    const found = rulesInForce(rows, { day, provinceCode, standardCode });
    expect(found ? `${found.scope} ${found.effectiveFrom}` : undefined).toBe(expected);
  });
});
