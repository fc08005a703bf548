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
  /** Early: takes another line before it shrinks. Late, the default: shrinks down to the floor first. */
  wrap?: 'early' | 'late';
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
 * Sets the field into its place: as large as it can be, on as few lines as it can be; `wrap` says what counts first.
 * @param place the box by its name, for the error
 * @throws TextDoesNotFit, MissingGlyph
 */
export function fit(
  place: string,
  field: Field,
  { width, height }: Pick<Box, 'width' | 'height'>,
  style: Style,
): Fitted {
  const letters = face(style.face ?? 'regular');
  const whole = oneLine(letters, field);
  for (const { count, size } of attempts(style)) {
    const { leading = 1.5 } = style;
    if (count > 1 && count * leading * size > height + 0.01) continue;
    const room = (width * letters.unitsPerEm) / size;
    const lines = count === 1 ? (whole.width <= room ? [whole] : null) : brokenLines(letters, field, room);
    if (lines && lines.length <= count) return { lines, size, leading };
  }
  throw new TextDoesNotFit(place);
}

function attempts({
  size: largest,
  floor = largest,
  lines = 1,
  wrap = 'late',
}: Style): { count: number; size: number }[] {
  const sizes = Array.from({ length: Math.floor((largest - floor) / STEP) + 1 }, (_, at) => largest - at * STEP);
  const counts = Array.from({ length: lines }, (_, at) => at + 1);
  return wrap === 'late'
    ? counts.flatMap((count) => sizes.map((size) => ({ count, size })))
    : sizes.flatMap((size) => counts.map((count) => ({ count, size })));
}

/** The width of the field on one line, in points. */
export function widthOf(field: Field, { face: name = 'regular', size }: Pick<Style, 'face' | 'size'>): number {
  const letters = face(name);
  return (oneLine(letters, field).width * size) / letters.unitsPerEm;
}
