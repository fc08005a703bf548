import { describe, expect, it } from 'vitest';
import { typedNumber, typedTenths } from './typed.js';

describe('numbers as people type them', () => {
  it.each([
    ['۱۲۰۱', 1201],
    [' 7 ', 7],
    ['', null],
    ['۱۲ب', null],
    ['-1', null],
  ])('%s is the number %s', (text, number) => expect(typedNumber(text)).toBe(number));

  it.each([
    ['', 0],
    ['۱٫۵', 15],
    ['-1.5', -15],
    ['−۰/۳', -3],
    ['30', 300],
    ['30.1', null],
    ['1.55', null],
    ['کمی', null],
  ])('%s is %s tenths of a millimetre', (text, tenths) => expect(typedTenths(text)).toBe(tenths));
});
