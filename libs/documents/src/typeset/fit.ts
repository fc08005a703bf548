import { TextDoesNotFit } from './errors.js';
import { face, type FaceName } from './face.js';
import type { Field } from './field.js';
import { brokenLines, oneLine, type Line } from './line.js';

/** A place on the page in points, measured from its top left corner. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** How a text looks in its place. Sizes are in points. */
export interface Style {
  face?: FaceName;
  size: number;
  /** The smallest size the text may shrink to; without it the text keeps its size. */
  floor?: number;
  /** How many lines the text may take. */
  lines?: number;
  /** The distance of two lines, as a multiple of the size. */
  leading?: number;
  align?: 'right' | 'centre' | 'left';
  /** `#rrggbb`. */
  colour?: string;
}

/** A text that has found its size and its lines. */
export interface Fitted {
  lines: Line[];
  size: number;
  leading: number;
}

const STEP = 0.25;

/**
 * Sets the field into its place: on as few lines as allowed, as large as it can be on them.
 * @param place the box by its name, for the error
 * @throws TextDoesNotFit, MissingGlyph
 */
export function fit(
  place: string,
  field: Field,
  { width, height }: Pick<Box, 'width' | 'height'>,
  style: Style,
): Fitted {
  const { size: largest, floor = largest, lines: allowed = 1, leading = 1.5 } = style;
  const letters = face(style.face ?? 'regular');
  const whole = oneLine(letters, field);
  for (let count = 1; count <= allowed; count++) {
    for (let size = largest; size >= floor; size -= STEP) {
      if (count > 1 && count * leading * size > height + 0.01) continue;
      const room = (width * letters.unitsPerEm) / size;
      const lines = count === 1 ? (whole.width <= room ? [whole] : null) : brokenLines(letters, field, room);
      if (lines && lines.length <= count) return { lines, size, leading };
    }
  }
  throw new TextDoesNotFit(place);
}

/** The width of the field on one line, in points. */
export function widthOf(field: Field, { face: name = 'regular', size }: Pick<Style, 'face' | 'size'>): number {
  const letters = face(name);
  return (oneLine(letters, field).width * size) / letters.unitsPerEm;
}
