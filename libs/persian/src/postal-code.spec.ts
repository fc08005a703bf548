import { describe, expect, it } from '@jest/globals';
import vectors from '../data/vectors/postal-code.json' with { type: 'json' };
import { postalCode } from './postal-code.js';

describe('postal code', () => {
  it.each(vectors.cases)('reads «$input»: $note', ({ input, normalised, ten_digits, check_validator_npm_IR }) => {
    const reading = postalCode(input);
    expect(reading.ok).toBe(ten_digits);
    if (reading.ok) expect(reading).toEqual({ ok: true, value: normalised, unusual: !check_validator_npm_IR });
  });

  it.each(['1111435744', '1619735742', '1619535744'])('warns about %s and takes it', (input) => {
    expect(postalCode(input)).toEqual({ ok: true, value: input, unusual: true });
  });

  it.each([
    ['', 'MISSING'],
    ['ABCDEFGHIJ', 'NOT_DIGITS'],
    ['161973574', 'WRONG_LENGTH'],
  ])('says why it refuses «%s»', (input, reason) => {
    expect(postalCode(input)).toEqual({ ok: false, reason });
  });
});
