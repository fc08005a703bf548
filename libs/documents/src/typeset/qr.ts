import { encode } from 'uqr';

/**
 * A QR code as the operators of one PDF path, one square a unit, from 0, 0 to the right and down.
 * One filled path stays sharp at every size; a small picture would be blurred by viewers.
 */
export function qrPath(text: string): { size: number; operators: string } {
  const { data, size } = encode(text, { ecc: 'M', border: 0 });
  const runs: string[] = [];
  for (const [y, row] of data.entries()) {
    for (let x = 0; x < size; x++) {
      if (!row[x]) continue;
      const start = x;
      while (row[x + 1]) x++;
      runs.push(`${start} ${y} ${x - start + 1} 1 re`);
    }
  }
  return { size, operators: `${runs.join('\n')}\nf` };
}
