import type { Script } from './bidi.js';
import type { Face } from './face.js';
import type { Mark } from './marks.js';

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

/** Every letter in every place it can have in a word, as marks: what the table beside a font is made of. */
export function* marksOfRepertoire(face: Face): Generator<Mark> {
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
