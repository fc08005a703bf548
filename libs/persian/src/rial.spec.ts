import { describe, expect, it } from '@jest/globals';
import vectors from '../data/vectors/rial-format.json' with { type: 'json' };
import { formatNumber } from './numbers.js';
import { formatRial, formatToman, parseRial, rialFromToman, rialInWords, tomanFromRial, tomanHint } from './rial.js';

describe('rials', () => {
  it.each(vectors.format)('writes $rial', ({ rial, ...expected }) => {
    expect(formatNumber(rial)).toBe(expected.grouped_fa);
    expect(formatNumber(rial, { language: 'en' })).toBe(expected.grouped_latin);
    expect(formatRial(rial)).toBe(expected.label_fa);
    expect(tomanFromRial(rial) !== null).toBe(expected.toman_exact);
    expect(tomanFromRial(rial)).toBe(expected.toman);
    expect(formatToman(rial)).toBe(expected.toman_fa);
    expect(rialInWords(rial)).toBe(expected.words_fa);
  });

  it.each(vectors.parse_inputs)('reads «$input»', ({ input, rial }) => {
    expect(parseRial(input)).toBe(rial);
  });

  it.each(['-1200', '1e6', '1,2,3', '12,00', '1200 تومان', '99999999999999999999'])(
    'does not guess at «%s»',
    (input) => {
      expect(parseRial(input)).toBeNull();
    },
  );

  it('turns tomans into rials', () => {
    expect(rialFromToman(250_000)).toBe(2_500_000);
    expect(() => rialFromToman(0.25)).toThrow(RangeError);
  });

  it.each([
    [2_500_000, '۲۵۰ هزار تومان'],
    [12_345_000, '۱ میلیون و ۲۳۴ هزار و ۵۰۰ تومان'],
    [50_000_000_000, '۵ میلیارد تومان'],
    [0, '۰ تومان'],
    [999, null],
    [-2500, null],
  ])('hints at tomans for %d', (rial, hint) => {
    expect(tomanHint(rial)).toBe(hint);
  });

  it('writes English labels and official words', () => {
    expect(formatRial(1200, 'en')).toBe('1,200 rials');
    expect(formatToman(1200, 'en')).toBe('120 tomans');
    expect(rialInWords(100, { official: true })).toBe('یکصد ریال');
    expect(() => formatRial(0.5)).toThrow(RangeError);
  });
});
