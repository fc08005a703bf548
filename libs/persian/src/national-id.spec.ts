import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import vectors from '../data/vectors/national-id.json' with { type: 'json' };
import { formatNationalId, maskNationalId, nationalId } from './national-id.js';

describe('national ID', () => {
  it.each(vectors.cases)('reads «$input» as it is: $note', ({ input, normalised, valid, all_same_digits }) => {
    const reading = nationalId(input);
    expect(reading.ok).toBe(valid);
    if (reading.ok) expect(reading).toEqual({ ok: true, value: normalised, padded: false });
    else expect(reading.reason === 'SAME_DIGITS').toBe(all_same_digits);
  });

  it.each(vectors.cases)('reads «$input» from a spreadsheet: $note', ({ input, normalised, padded, ...expected }) => {
    const reading = nationalId(input, { pad: true });
    expect(reading.ok).toBe(expected.valid_if_left_padded);
    if (reading.ok) expect(reading).toEqual({ ok: true, value: padded, padded: normalised === null });
  });

  it.each([
    [' \u200F ', 'MISSING'],
    ['1.2345678E9', 'NOT_DIGITS'],
    ['90000013', 'WRONG_LENGTH'],
    ['73400000111', 'WRONG_LENGTH'],
    ['1111111111', 'SAME_DIGITS'],
    ['7340000012', 'BAD_CHECK_DIGIT'],
  ])('says why it refuses «%s»', (input, reason) => {
    expect(nationalId(input)).toEqual({ ok: false, reason });
  });

  it('does not pad fewer than eight digits', () => {
    expect(nationalId('1234567', { pad: true })).toEqual({ ok: false, reason: 'WRONG_LENGTH' });
  });

  it('has one check digit for every nine digits', () => {
    fc.assert(
      fc.property(fc.nat(999_999_998), (n) => {
        const nine = String(n).padStart(9, '0');
        const accepted = [...'0123456789'].filter((last) => nationalId(nine + last).ok);
        expect(accepted.length).toBe(/^(\d)\1{8}$/.test(nine) ? 0 : 1);
      }),
    );
  });

  it('is shown grouped or masked', () => {
    expect(formatNationalId('0790419904')).toBe('۰۷۹-۰۴۱۹۹۰-۴');
    expect(formatNationalId('0790419904', 'en')).toBe('079-041990-4');
    expect(maskNationalId('0790419904')).toBe('•••••••۹۰۴');
  });
});
