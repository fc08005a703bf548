import { expect, it } from '@jest/globals';
import { pagesShown, type Picture } from './picture.js';
import { judgedBy } from './programs.js';

const DPI = 150;
/** Five millimetres, in points of the picture: no laser printer reaches the edge. */
const EDGE = Math.floor((5 / 25.4) * DPI);
/** How much of a page in grey may be black: toner is dear. */
const MOST_BLACK = 0.05;

/** Specs of a paper that is printed in an office: it leaves the edge free, and in grey it needs little toner. */
export function judgePrint(name: string, draw: (grey: boolean) => Promise<Uint8Array>): void {
  judgedBy(['pdftoppm'], `${name} on a laser printer`, () => {
    it('covers at most five hundredths of each page with black', async () => {
      const shares = pagesShown(await draw(true), DPI).map(
        ({ shades }) => shades.reduce((sum, shade) => sum + (255 - shade) / 255, 0) / shades.length,
      );
      expect(Math.max(...shares)).toBeLessThanOrEqual(MOST_BLACK);
      expect(Math.min(...shares)).toBeGreaterThan(0);
    });

    it.each([true, false])('puts nothing within five millimetres of the edge (grey: %s)', async (grey) => {
      for (const page of pagesShown(await draw(grey), DPI)) expect(firstInkAtEdge(page)).toBeNull();
    });
  });
}

function firstInkAtEdge({ width, height, shades }: Picture): [x: number, y: number] | null {
  for (const [at, shade] of shades.entries()) {
    const [x, y] = [at % width, Math.floor(at / width)];
    const inside = x >= EDGE && y >= EDGE && x < width - EDGE && y < height - EDGE;
    if (!inside && shade < 250) return [x, y];
  }
  return null;
}
