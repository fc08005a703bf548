import { encode } from 'uqr';
import { rgb } from './content.js';
import type { Box } from './fit.js';
import { figure } from './glyph-numbers.js';

/** Squares left white around a code, on each side: readers need them. */
const QUIET = 4;
/** Trying all eight masks takes fifteen times as long, and readers read any of them. */
const MASK = 3;

/**
 * A QR code as operators, with its white margin inside the box. One filled path stays sharp at every size; a small
 * picture would be blurred by viewers.
 */
export function qrOperators(text: string, { x, y, width }: Box, colour: string): string {
  const { data, size } = encode(text, { ecc: 'M', border: 0, boostEcc: false, maskPattern: MASK });
  const square = width / (size + 2 * QUIET);
  const side = square.toFixed(4);
  const place = `${side} 0 0 ${side} ${figure(x + QUIET * square)} ${figure(y + QUIET * square)}`;
  let path = '';
  for (let row = 0; row < size; row++) {
    const line = data[row]!;
    for (let column = 0; column < size; column++) {
      if (!line[column]) continue;
      const start = column;
      while (line[column + 1]) column++;
      path += `${start} ${row} ${column - start + 1} 1 re\n`;
    }
  }
  return `q ${rgb(colour)} rg ${place} cm\n${path}f Q`;
}
