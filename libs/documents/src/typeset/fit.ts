import { inPlace, TextDoesNotFit } from './errors.js';
import { face, type FaceName } from './face.js';
import type { Field } from './field.js';
import { broken, Line, oneLine, paragraphOf } from './line.js';

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
  /** Justified lines are as wide as the box by wider blanks; the last one stands at the right. */
  align?: 'right' | 'centre' | 'left' | 'justify';
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
const EMPTY = new Line([], 0);
/** No place of a paper has room for more: what is longer is refused before it is shaped. */
const LONGEST_TEXT = 5000;
const LONGER_WORD = /[^ ]{200}/;
/** Names and figures, which come again: their line is remembered, also where there is room for several. */
const SHORT_TEXT = 32;

/**
 * Sets the field into its place: as large as it can be, on as few lines as it can be; `wrap` says what counts first.
 * @param place the box by its name, for the error
 * @throws TextDoesNotFit, MissingGlyph
 */
export function fit(place: string, field: Field, box: Pick<Box, 'width' | 'height'>, style: Style): Fitted {
  try {
    return fitted(place, field, box, style);
  } catch (error) {
    throw inPlace(place, error);
  }
}

function fitted(place: string, field: Field, { width, height }: Pick<Box, 'width' | 'height'>, style: Style): Fitted {
  if (field.text.length > 200 && (field.text.length > LONGEST_TEXT || LONGER_WORD.test(field.text))) {
    throw new TextDoesNotFit(place);
  }
  const letters = face(style.face ?? 'regular');
  const { leading = 1.5 } = style;
  if (field.text.length <= SHORT_TEXT) {
    const line = oneLine(letters, field);
    if (line.width <= (width * letters.unitsPerEm) / style.size) return { lines: [line], size: style.size, leading };
  }
  // A longer text that may take several lines is cut into words at once: most such texts come only once.
  const paragraph = style.lines && style.lines > 1 ? paragraphOf(letters, field) : null;
  const whole = paragraph ?? oneLine(letters, field);
  for (const { count, size } of attempts(style)) {
    if (count > 1 && count * leading * size > height + 0.01) continue;
    const room = (width * letters.unitsPerEm) / size;
    if (count === 1 && whole.width > room) continue;
    const lines = paragraph ? broken(paragraph, room) : [whole as Line];
    if (lines && lines.length <= count) return { lines: lines.length ? lines : [EMPTY], size, leading };
  }
  throw new TextDoesNotFit(place);
}

function* attempts({ size: largest, floor = largest, lines = 1, wrap = 'late' }: Style) {
  if (wrap === 'late') {
    for (let count = 1; count <= lines; count++) {
      for (let size = largest; size >= floor; size -= STEP) yield { count, size };
    }
    return;
  }
  for (let size = largest; size >= floor; size -= STEP) {
    for (let count = 1; count <= lines; count++) yield { count, size };
  }
}

/** The width of the field on one line, in points. */
export function widthOf(field: Field, { face: name = 'regular', size }: Pick<Style, 'face' | 'size'>): number {
  const letters = face(name);
  return (oneLine(letters, field).width * size) / letters.unitsPerEm;
}
