import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { printedCode, readSpokenCode, SPOKEN_CODE_BYTES, spokenCode } from './spoken-code.js';

const newCode = () => spokenCode(randomBytes(SPOKEN_CODE_BYTES));

describe('a code that people type and tell', () => {
  it('is read back as people type it', () => {
    const code = newCode();
    expect(readSpokenCode(printedCode(code))).toBe(code);
    expect(readSpokenCode(code.toLowerCase())).toBe(code);
    expect(readSpokenCode(code.replaceAll(/[0-9]/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'[Number(digit)] as string))).toBe(code);
  });

  it('takes O for 0, and I and L for 1', () => {
    const code = spokenCode(Buffer.from('00000000000000008421', 'hex'));
    expect(code.startsWith('0000000000001111')).toBe(true);
    expect(readSpokenCode(code.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(code);
  });

  it('refuses every code with one wrong symbol', () => {
    const code = newCode();
    for (let at = 0; at < 16; at++) {
      const other = code[at] === '7' ? '8' : '7';
      expect(readSpokenCode(code.slice(0, at) + other + code.slice(at + 1))).toBeNull();
    }
  });

  it('is not given twice in ten thousand', () => {
    expect(new Set(Array.from({ length: 10_000 }, () => newCode())).size).toBe(10_000);
  });
});
