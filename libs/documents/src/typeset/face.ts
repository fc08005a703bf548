import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import type { Script } from './bidi.js';
import { MissingGlyph } from './errors.js';
import { FontFile } from './font-file.js';
import { numbersOf, operatorsOf, type GlyphNumbers } from './glyph-numbers.js';
import { PER_GLYPH, ShapingFont } from './harfbuzz.js';
import { onePerCharacter, withoutGaps, type Mark, type ShapedGlyph } from './marks.js';
import { Memory } from './memory.js';
import { soundFont } from './sound-font.js';

/** The faces of text that a paper asks for, and those that help out with letters which these have not. */
type TextFace = 'regular' | 'bold';
type OtherFace = 'other' | 'otherBold';
/** Nastaliq is for titles, and is put on the paper as shapes: one letter of it is a skeleton and its dots apart. */
export type FaceName = TextFace | OtherFace | 'nastaliq';
/** Cyrillic, Greek, Armenian, Georgian, more of Latin: a name in them is still somebody's name. */
const OTHER: Partial<Record<FaceName, OtherFace>> = { regular: 'other', bold: 'otherBold' };

const FILES: Record<FaceName, string> = {
  regular: 'Vazirmatn-Regular.ttf',
  bold: 'Vazirmatn-Bold.ttf',
  nastaliq: 'NotoNastaliqUrdu-Bold.ttf',
  other: 'DejaVuSans.ttf',
  otherBold: 'DejaVuSans-Bold.ttf',
};
const HALF_SPACE = 0x200c;
/** Poppler sees a blank from three hundredths of the size on. */
const WIDEST_GAP = 0.025;

/** Signs of codes, numbers and addresses. */
const CODE = /^[!-~۰-۹٫٬]+$/;
/** All of them stand before it in Unicode. */
const BEYOND_CODES = 0x800;

/** One shaped word: what is put on the paper from left to right. Its width is in the units of the face it was asked of. */
export class Word {
  readonly blank: boolean;

  constructor(
    /** The face that has its letters. */
    readonly face: Face,
    readonly text: string,
    readonly rightToLeft: boolean,
    readonly script: Script,
    readonly width: number,
    /** The middle of a TJ operator's array; null when the face's numbers do not know all of its marks, or it has none. */
    readonly operators: string | null,
  ) {
    this.blank = text === ' ';
  }

  /** Its marks one by one, for those who draw them otherwise: shaped again, since that is rare. */
  get marks(): readonly Mark[] {
    return this.face.marks(this.text, this.rightToLeft, this.script);
  }
}

/** Two directions of two scripts. Numbers and codes, which stand from left to right, seldom come again. */
const WAYS = [0, 1, 2, 3];
const RIGHT_TO_LEFT = 2;
const PERSIAN = 1;

/** A typeface: shapes words and remembers them. Parsed once in a process, and in each worker thread. */
export class Face {
  readonly file: FontFile;
  readonly unitsPerEm: number;
  readonly ascent: number;
  readonly descent: number;
  /** A glyph that draws nothing and is as wide as nothing: it carries characters that have no picture of their own. */
  readonly emptyGlyph: number;
  private readonly font: ShapingFont;
  private readonly words: Memory<Word>[];
  /** As many as the signs of codes have pairs. */
  private readonly pairs = { Arab: new Map<number, ShapedGlyph | null>(), Latn: new Map<number, ShapedGlyph | null>() };
  private known: GlyphNumbers | undefined;

  constructor(
    readonly name: FaceName,
    readonly data: Uint8Array,
    remembered = 8000,
  ) {
    this.words = WAYS.map((way) => new Memory(way & RIGHT_TO_LEFT ? remembered : remembered / 4));
    this.file = new FontFile(data);
    this.font = new ShapingFont(data);
    this.unitsPerEm = this.file.unitsPerEm;
    this.ascent = this.file.ascent;
    this.descent = this.file.descent;
    this.emptyGlyph = this.font.nominalGlyph(HALF_SPACE);
    if (!this.emptyGlyph || this.advance(this.emptyGlyph)) throw new Error(`${name} has no glyph without width.`);
  }

  /** The numbers its marks have in every file. */
  get numbers(): GlyphNumbers {
    return (this.known ??= numbersOf(this));
  }

  /** A glyph and a character it stands for, in the order of their numbers. Both faces of Vazirmatn have the same. */
  repertoire(): [glyph: number, character: string][] {
    return JSON.parse(readFileSync(join(ownFolder(), 'data/vazirmatn-glyphs.json'), 'utf8')) as [number, string][];
  }

  has(character: string): boolean {
    return this.font.nominalGlyph(character.codePointAt(0)!) !== 0;
  }

  /** The width the font file itself gives a glyph; kerning comes on top. */
  advance(glyph: number): number {
    return this.font.advance(glyph);
  }

  /** The outline of a glyph, as the path of an SVG. */
  outline(glyph: number): string {
    return this.file.outline(glyph);
  }

