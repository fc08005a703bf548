import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import vectors from '../data/vectors/text-normalisation.json' with { type: 'json' };
import { compactForm, searchForm, storeForm } from './text.js';

/** Letters, marks, digits and invisible characters that meet in Persian text, so that odd neighbours come up often. */
const persianText = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...'اآأإٱبپکكگیيىئؤوهةۀەء۱١1Aeéİ ـ\u200C\u200B\u200D\u200E\u202E\u2067\uFEFF\u00AD\u00A0\t'),
    fc.constantFrom('\u0301', '\u064B', '\u0651', '\u0653', '\u0654', '\u0670', '\uFEFB', '\uFEF2', '\uFE77', '\uFC5E'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
});

describe('forms of text', () => {
  it.each(vectors.cases)('makes the three forms: $note $input_codepoints', ({ input, store, search, compact }) => {
    expect(storeForm(input)).toBe(store);
    expect(searchForm(input)).toBe(search);
    expect(compactForm(input)).toBe(compact);
  });

  it.each(vectors.equal_groups)('finds all spellings under one key: $key', ({ members, key }) => {
    for (const member of members) expect(compactForm(member)).toBe(key);
  });

  it('changes nothing more when applied twice', () => {
    fc.assert(
      fc.property(persianText, (text) => {
        const store = storeForm(text);
        const search = searchForm(text);
        expect(storeForm(store)).toBe(store);
        expect(searchForm(search)).toBe(search);
      }),
      { numRuns: 3000 },
    );
  });

  it('leaves a plain code, number or English words as they are, and cleans them as all others', () => {
    for (const text of ['', 'A', '7K3M-1000-4B', 'C++ (level 2)']) expect(storeForm(text)).toBe(text);
    expect(['A ', ' A', 'A  B', 'A\tB', 'A\u200cB'].map(storeForm)).toEqual(['A', 'A', 'A B', 'A B', 'A\u200cB']);
  });

  it('searches the stored form as it searches the typed one', () => {
    fc.assert(
      fc.property(persianText, (text) => {
        expect(searchForm(storeForm(text))).toBe(searchForm(text));
      }),
    );
  });

  it('leaves one space where a bare hamza stood alone', () => {
    expect(searchForm('علی ء حسن')).toBe('علی حسن');
  });
});
