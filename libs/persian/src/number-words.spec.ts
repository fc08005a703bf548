import { describe, expect, it } from '@jest/globals';
import vectors from '../data/vectors/number-words.json' with { type: 'json' };
import { hasWords, inWords, markInWords, ordinalInWords } from './number-words.js';

describe('numbers in words', () => {
  it.each(vectors.cases)('spells $n', ({ n, words, ordinal }) => {
    expect(inWords(n)).toBe(words);
    expect(ordinalInWords(n)).toBe(ordinal);
  });

  it('spells the irregular ordinals alone and at the end', () => {
    expect([1, 3, 103, 130].map((n) => ordinalInWords(n))).toEqual(['یکم', 'سوم', 'صد و سوم', 'صد و سی اُم']);
  });

  it('spells hundred as money papers do', () => {
    expect(inWords(1_100_100, { official: true })).toBe('یک میلیون و یکصد هزار و یکصد');
    expect(inWords(200, { official: true })).toBe('دویست');
  });

  it('has no words below zero, for parts and from 10^12 on', () => {
    for (const n of [-1, 0.5, 1e12, Number.NaN]) {
      expect(hasWords(n)).toBe(false);
      expect(() => inWords(n)).toThrow(RangeError);
    }
    expect(hasWords(1e12 - 1)).toBe(true);
  });

  it.each([
    [2000, 'بیست'],
    [1875, 'هجده و هفتاد و پنج صدم'],
    [1205, 'دوازده و پنج صدم'],
    [50, 'پنجاه صدم'],
    [0, 'صفر'],
  ])('spells the mark %d', (hundredths, words) => {
    expect(markInWords(hundredths)).toBe(words);
  });
});
