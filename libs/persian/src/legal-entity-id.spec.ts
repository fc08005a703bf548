import { describe, expect, it } from '@jest/globals';
import vectors from '../data/vectors/legal-entity-id.json' with { type: 'json' };
import { legalEntityId } from './legal-entity-id.js';

describe('legal-entity ID', () => {
  it.each(vectors.cases)('reads «$input»: $note', ({ input, normalised, valid }) => {
    const reading = legalEntityId(input);
    expect(reading.ok).toBe(valid);
    if (reading.ok) expect(reading.value).toBe(normalised);
  });

  it('takes a remainder of ten as the check digit 0', () => {
    expect(legalEntityId('10100123480')).toEqual({ ok: true, value: '10100123480' });
  });

  it.each([
    ['', 'MISSING'],
    ['1038028479x', 'NOT_DIGITS'],
    ['103802847900', 'WRONG_LENGTH'],
    ['10300000009', 'EMPTY_BODY'],
    ['14007650915', 'BAD_CHECK_DIGIT'],
  ])('says why it refuses «%s»', (input, reason) => {
    expect(legalEntityId(input)).toEqual({ ok: false, reason });
  });
});
