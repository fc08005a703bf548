import { face } from './face.js';
import { fa } from './field.js';
import { oneLine } from './line.js';
import { outlineOf } from './outline.js';
import type { Canvas } from './pen.js';

/** Words large and light across the page, as shapes: nobody can copy them, and the text over them stays easy to read. */
export function drawWatermark(canvas: Canvas, words: string): void {
  const line = oneLine(face('bold'), fa(words));
  const { width, height } = canvas;
  const size = Math.min(110, (0.9 * width * face('bold').unitsPerEm) / line.width);
  canvas.pdf
    .save()
    .translate(width / 2, height / 2)
    .rotate(width > height ? -28 : -52)
    .fillColor('#f0eae0');
  canvas.stamp('watermark', () => outlineOf(face('bold'), line, size), 0, 0);
  canvas.pdf.restore();
}
