import { toAsciiDigits } from './digits.js';

const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CHECK_SYMBOLS = `${SYMBOLS}*~$=U`;

/** How many random bytes a spoken code is made of. */
export const SPOKEN_CODE_BYTES = 10;

/** The code that random bytes make: 80 bits in Crockford base 32 (16 symbols), and a check symbol (modulo 37). */
export function spokenCode(random: Uint8Array): string {
  let text = '';
  let check = 0;
  let bits = 0;
  let left = 0;
  for (const byte of random) {
    check = (check * 256 + byte) % 37;
    bits = (bits << 8) | byte;
    for (left += 8; left >= 5; left -= 5) text += SYMBOLS[(bits >> (left - 5)) & 31] as string;
    bits &= 31;
  }
  return text + (CHECK_SYMBOLS[check] as string);
}

/** Reads a code as people type it: dashes, small letters, digits of any script, O for 0, I and L for 1. Null when a symbol is wrong. */
export function readSpokenCode(typed: string): string | null {
  const text = toAsciiDigits(typed)
    .toUpperCase()
    .replaceAll(/[-\s]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  if (text.length !== 17) return null;
  let value = 0n;
  for (const symbol of text.slice(0, 16)) {
    const digit = SYMBOLS.indexOf(symbol);
    if (digit < 0) return null;
    value = value * 32n + BigInt(digit);
  }
  return CHECK_SYMBOLS[Number(value % 37n)] === text[16] ? text : null;
}

/** The code in groups of four, as it is printed. */
export const printedCode = (code: string): string => (code.match(/.{1,4}/g) ?? []).join('-');
