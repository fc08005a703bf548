import { describe, expect, it } from '@jest/globals';
import vectors from '../data/vectors/mobile.json' with { type: 'json' };
import { formatMobile, maskMobile, mobile } from './mobile.js';

describe('mobile number', () => {
  it.each(vectors.cases)('reads «$input»: $note', ({ input, shape_ok, national, e164 }) => {
    const reading = mobile(input);
    expect(reading.ok).toBe(shape_ok);
    if (reading.ok) expect(reading).toMatchObject({ national, e164 });
  });

  it('says when the leading zero was missing', () => {
    expect(mobile('9120000012')).toMatchObject({ ok: true, padded: true });
    expect(mobile('09120000012')).toMatchObject({ ok: true, padded: false });
    expect(mobile('989120000012')).toMatchObject({ ok: true, padded: false });
  });

  it.each([
    ['', 'MISSING'],
    ['9.1E+09', 'NOT_DIGITS'],
    ['0912000001', 'WRONG_LENGTH'],
    ['+98912000001', 'WRONG_LENGTH'],
    ['02188000000', 'NOT_MOBILE'],
    ['+447911123456', 'NOT_MOBILE'],
    ['009120000012', 'NOT_MOBILE'],
  ])('says why it refuses «%s»', (input, reason) => {
    expect(mobile(input)).toEqual({ ok: false, reason });
  });

  it('is shown grouped or masked, from either stored form', () => {
    expect(formatMobile('09123456789')).toBe('۰۹۱۲ ۳۴۵ ۶۷۸۹');
    expect(formatMobile('+989123456789', 'en')).toBe('0912 345 6789');
    expect(maskMobile('+989123456789')).toBe('۰۹۱۲•••۶۷۸۹');
  });
});
