import { PNG } from 'pngjs';

const SIDE = 120;

/** A picture such as an office has: a ring and a disc, clear around them. */
export function emblem(): Buffer {
  const png = new PNG({ width: SIDE, height: SIDE });
  for (let at = 0; at < SIDE * SIDE; at++) {
    const distance = Math.hypot((at % SIDE) - SIDE / 2, Math.floor(at / SIDE) - SIDE / 2);
    const inked = distance < 26 || (distance > 44 && distance < 58);
    png.data.set(inked ? [38, 74, 125, 255] : [255, 255, 255, 0], at * 4);
  }
  return PNG.sync.write(png);
}
