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

const LATIN = /\p{Script=Latin}/u;
const ARABIC = /\p{Script=Arabic}/u;

const scriptOf = (character: string): Script | null =>
  LATIN.test(character) ? 'Latn' : ARABIC.test(character) ? 'Arab' : null;

/** The runs of one line of the paragraph, in the order they stand on the paper from left to right. */
export function visualRuns(paragraph: Levels, start = 0, end = paragraph.text.length): Run[] {
  return reordered(logicalRuns(paragraph, start, end));
}

function logicalRuns({ text, levels, base }: Levels, start: number, end: number): Run[] {
  const runs: (Omit<Run, 'script'> & { script: Script | null })[] = [];
  const tail = trailingBlanks(text, start, end);
  for (let at = start; at < end;) {
    const character = String.fromCodePoint(text.codePointAt(at)!);
    const level = at >= tail ? base : levels[at]!;
    const script = scriptOf(character);
    const last = runs.at(-1);
    if (last?.level === level && (!script || !last.script || last.script === script)) {
      last.end = at + character.length;
      last.script ??= script;
    } else {
      runs.push({ start: at, end: at + character.length, level, script });
    }
    at += character.length;
  }
  return runs.map((run) => ({ ...run, script: run.script ?? (run.level % 2 ? 'Arab' : 'Latn') }));
}

/** Rule L1: blanks and isolates at the end of a line take the level of the paragraph. */
function trailingBlanks(text: string, start: number, end: number): number {
  while (end > start && /[\s\u2066-\u2069]/.test(text[end - 1]!)) end--;
  return end;
}

/** Rule L2: from the highest level down to the lowest odd one, turn every stretch of that level or higher. */
function reordered(runs: Run[]): Run[] {
  const levels = runs.map((run) => run.level);
  const lowestOdd = Math.min(...levels.filter((level) => level % 2));
  for (let level = Math.max(...levels); level >= lowestOdd; level--) {
    for (let from = 0; from < runs.length; from++) {
      let to = from;
      while (to < runs.length && runs[to]!.level >= level) to++;
      if (to > from) runs.splice(from, to - from, ...runs.slice(from, to).reverse());
      from = to;
    }
  }
  return runs;
}
