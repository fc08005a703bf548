import type { Face } from './face.js';
import type { Mark } from './marks.js';

/** A glyph and the character it stands for, which have one number (CID) in every file. */
export interface NumberedGlyph {
  glyph: number;
  character: string;
  /** Its own width, in the face's units. */
  natural: number;
}

/**
 * The numbers of a face: one for each pair of glyph and character that our words can be made of. One glyph has several
 * when it stands for several characters. They are the same in every file, so the font's objects are written once.
 */
export interface GlyphNumbers {
  /** In the order of their numbers; the number 0 is the glyph of what is missing. */
  glyphs: NumberedGlyph[];
  numberOf(mark: Mark): number | undefined;
}

/** The numbers of these pairs, in the order they come. */
export function numbered(face: Face, marks: Iterable<NumberedGlyph>): GlyphNumbers {
  const glyphs: NumberedGlyph[] = [{ glyph: 0, character: '', natural: face.advance(0) }];
  const known = new Map<number | string, number>();
  for (const mark of marks) {
    const key = keyOf(mark);
    if (known.has(key)) continue;
    known.set(key, glyphs.length);
    glyphs.push({ glyph: mark.glyph, character: mark.character, natural: mark.natural });
  }
  return { glyphs, numberOf: (mark) => known.get(keyOf(mark)) };
}

/** A number where it can be: thousands of marks are looked up when a face is loaded. */
export const keyOf = ({ glyph, character }: Pick<Mark, 'glyph' | 'character'>): number | string =>
  character.length === 1 ? glyph * 0x10000 + character.charCodeAt(0) : `${glyph} ${character}`;

/**
 * The numbers of all that Persian and English papers are made of: every letter in every place it can have in a word.
 * Learning them takes a third of a second, so they lie in a table; `glyph-repertoire.spec.ts` learns them again.
 */
export const numbersOf = (face: Face): GlyphNumbers =>
  numbered(
    face,
    face.repertoire().map(([glyph, character]) => ({ glyph, character, natural: face.advance(glyph) })),
  );

/**
 * A word as the middle of a TJ operator's array, for a text size of 1: the text matrix makes it larger.
 * A mark that stands higher or lower closes the array and opens it again.
 * @returns null when a mark has no number
 */
export function operatorsOf(
  marks: readonly Mark[],
  numbers: Pick<GlyphNumbers, 'numberOf'>,
  unitsPerEm: number,
): string | null {
  // Put together at once: a text that grew letter by letter keeps all of its pieces in memory.
  const out: string[] = [];
  let open = false;
  for (const mark of marks) {
    const number = numbers.numberOf(mark);
    if (number === undefined) return null;
    const { dx, dy, natural, advance } = mark;
    const plain = !dx && !dy;
    if (open && !plain) out.push('>');
    // The blank keeps it apart from a number before it.
    if (dx) out.push(` ${figure(-dx * (1000 / unitsPerEm))}`);
    if (dy) out.push(`]TJ ${(dy / unitsPerEm).toFixed(4)} Ts [`);
    if (!open || !plain) out.push('<');
    out.push(hex(number));
    const after = (natural - advance + dx) * (1000 / unitsPerEm);
    open = plain && !after;
    if (!open) out.push('>');
    if (dy) out.push(']TJ 0 Ts [');
    if (after) out.push(figure(after));
  }
  if (open) out.push('>');
  return out.join('');
}

/** A number of four hexadecimal digits. */
export const hex = (number: number) => number.toString(16).padStart(4, '0');

/** A number as short as a PDF needs it: two decimals. Put together from whole numbers, which is twice as soon written. */
export function figure(value: number): string {
  const hundredths = Math.round(value * 100);
  const part = Math.abs(hundredths % 100);
  const whole = Math.trunc(hundredths / 100);
  if (part === 0) return String(whole);
  const sign = hundredths < 0 && whole === 0 ? '-' : '';
  return `${sign}${whole}.${part % 10 === 0 ? part / 10 : part < 10 ? `0${part}` : part}`;
}
