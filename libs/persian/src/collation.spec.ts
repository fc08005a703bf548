import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import vectors from '../data/vectors/names-hard-cases.json' with { type: 'json' };
import { collate, sortKey, sortPersian } from './collation.js';
import { storeForm } from './text.js';

const icu = new Intl.Collator('fa');
const rows = readFileSync(new URL('../data/persian-names.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1);
const names = rows.map((row) => row.split(',')[0]!);
const { input, sorted } = vectors.collation_fa;
const hardNames = vectors.cases.flatMap(({ given, family }) => [given, family, `${family} ${given}`]).map(storeForm);
const all = [...new Set([...names, ...input, ...hardNames])];

describe('Persian order', () => {
  it('sorts the vector', () => {
    expect(input.toSorted(collate)).toEqual(sorted);
    expect(sortPersian(input, (name) => name)).toEqual(sorted);
  });

  it('has keys that order every pair of names as ICU does', () => {
    expect(names.length).toBe(672);
    const keyed = all.map((name) => ({ name, key: sortKey(name) }));
    const wrong: string[] = [];
    for (const a of keyed) {
      for (const b of keyed) {
        const byKey = a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
        if (byKey !== Math.sign(icu.compare(a.name, b.name))) wrong.push(`${a.name} / ${b.name}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('has keys that order Persian text of every kind as ICU does', () => {
    const text = fc
      .array(fc.constantFrom(...'آاءأؤئبپتکگوهیةۀ \u200C-()،۱2aBé', '\u0651', '\u064E', 'ی\u0654'), { maxLength: 6 })
      .map((letters) => storeForm(letters.join('')))
      // ICU also joins yeh and hamza over a third mark between them; no name is written so.
      .filter((shown) => !/ی\p{M}+\u0654/u.test(shown));
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(collate(a, b))).toBe(Math.sign(icu.compare(a, b)));
      }),
      { numRuns: 5000 },
    );
  });

  it('orders the same by bytes in a database, padded with spaces or not', () => {
    const keys = all.map(sortKey);
    const width = Math.max(...keys.map((key) => Buffer.byteLength(key)));
    const padded = (key: string) => Buffer.concat([Buffer.from(key), Buffer.alloc(width, ' ')]).subarray(0, width);
    const byUnits = keys.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    expect(keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))).toEqual(byUnits);
    expect(keys.toSorted((a, b) => Buffer.compare(padded(a), padded(b)))).toEqual(byUnits);
  });

  it('does not count half-spaces, and puts a space before every letter', () => {
    expect(sortKey('علی‌اکبر')).toBe(sortKey('علیاکبر'));
    expect(collate('علی اکبر', 'علیآبادی')).toBeLessThan(0);
  });

  it('keeps keys short', () => {
    for (const name of all) expect(sortKey(name).length).toBeLessThanOrEqual(name.length * 4 + 2);
  });
});
