import { describe, expect, it } from '@jest/globals';
import { Kind } from 'graphql';
import { DayScalar } from './scalars.js';

describe('a day of the API', () => {
  it.each(['1821-03-21', '1986-07-09', '2028-02-29', '2221-03-20'])('is taken: %s', (day) => {
    expect(DayScalar.parseValue(day)).toBe(day);
    expect(DayScalar.parseLiteral({ kind: Kind.STRING, value: day }, {})).toBe(day);
  });

  it.each(['1821-03-20', '2221-03-21', '9999-12-31', '0000-01-01', '2026-02-29', '1405/09/01', '', 5, null])(
    'is refused with how it is written: %s',
    (day) => {
      const told = 'A day is written YYYY-MM-DD, Gregorian, from 1821-03-21 to 2221-03-20';
      expect(() => DayScalar.parseValue(day)).toThrow(told);
      expect(() => DayScalar.parseLiteral({ kind: Kind.STRING, value: String(day) }, {})).toThrow(told);
    },
  );
});
