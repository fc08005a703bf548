import { describe, expect, it } from '@jest/globals';
import vectors from '../data/vectors/names-hard-cases.json' with { type: 'json' };
import { maskName, namesInARow, personName } from './names.js';
import { compactForm, searchForm, storeForm } from './text.js';

describe('names of people', () => {
  it.each(vectors.cases)('keeps $given $family: $note', ({ given, family, given_store, family_store, ...expected }) => {
    expect(storeForm(given)).toBe(given_store);
    expect(storeForm(family)).toBe(family_store);
    expect(searchForm(`${given} ${family}`)).toBe(expected.full_search);
    expect(compactForm(`${given} ${family}`)).toBe(expected.full_compact);

    const readings = [personName(given), personName(family)];
    expect(readings.every(({ ok }) => ok)).toBe(expected.acceptable);
    if (expected.acceptable) {
      expect(readings).toEqual([
        { ok: true, value: given_store },
        { ok: true, value: family_store },
      ]);
    }
  });

  it.each([
    [' \u200F\u200C ', 'MISSING'],
    ['نازنین۲', 'HAS_DIGIT'],
    ['نازنین٢', 'HAS_DIGIT'],
    ['<b>رضا</b>', 'HAS_SYMBOL'],
    ['=رضا', 'HAS_SYMBOL'],
    ['رضا 🌹', 'HAS_SYMBOL'],
    ['رضا\u0000', 'HAS_SYMBOL'],
    ['رضا\u2060', 'HAS_SYMBOL'],
    ['.', 'NO_LETTER'],
    ['--', 'NO_LETTER'],
    ['ﷺ'.repeat(5), 'TOO_LONG'],
    ['𐎠'.repeat(41), 'TOO_LONG'],
  ])('says why it refuses «%s»', (input, reason) => {
    expect(personName(input)).toEqual({ ok: false, reason });
  });

  it.each([
    [['بی‌بی', '-'], 'بی‌بی'],
    [['-', 'کاوه'], 'کاوه'],
    [['پریسا', 'کاوه'], 'پریسا کاوه'],
    [['پریسا', ''], 'پریسا'],
  ])('writes %j in a row without what is not on record', (names, row) => {
    expect(namesInARow(names)).toBe(row);
  });

  it('shows strangers the first letters only', () => {
    expect(maskName('فاطمه‌زهرا علی‌پور (شیرازی) -')).toBe('ف… ع… ش…');
  });
});
