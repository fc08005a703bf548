import { levelsOf, logicalRuns, plainRuns, reordered, type Script } from './bidi.js';
import type { Face, Word } from './face.js';
import type { Field } from './field.js';
import { figure } from './glyph-numbers.js';
import { Memory } from './memory.js';

/** A line ready to be drawn: its words from left to right and their width in the face's units. */
export class Line {
  /** The middle of a TJ operator's array; null when a word has marks without a number. */
  readonly operators: string | null;

  constructor(
    readonly words: readonly Word[],
    readonly width: number,
  ) {
    const operators: string[] = [];
    for (const word of words) if (word.operators !== null) operators.push(word.operators);
    this.operators = operators.length === words.length ? operators.join('') : null;
  }

  /** What makes each blank wider, so that the line is as wide as `width`; nothing when it has none. */
  widening(width: number, unitsPerEm: number): string {
    const blanks = this.words.filter(({ blank }) => blank).length;
    return blanks ? figure((-1000 * (width - this.width)) / blanks / unitsPerEm) : '';
  }
}

/** A word or a blank of a paragraph. */
interface Piece {
  word: Word;
  level: number;
}

/** A field cut into words and blanks, in the order in which it is read; their levels are those of the whole paragraph. */
export interface Paragraph {
  face: Face;
  base: 'rtl' | 'ltr';
  pieces: Piece[];
  width: number;
}

const RLM = '\u200f';
const LRM = '\u200e';

/** Cuts a field into shaped words. @throws MissingGlyph */
export function paragraphOf(face: Face, { text, base }: Field): Paragraph {
  const pieces: Piece[] = [];
  let width = 0;
  const add = (start: number, end: number, level: number, script: Script) => {
    const rightToLeft = level % 2 === 1;
    const blank = face.word(' ', rightToLeft, script);
    for (let from = start; from < end;) {
      if (text[from] === ' ') {
        width += blank.width;
        pieces.push({ word: blank, level });
        from++;
        continue;
      }
      let to = text.indexOf(' ', from);
      if (to < 0 || to > end) to = end;
      const word = face.word(text.slice(from, to), rightToLeft, script);
      width += word.width;
      pieces.push({ word, level });
      from = to;
    }
  };
  const runs = plainRuns(text, base) ?? logicalRuns(levelsOf(text, base));
  for (const { start, end, level, script } of runs) add(start, end, level, script);
  return { face, base, pieces, width };
}

/** A report of a large class has a thousand figures. */
const LINES_REMEMBERED = 4000;
const remembered = new WeakMap<Face, Memory<Line>>();

/** The whole field on one line. Lines come again and again: names of places, titles of courses, labels. */
export function oneLine(face: Face, field: Field): Line {
  let lines = remembered.get(face);
  if (!lines) remembered.set(face, (lines = new Memory(LINES_REMEMBERED)));
  const key = field.base + field.text;
  let line = lines.get(key);
  if (!line) {
    const paragraph = paragraphOf(face, field);
    lines.set(key, (line = lineOf(paragraph, 0, paragraph.pieces.length)));
  }
  return line;
}

/** The field broken at blanks into lines no wider than `width` (the face's units); null when a single word is wider. */
export function brokenLines(face: Face, field: Field, width: number): Line[] | null {
  return broken(paragraphOf(face, field), width);
}

/** The paragraph broken at blanks into lines no wider than `width`; null when a single word is wider. */
export function broken(paragraph: Paragraph, width: number): Line[] | null {
  return breaksOf(paragraph.pieces, width)?.map(({ start, end }) => lineOf(paragraph, start, end)) ?? null;
}

/** Where the lines begin and end. Widths are those of words, so no line is put together to be measured. */
function breaksOf(pieces: readonly Piece[], width: number): { start: number; end: number }[] | null {
  const lines: { start: number; end: number }[] = [];
  let start = 0;
  let end = 0;
  /** From the start of the line to `end`, and from there on. */
  let [set, rest] = [0, 0];
  for (let at = 0; at <= pieces.length; at++) {
    const word = pieces[at]?.word;
    if (word && !word.blank) {
      rest += word.width;
      continue;
    }
    if (set + rest > width && end > start) {
      lines.push({ start, end });
      while (pieces[end]?.word.blank) rest -= pieces[end++]!.word.width;
      start = end;
      set = 0;
    }
    if (set + rest > width) return null;
    set += rest;
    rest = word ? word.width : 0;
    end = at;
  }
  if (end > start) lines.push({ start, end });
  return lines;
}

/** The pieces as they stand on the paper, with marks that keep numbers and Latin names apart when the line is copied. */
function lineOf({ face, base, pieces }: Paragraph, start: number, end: number): Line {
  while (end > start && pieces[end - 1]!.word.blank) end--;
  if (end === start) return new Line([], 0);
  const [edge, script] = base === 'rtl' ? ([RLM, 'Arab'] as const) : ([LRM, 'Latn'] as const);
  const mark = face.word(edge, base === 'rtl', script);
  const words: Word[] = base === 'rtl' ? [] : [mark];
  let width = 0;
  let before = true;
  for (const { word, level } of reordered(pieces.slice(start, end))) {
    const rightToLeft = level % 2 === 1;
    if (base === 'rtl' && rightToLeft !== before) words.push(mark);
    words.push(word);
    width += word.width;
    before = rightToLeft;
  }
  words.push(mark);
  return new Line(words, width);
}