  /**
   * Shapes a word of one direction and script; where a text face lacks a glyph of it, all of it in the face that helps out.
   * Shaping word by word gives the same as the whole line with these faces, so a remembered word is exact.
   * @throws MissingGlyph
   */
  word(text: string, rightToLeft: boolean, script: Script): Word {
    const words = this.words[(rightToLeft ? RIGHT_TO_LEFT : 0) + (script === 'Arab' ? PERSIAN : 0)]!;
    const known = words.get(text);
    if (known) return known;
    const word = this.shaped(text, rightToLeft, script);
    words.set(text, word);
    return word;
  }

  private shaped(text: string, rightToLeft: boolean, script: Script): Word {
    const other = OTHER[this.name];
    let marks: Mark[];
    try {
      marks = this.marks(text, rightToLeft, script);
    } catch (error) {
      if (!other || !(error instanceof MissingGlyph)) throw error;
      const { face: found, width } = this.helpedOut(face(other), text, rightToLeft, script);
      return new Word(found, text, rightToLeft, script, (width * this.unitsPerEm) / found.unitsPerEm, null);
    }
    let width = 0;
    for (const { advance } of marks) width += advance;
    const operators = other ? operatorsOf(marks, this.numbers, this.unitsPerEm) : null;
    return new Word(this, text, rightToLeft, script, width, operators);
  }

  /** @throws MissingGlyph names a character that neither face has */
  private helpedOut(other: Face, text: string, rightToLeft: boolean, script: Script): Word {
    try {
      return other.word(text, rightToLeft, script);
    } catch (error) {
      const strange = [...text].find((each) => !this.has(each) && !other.has(each) && !/\p{Cf}/u.test(each));
      throw strange === undefined ? error : new MissingGlyph(strange.codePointAt(0)!);
    }
  }

  /** What the file stores for a word: a mark for each of its characters. */
  marks(text: string, rightToLeft: boolean, script: Script): Mark[] {
    const marks = onePerCharacter(text, this.shape(text, rightToLeft, script), rightToLeft, this.emptyGlyph);
    return rightToLeft ? withoutGaps(marks, this.unitsPerEm * WIDEST_GAP, this.emptyGlyph) : marks;
  }

  /** The glyphs of a word from left to right, as HarfBuzz gives them. */
  shape(text: string, rightToLeft: boolean, script: Script): ShapedGlyph[] {
    return (
      (!rightToLeft && CODE.test(text) && this.pairByPair(text, script)) || this.shapedWhole(text, rightToLeft, script)
    );
  }

  /**
   * Codes, numbers and addresses seldom come again, but their pairs do, and in these faces a sign of theirs takes its
   * place from the next one alone: a spec holds them against whole words.
   * @returns null when a pair is set together, as in a ligature
   */
  private pairByPair(text: string, script: Script): ShapedGlyph[] | null {
    const glyphs: ShapedGlyph[] = [];
    for (let at = 0; at < text.length; at++) {
      const placed = this.placedBefore(text.charCodeAt(at), at + 1 < text.length ? text.charCodeAt(at + 1) : 0, script);
      if (!placed) return null;
      const { glyph, natural, advance, dx, dy } = placed;
      glyphs.push({ glyph, cluster: at, natural, advance, dx, dy });
    }
    return glyphs;
  }

  /** A sign as it stands before the next one, or alone. */
  private placedBefore(sign: number, next: number, script: Script): ShapedGlyph | null {
    const key = sign * BEYOND_CODES + next;
    let placed = this.pairs[script].get(key);
    if (placed !== undefined) return placed;
    const alone = (code: number) => this.shapedWhole(String.fromCharCode(code), false, script);
    const [first, second, ...more] = next
      ? this.shapedWhole(String.fromCharCode(sign, next), false, script)
      : alone(sign);
    placed = first!;
    if (next) {
      const [[one], [other]] = [alone(sign), alone(next)];
      const apart = one!.glyph === first!.glyph && isDeepStrictEqual({ ...other, cluster: 1 }, second);
      if (!apart || more.length > 0) placed = null;
    }
    this.pairs[script].set(key, placed);
    return placed;
  }

  private shapedWhole(text: string, rightToLeft: boolean, script: Script): ShapedGlyph[] {
    const shaped = this.font.shape(text, rightToLeft, script);
    const glyphs: ShapedGlyph[] = [];
    for (let at = 0; at < shaped.length; at += PER_GLYPH) {
      const glyph = shaped[at]!;
      const cluster = shaped[at + 1]!;
      if (!glyph) throw new MissingGlyph(text.codePointAt(cluster)!);
      glyphs.push({
        glyph,
        cluster,
        natural: this.advance(glyph),
        advance: shaped[at + 2]!,
        dx: shaped[at + 3]!,
        dy: shaped[at + 4]!,
      });
    }
    return glyphs;
  }
}

const faces = new Map<FaceName, Face>();

/** The face by its name, parsed at its first use. */
export function face(name: FaceName): Face {
  let found = faces.get(name);
  if (!found) faces.set(name, (found = new Face(name, soundFont(join(ownFolder(), 'fonts', FILES[name])))));
  return found;
}

/** Fonts and data lie beside the source. Compiled code stands elsewhere, so the way leads over the project's root. */
function ownFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return join(folder, 'libs/documents');
}
