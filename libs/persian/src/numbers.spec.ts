import { describe, expect, it } from '@jest/globals';
import { formatMark, formatNumber, formatPercent } from './numbers.js';

describe('numbers', () => {
  it.each([
    [0, '۰'],
    [999, '۹۹۹'],
    [1234.5, '۱٬۲۳۴٫۵'],
    [1_000_000, '۱٬۰۰۰٬۰۰۰'],
    [0.126, '۰٫۱۳'],
    [-5, '\u200E−۵'],
    [-0.001, '۰'],
  ])('writes %d', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it('writes English, and as many decimals as asked', () => {
    expect(formatNumber(-1234.5678, { language: 'en', decimals: 3 })).toBe('-1,234.568');
    expect(formatNumber(1234.5, { decimals: 0 })).toBe('۱٬۲۳۵');
  });

  it('writes percents after the number', () => {
    expect(formatPercent(72)).toBe('۷۲٪');
    expect(formatPercent(72.5, { language: 'en' })).toBe('72.5%');
  });

  it('writes marks kept in hundredths', () => {
    expect(formatMark(1875)).toBe('۱۸٫۷۵');
    expect(formatMark(2000, 'en')).toBe('20');
  });

  it('refuses what is no number', () => {
    expect(() => formatNumber(Number.NaN)).toThrow(RangeError);
  });
});
