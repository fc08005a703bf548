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

/** Letters of Persian, marks over them, blanks, and signs that take the direction of what is around them. */
const PERSIAN =
  /[ \u0621-\u063a\u0640-\u0655\u0670\u0671\u0679-\u06c3\u06cc\u06d0\u06d5\u200c\u060c\u061b\u061f.:!«»()]+/y;
/** Digits alone between blanks, letters or brackets: signs beside them would need the rules. */
const DIGITS = /(?<![.:\u060c\u200c])[۰-۹]+(?![^ \u0621-\u063a\u0641-\u064a\u0679-\u06c3\u06cc»)])/y;
/** A Latin word between blanks with Persian letters beyond them, or at an end of the text: next to other signs it needs the rules. */
const LATIN_WORD =
  /(?<=^|[\u0621-\u063a\u0641-\u064a\u0679-\u06c3\u06cc] )[A-Za-z]+(?=$| [\u0621-\u063a\u0641-\u064a\u0679-\u06c3\u06cc])/y;
/** What an isolate holds, so that its levels are plain: Latin and digits, or a number with the separators of Persian. */
const ISOLATED = /\u2066(?:[\x20-\x7e۰-۹]*|[۰-۹٫٬]*(?:(?<=[۰-۹])٪)?)\u2069/y;
/** Words and numbers of Persian, one blank between them, in an isolate of their own: a date in words, a duration. */
const OWN_WORDS =
  /\u2067(?:[۰-۹]+|[\u0621-\u063a\u0641-\u064a\u0679-\u06c3\u06cc\u200c]+)(?: (?:[۰-۹]+|[\u0621-\u063a\u0641-\u064a\u0679-\u06c3\u06cc\u200c]+))*\u2069/y;
/** In a line of English, letters, digits and signs of ASCII all stand on its own level. */
const ENGLISH = /^[\x20-\x7e]*$/;

/**
 * The runs of a text whose levels are plain to see, as those of most of our texts are: Persian words, numbers among
 * them, isolates of one kind. Null when the rules are needed. They say the same as the rules, only sooner.
 */
export function plainRuns(text: string, base: 'rtl' | 'ltr'): Run[] | null {
  if (!text) return [];
  if (base === 'ltr') return ENGLISH.test(text) ? [{ start: 0, end: text.length, level: 0, script: 'Latn' }] : null;
  const runs: Run[] = [];
  const add = (start: number, end: number, level: number, script: Script) => {
    const last = runs.at(-1);
    if (last?.level === level) last.end = end;
    else if (end > start) runs.push({ start, end, level, script });
  };
  for (let at = 0; at < text.length;) {
    let length = matched(PERSIAN, text, at);
    if (length) add(at, at + length, 1, 'Arab');
    else if ((length = matched(DIGITS, text, at))) add(at, at + length, 2, 'Arab');
    else if ((length = matched(LATIN_WORD, text, at))) add(at, at + length, 2, 'Latn');
    else if ((length = matched(OWN_WORDS, text, at))) {
      add(at, at + 1, 1, 'Arab');
      for (const [part] of text.slice(at + 1, at + length - 1).matchAll(/[۰-۹]+|[^۰-۹]+/g)) {
        const start = runs.at(-1)!.end;
        add(start, start + part.length, /[۰-۹]/.test(part) ? 4 : 3, 'Arab');
      }
      add(at + length - 1, at + length, 1, 'Arab');
    } else if ((length = matched(ISOLATED, text, at))) {
      add(at, at + 1, 1, 'Arab');
      for (const [part] of text.slice(at + 1, at + length - 1).matchAll(/[٫٬]+|[^٫٬]+/g)) {
        const script = scriptAlone(part);
        if (!script) return null;
        const start = runs.at(-1)!.end;
        if (script === 'separator') add(start, start + part.length, 4, 'Arab');
        else add(start, start + part.length, 2, script);
      }
      add(at + length - 1, at + length, 1, 'Arab');
    } else return null;
    at += length;
  }
  return runs;
}

function matched(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex - at : 0;
}

/** Digits of Persian are set with the Arabic script, all of ASCII with the Latin one; both together are two runs. */
function scriptAlone(text: string): Script | 'separator' | null {
  if (/[٫٬]/.test(text)) return 'separator';
  if (!/[۰-۹]/.test(text)) return 'Latn';
  return /[A-Za-z]/.test(text) ? null : 'Arab';
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
  let lowest = Infinity;
  let lowestOdd = Infinity;
  for (const { level } of runs) {
    if (level > highest) highest = level;
    if (level < lowest) lowest = level;
    if (level % 2 && level < lowestOdd) lowestOdd = level;
  }
  if (highest === lowest) return highest % 2 ? runs.reverse() : runs;
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
