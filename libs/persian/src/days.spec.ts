import { describe, expect, it } from '@jest/globals';
import { addDays, daysBetween, isDay, isoWeekday } from './days.js';

describe('days', () => {
  it('are Gregorian dates that exist', () => {
    expect(['2026-11-23', '2024-02-29'].map(isDay)).toEqual([true, true]);
    expect(['2026-02-29', '2026-13-01', '2026-1-1', '2026-11-23T00:00', '', '1405/09/02'].map(isDay)).not.toContain(
      true,
    );
  });

  it('count over the ends of months and years', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2024-03-01', -1)).toBe('2024-02-29');
    expect(daysBetween('2026-03-21', '2027-03-21')).toBe(365);
    expect(() => addDays('2026-02-30', 1)).toThrow(RangeError);
  });

  it('have weekdays from 1 Monday to 7 Sunday', () => {
    expect(isoWeekday('2026-11-23')).toBe(1);
    expect(isoWeekday('2026-11-21')).toBe(6);
    expect(isoWeekday('2026-11-22')).toBe(7);
  });
});
