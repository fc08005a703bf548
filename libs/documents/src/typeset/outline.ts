import type { Face } from './face.js';
import type { Line } from './line.js';

/**
 * The line as shapes instead of text, as the operators of a PDF path: for a watermark, which nobody should find or copy.
 * Its middle is at 0, 0; y grows downwards as on our pages.
 */
export function outlineOf(face: Face, { words, width }: Line, size: number): string {
  const scale = size / face.unitsPerEm;
  const operators: string[] = [];
  let pen = -width / 2;
  for (const mark of words.flatMap((word) => word.marks)) {
    const x = (units: number) => ((pen + mark.dx + units) * scale).toFixed(2);
    const y = (units: number) => (-(mark.dy + units - face.ascent / 3) * scale).toFixed(2);
    if (mark.glyph !== face.emptyGlyph) operators.push(...pathOf(face.outline(mark.glyph), x, y));
    pen += mark.advance;
  }
  return `${operators.join('\n')}\nf`;
}

type Scaled = (units: number) => string;

/** The face's outlines are quadratic curves; a PDF knows only cubic ones. */
function pathOf(svg: string, x: Scaled, y: Scaled): string[] {
  let from: [number, number] = [0, 0];
  return [...svg.matchAll(/([MLQZ])([^MLQZ]*)/g)].map(([, command, figures = '']) => {
    const [a = 0, b = 0, c = 0, d = 0] = figures.split(/[ ,]+/).filter(Boolean).map(Number);
    if (command === 'Z') return 'h';
    if (command !== 'Q') {
      from = [a, b];
      return `${x(a)} ${y(b)} ${command === 'M' ? 'm' : 'l'}`;
    }
    const towards = (start: number, control: number) => start + (2 / 3) * (control - start);
    const curve = [x(towards(from[0], a)), y(towards(from[1], b)), x(towards(c, a)), y(towards(d, b)), x(c), y(d)];
    from = [c, d];
    return `${curve.join(' ')} c`;
  });
}
