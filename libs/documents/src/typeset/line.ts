import { levelsOf, visualRuns, type Levels, type Run } from './bidi.js';
import type { Face, Word } from './face.js';
import type { Field } from './field.js';

/** A line ready to be drawn: its words from left to right and their width in the face's units. */
export interface Line {
  words: Word[];
  width: number;
}

const RLM = '\u200f';
const LRM = '\u200e';

/** The whole field on one line. */
export function oneLine(face: Face, { text, base }: Field): Line {
  return lineOf(face, levelsOf(text, base), 0, text.length);
}

/** The field broken at blanks into lines no wider than `width` (the face's units); null when a single word is wider. */
export function brokenLines(face: Face, { text, base }: Field, width: number): Line[] | null {
  const paragraph = levelsOf(text, base);
  const lines: Line[] = [];
  let start = 0;
  let fitting: { end: number; line: Line } | null = null;
  for (const end of breaks(text)) {
    let line = lineOf(face, paragraph, start, end);
    if (line.width > width && fitting) {
      lines.push(fitting.line);
      start = fitting.end + 1;
      line = lineOf(face, paragraph, start, end);
    }
    if (line.width > width) return null;
    fitting = { end, line };
  }
  return fitting ? [...lines, fitting.line] : lines;
}

function breaks(text: string): number[] {
  const ends = [...text.matchAll(/ /g)].map(({ index }) => index);
  return [...ends, text.length];
}

function lineOf(face: Face, paragraph: Levels, start: number, end: number): Line {
  const { text, base } = paragraph;
  while (end > start && text[end - 1] === ' ') end--;
  if (end === start) return { words: [], width: 0 };
  const mark = (character: string) => face.word(character, base === 1, base === 1 ? 'Arab' : 'Latn');
  const words: Word[] = [];
  let before = 1;
  for (const run of visualRuns(paragraph, start, end)) {
    const rightToLeft = run.level % 2;
    // A mark at each edge of a number or a Latin name keeps a program that copies the text from gluing it to its neighbour.
    if (base === 1 && rightToLeft !== before) words.push(mark(RLM));
    words.push(...piecesOf(text, run).map((piece) => face.word(piece, rightToLeft === 1, run.script)));
    before = rightToLeft;
  }
  words.push(mark(base === 1 ? RLM : LRM));
  return {
    words: base === 1 ? words : [mark(LRM), ...words],
    width: words.reduce((sum, word) => sum + word.width, 0),
  };
}

/** The words and blanks of a run, from left to right. */
function piecesOf(text: string, { start, end, level }: Run): string[] {
  const pieces = text.slice(start, end).match(/ |[^ ]+/g) ?? [];
  return level % 2 ? pieces.reverse() : pieces;
}
