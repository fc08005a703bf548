import { describe, expect, it } from '@jest/globals';
import { toAsciiDigits, toPersianDigits } from './digits.js';

describe('digits', () => {
  it('become Persian from every script', () => {
    expect(toPersianDigits('کد 0123456789 ٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹')).toBe('کد ۰۱۲۳۴۵۶۷۸۹ ۰۱۲۳۴۵۶۷۸۹ ۰۱۲۳۴۵۶۷۸۹');
    expect(toPersianDigits(1405)).toBe('۱۴۰۵');
  });

  it('become ASCII from every script', () => {
    expect(toAsciiDigits('کد 0123456789 ٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹')).toBe('کد 0123456789 0123456789 0123456789');
  });
});
