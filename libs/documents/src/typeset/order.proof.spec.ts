import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import bidiFactory from 'bidi-js';
import { ask, judgedBy, mixedLines } from '@app/testing';
import { levelsOf, visualRuns } from './bidi.js';
import { MissingGlyph } from './errors.js';
import { face } from './face.js';

const FULL = process.env.PROOF === 'full';
const samples = JSON.parse(readFileSync(new URL('../../data/bidi-strings.json', import.meta.url), 'utf8')) as Line[];

interface Line {
  text: string;
  base: 'rtl' | 'ltr';
}

/**
 * Where each letter of the text stands, from left to right on the paper; a mark comes after its letter (rule L3).
 * What draws nothing is left out.
 */
function placesOf({ text, base }: Line): number[] {
  return visualRuns(levelsOf(text, base))
    .flatMap(({ start, end, level }) => {
      const letters = [...text.slice(start, end).matchAll(/\P{Mn}\p{Mn}*|\p{Mn}+/gu)].map(({ index, 0: letter }) =>
        Array.from(letter, (_, at) => start + index + at),
      );
      return level % 2 ? letters.reverse().flat() : letters.flat();
    })
    .filter((place) => !/[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/.test(text[place]!));
}

judgedBy(['fribidi'], 'the order of a line equals that of fribidi', () => {
  function orders(texts: string[], base: Line['base']): number[][] {
    const args = [`--${base}`, '--nobreak', '--novisual', '--vtol', '--charset', 'UTF-8'];
    const input = texts.map((text) => `${text}\n`).join('');
    const answers = ask('fribidi', args, { input }).toString().trimEnd().split('\n');
    return answers.map((answer) => answer.trim().split(' ').map(Number));
  }

  /**
   * The order when every isolate is asked about by itself and stands in its line as one object, which is what UAX #9
   * means by an isolate. For fribidi before 1.0.9: there an isolate is not alone when another stands before it (its issue 141).
   */
  function orderOfParts(text: string, base: Line['base']): number[] {
    const isolates = isolatesOf(text);
    const places: number[][] = [];
    let outer = '';
    for (let at = 0; at < text.length;) {
      const isolate = isolates.find(({ start }) => start === at);
      outer += isolate ? '\ufffc' : text[at];
      const inner = isolate && text.slice(at + 1, isolate.end);
      const direction = text[at] === '\u2066' ? 'ltr' : 'rtl';
      const first = at;
      places.push(inner ? orderOfParts(inner, direction).map((place) => first + 1 + place) : [at]);
      at = isolate ? isolate.end + 1 : at + 1;
    }
    return orders([outer], base)[0]!.flatMap((place) => places[place]!);
  }

  it.each([
    ['the strings of data/bidi-strings.json', samples],
    ['mixed lines', mixedLines(FULL ? 20_000 : 2000)],
  ])('%s', (_, lines) => {
    const inParts: string[] = [];
    for (const base of ['rtl', 'ltr'] as const) {
      const ours = lines.filter((line) => line.base === base);
      const theirs = orders(
        ours.map(({ text }) => text),
        base,
      );
      expect(theirs).toHaveLength(ours.length);
      for (const [at, line] of ours.entries()) {
        const places = placesOf(line);
        const visible = new Set(places);
        const seen = (order: number[]) => order.filter((place) => visible.has(place)).join(' ');
        if (seen(theirs[at]!) === places.join(' ')) continue;
        expect([line.text, places.join(' ')]).toEqual([line.text, seen(orderOfParts(line.text, base))]);
        inParts.push(line.text);
      }
    }
    expect(inParts.filter((text) => !/[\u2066\u2067].*[\u2066\u2067]/.test(text))).toEqual([]);
    expect(inParts.length).toBeLessThan(lines.length / 50);
  });
});

judgedBy(['/usr/share/unicode/BidiCharacterTest.txt'], "the order of a line equals Unicode's own tests", () => {
  const every = FULL ? 1 : 100;
  const rowsOf = (name: string) => readFileSync(`/usr/share/unicode/${name}`, 'utf8').split('\n');

  /** The levels and the order of the characters; a level `x` is of a character that the algorithm takes out. */
  function differ(characters: string[], base: Line['base'], levels: string[], order: string): boolean {
    const text = characters.join('');
    const paragraph = levelsOf(text, base);
    const numbers = new Map<number, number>();
    let place = 0;
    for (const [number, character] of characters.entries()) {
      numbers.set(place, number);
      if (levels[number] !== 'x' && Number(levels[number]) !== paragraph.levels[place]) return true;
      place += character.length;
    }
    const ours = visualRuns(paragraph).flatMap(({ start, end, level }) => {
      const places = Array.from({ length: end - start }, (_, at) => start + at);
      return level % 2 ? places.reverse() : places;
    });
    const shown = ours.map((at) => numbers.get(at)).filter((number) => number !== undefined && levels[number] !== 'x');
    return shown.join(' ') !== order;
  }

  it('BidiCharacterTest.txt', () => {
    let count = 0;
    const wrong: string[] = [];
    for (const [at, row] of rowsOf('BidiCharacterTest.txt').entries()) {
      const [points = '', base, , levels = '', order = ''] = row.split(';');
      // The base direction of a place is always said, so the cases that guess it (2) are not ours.
      if (row.startsWith('#') || at % every || (base !== '0' && base !== '1')) continue;
      const characters = points.split(' ').map((point) => String.fromCodePoint(parseInt(point, 16)));
      count++;
      if (differ(characters, base === '1' ? 'rtl' : 'ltr', levels.split(' '), order)) wrong.push(row);
    }
    expect(wrong).toEqual([]);
    expect(count).toBeGreaterThan(90_000 / every);
  });

  it('BidiTest.txt', () => {
    let levels: string[] = [];
    let order = '';
    let count = 0;
    const wrong: string[] = [];
    for (const [at, row] of rowsOf('BidiTest.txt').entries()) {
      if (row.startsWith('@Levels:')) levels = row.slice(8).trim().split(/\s+/);
      if (row.startsWith('@Reorder:')) order = row.slice(9).trim();
      if (!/^[A-Z]/.test(row) || at % every) continue;
      const [classes = '', bits] = row.split(';');
      const characters = classes.split(' ').map((name) => OF_CLASS[name]!);
      for (const [base, bit] of [
        ['ltr', 2],
        ['rtl', 4],
      ] as const) {
        if (!(Number(bits) & bit)) continue;
        count++;
        if (differ(characters, base, levels, order)) wrong.push(`${base} ${row}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(count).toBeGreaterThan(500_000 / every);
  });
});

judgedBy(['/usr/share/unicode/BidiCharacterTest.txt'], 'the classes of characters', () => {
  // bidi-js 1.1.0 knows Unicode 13; this machine's data may be newer.
  it("are Unicode's, but for younger characters, which our faces do not have", () => {
    const bidi = (bidiFactory as unknown as typeof bidiFactory.default)();
    const faces = (['regular', 'bold', 'nastaliq'] as const).map(face);
    const drawn: string[] = [];
    let younger = 0;
    for (const [point, name] of classesOfUnicode().entries()) {
      const character = String.fromCodePoint(point);
      if (isSurrogate(point) || bidi.getBidiCharTypeName(character) === name) continue;
      younger++;
      for (const letters of faces)
        if (!refuses(() => letters.word(character, true, 'Arab'))) drawn.push(point.toString(16));
    }
    // U+180F chooses the form of a Mongolian letter, and draws nothing.
    expect([...new Set(drawn)]).toEqual(['180f']);
    expect(younger).toBeLessThan(500);
  });

  const isSurrogate = (point: number) => point >= 0xd800 && point < 0xe000;

  function refuses(work: () => unknown): boolean {
    try {
      work();
      return false;
    } catch (error) {
      return error instanceof MissingGlyph;
    }
  }

  function classesOfUnicode(): string[] {
    const long: Record<string, string> = {
      Left_To_Right: 'L',
      Right_To_Left: 'R',
      Arabic_Letter: 'AL',
      European_Terminator: 'ET',
      Boundary_Neutral: 'BN',
    };
    const classes = Array.from({ length: 0x110000 }, () => 'L');
    const rows = readFileSync('/usr/share/unicode/extracted/DerivedBidiClass.txt', 'utf8').split('\n');
    // First what holds for points that are no characters yet, then what holds for characters.
    for (const pattern of [/^# @missing: (\w+)\.\.(\w+); (\w+)/, /^(\w+)(?:\.\.(\w+))? *; (\w+)/]) {
      for (const row of rows) {
        const [, from, to = from, name = ''] = pattern.exec(row) ?? [];
        if (from && to) classes.fill(long[name] ?? name, parseInt(from, 16), parseInt(to, 16) + 1);
      }
    }
    return classes;
  }
});

/** A character of each class of BidiTest.txt. */
const OF_CLASS: Record<string, string> = {
  ...{
    L: 'a',
    R: '\u05d0',
    AL: '\u0627',
    EN: '1',
    ES: '+',
    ET: '%',
    AN: '\u0661',
    CS: ',',
    NSM: '\u064b',
    BN: '\u00ad',
  },
  ...{ B: '\u2029', S: '\t', WS: ' ', ON: '!', LRE: '\u202a', RLE: '\u202b', PDF: '\u202c', LRO: '\u202d' },
  ...{ RLO: '\u202e', LRI: '\u2066', RLI: '\u2067', FSI: '\u2068', PDI: '\u2069' },
};

/** The outermost isolates: from their start to the mark that ends them. */
function isolatesOf(text: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  const open: number[] = [];
  for (const [at, letter] of [...text].entries()) {
    if (/[\u2066\u2067]/.test(letter)) open.push(at);
    else if (letter === '\u2069' && open.length > 0) {
      const start = open.pop()!;
      if (open.length === 0) found.push({ start, end: at });
    }
  }
  return found;
}
