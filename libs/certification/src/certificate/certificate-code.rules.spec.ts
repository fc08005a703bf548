import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { certificateCode, CODE_BYTES, printedCode, readCertificateCode } from './certificate-code.rules.js';

const newCode = () => certificateCode(randomBytes(CODE_BYTES));

describe('the code of a certificate', () => {
  it('is read back as people type it', () => {
    const code = newCode();
    expect(readCertificateCode(printedCode(code))).toBe(code);
    expect(readCertificateCode(code.toLowerCase())).toBe(code);
  });

  it('takes O for 0, and I and L for 1', () => {
    const code = certificateCode(Buffer.from('00000000000000008421', 'hex'));
    expect(code.startsWith('0000000000001111')).toBe(true);
    expect(readCertificateCode(code.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(code);
  });

  it('refuses every code with one wrong symbol', () => {
    const code = newCode();
    for (let at = 0; at < 16; at++) {
      const other = code[at] === '7' ? '8' : '7';
      expect(readCertificateCode(code.slice(0, at) + other + code.slice(at + 1))).toBeNull();
    }
  });

  it('is not given twice in ten thousand', () => {
    expect(new Set(Array.from({ length: 10_000 }, () => newCode())).size).toBe(10_000);
  });
});
