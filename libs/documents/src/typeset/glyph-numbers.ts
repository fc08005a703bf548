import type { Script } from './bidi.js';
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
export function numbered(face: Face, marks: Iterable<Mark>): GlyphNumbers {
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
export const keyOf = ({ glyph, character }: Mark): number | string =>
  character.length === 1 ? glyph * 0x10000 + character.charCodeAt(0) : `${glyph} ${character}`;

/** The numbers of all that Persian and English papers are made of: every letter in every place it can have in a word. */
export function numbersOf(face: Face): GlyphNumbers {
  return numbered(face, marksOfRepertoire(face));
}

const ZWJ = '\u200d';
const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, at) => String.fromCodePoint(first + at));

const DIGITS = [...range(0x30, 0x39), ...range(0x6f0, 0x6f9), ...range(0x660, 0x669)];
const MARKS_OVER = [...range(0x64b, 0x655), '\u0670'];
const LETTERS = [...range(0x621, 0x63a), ...range(0x641, 0x64a), ...'پچژکگیۀۂہەٱـ'];
const LATIN = [...range(0x41, 0x5a), ...range(0x61, 0x7a), ...range(0xc0, 0xff)];
const SIGNS = [
  ...range(0x20, 0x2f),
  ...range(0x3a, 0x40),
  ...range(0x5b, 0x60),
  ...range(0x7b, 0x7e),
  ...'\u00a0©«»°±·×÷،؛؟٪٫٬–—‘’“”•…−٭﷼',
  ...range(0x200b, 0x200f),
  '\u061c',
];
const LATIN_LIGATURES = ['fi', 'fl', 'ff', 'ffi', 'ffl', 'fj', 'ft', 'tt'];

function* marksOfRepertoire(face: Face): Generator<Mark> {
  const has = (text: string) => [...text].every((character) => face.has(character));
  /** Words of one kind are shaped as one text, with blanks between them: that is much sooner done. */
  const together = (words: string[], rightToLeft: boolean, script: Script) =>
    face.marks(words.filter(has).join(' '), rightToLeft, script);

  for (const [rightToLeft, script] of WAYS) yield* together([...SIGNS, ...DIGITS], rightToLeft, script);
  yield* together([...LATIN, ...LATIN_LIGATURES], false, 'Latn');
  for (const first of LETTERS) {
    // A letter stands alone, or is joined to the one before, to the one after, or to both.
    const words = ['', ZWJ, ...LETTERS, ...MARKS_OVER].map((second) => first + second);
    yield* together([...words, ...words.map((word) => ZWJ + word)], true, 'Arab');
  }
  const marked = MARKS_OVER.flatMap((mark) => [`لا${mark}`, ...MARKS_OVER.map((other) => `ل${mark}${other}`)]);
  yield* together([...marked, 'الله', 'لله', 'اللّٰه', 'بسم'], true, 'Arab');
}

const WAYS = [
  [true, 'Arab'],
  [false, 'Arab'],
  [false, 'Latn'],
  [true, 'Latn'],
] as const;

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

/** A number as short as a PDF needs it. */
export const figure = (value: number) => String(Math.round(value * 100) / 100);
