import bidiFactory from 'bidi-js';

/** The package is CommonJS whose only export is the factory; its types describe a default export inside. */
const bidi = (bidiFactory as unknown as typeof bidiFactory.default)();

export type Script = 'Arab' | 'Latn';

/** A stretch of text of one level and one script; an odd level reads from right to left. */
export interface Run {
  start: number;
  end: number;
  level: number;
  script: Script;
}

/** A paragraph with the level of each of its UTF-16 units, by the Unicode bidirectional algorithm (UAX #9). */
export interface Levels {
  text: string;
  levels: Uint8Array;
  base: 0 | 1;
}

/** The levels of a paragraph. Its base direction is said by its place on the paper, never guessed from its first letter. */
export function levelsOf(text: string, base: 'rtl' | 'ltr'): Levels {
  return { text, levels: bidi.getEmbeddingLevels(text, base).levels, base: base === 'rtl' ? 1 : 0 };
}

/** Letters of Persian with blanks and half-spaces alone: nothing in them can stand on another level than 1. */
const PERSIAN_ALONE =
  /^[ \u0621-\u063a\u0641-\u064a\u064b-\u0655\u0670\u0671\u0679-\u06c3\u06cc\u06d0\u06d5\u060c\u061b\u061f\u200c.:«»!]*$/;
/** In a line of English, letters, digits and signs of ASCII all stand on its own level. */
const ENGLISH_ALONE = /^[\x20-\x7e]*$/;

/** Whether all of the text is one run of the base level, as most of our lines are: then no levels are needed. */
export function isOneRun(text: string, base: 'rtl' | 'ltr'): boolean {
  return (base === 'rtl' ? PERSIAN_ALONE : ENGLISH_ALONE).test(text);
}

const LATIN = /\p{Script=Latin}/u;
const ARABIC = /\p{Script=Arabic}/u;
const scripts = new Map<number, Script | null>();

function scriptOf(codePoint: number): Script | null {
  let script = scripts.get(codePoint);
  if (script === undefined) {
    const character = String.fromCodePoint(codePoint);
    scripts.set(codePoint, (script = LATIN.test(character) ? 'Latn' : ARABIC.test(character) ? 'Arab' : null));
  }
  return script;
}

/** The runs of one line of the paragraph, in the order they stand on the paper from left to right. */
export function visualRuns(paragraph: Levels, start = 0, end = paragraph.text.length): Run[] {
  return reordered(logicalRuns(paragraph, start, end));
}

/** The runs of one line in the order in which it is read. */
export function logicalRuns({ text, levels, base }: Levels, start = 0, end = text.length): Run[] {
  const runs: (Omit<Run, 'script'> & { script: Script | null })[] = [];
  const tail = trailingBlanks(text, start, end);
  let last: (typeof runs)[number] | undefined;
  for (let at = start; at < end;) {
    const codePoint = text.codePointAt(at)!;
    const length = codePoint > 0xffff ? 2 : 1;
    const level = at >= tail ? base : levels[at]!;
    const script = scriptOf(codePoint);
    if (last?.level === level && (!script || !last.script || last.script === script)) {
      last.end = at + length;
      last.script ??= script;
    } else {
      runs.push((last = { start: at, end: at + length, level, script }));
    }
    at += length;
  }
  for (const run of runs) run.script ??= run.level % 2 ? 'Arab' : 'Latn';
  return runs as Run[];
}

/** Rule L1: blanks and isolates at the end of a line take the level of the paragraph. */
function trailingBlanks(text: string, start: number, end: number): number {
  while (end > start && /[\s\u2066-\u2069]/.test(text[end - 1]!)) end--;
  return end;
}

/** Rule L2: from the highest level down to the lowest odd one, turn every stretch of that level or higher. */
export function reordered<T extends { level: number }>(runs: T[]): T[] {
  let highest = 0;
  let lowestOdd = Infinity;
  for (const { level } of runs) {
    if (level > highest) highest = level;
    if (level % 2 && level < lowestOdd) lowestOdd = level;
  }
  for (let level = highest; level >= lowestOdd; level--) {
    for (let from = 0; from < runs.length; from++) {
      let to = from;
      while (to < runs.length && runs[to]!.level >= level) to++;
      for (let low = from, high = to - 1; low < high; low++, high--) {
        [runs[low], runs[high]] = [runs[high]!, runs[low]!];
      }
      from = to;
    }
  }
  return runs;
}
