import { createHash } from 'node:crypto';
import { face, type FaceName } from '../typeset/face.js';
import { keyOf, numbered, operatorsOf, type GlyphNumbers } from '../typeset/glyph-numbers.js';
import type { Line } from '../typeset/line.js';
import type { Mark } from '../typeset/marks.js';
import { colourProfile } from './colour-profile.js';
import { writeFont } from './embedded-font.js';
import { PdfFile, type FileStart, type Ref } from './pdf-file.js';

/** What every paper with these faces begins with: the colour space and the fonts. */
export interface CommonStart extends FileStart {
  intent: Ref;
  /** The fonts, as a page's resources name them. */
  fonts: string;
}

const FONT_KEYS = { regular: 'R', bold: 'B' } as const;
type TextFace = keyof typeof FONT_KEYS;
const starts = new Map<string, CommonStart>();

/** The start of files with these faces: written once in a process. */
export function commonStart(faces: Iterable<TextFace>): CommonStart {
  const names = [...new Set(faces)].sort();
  const key = names.join();
  let start = starts.get(key);
  if (!start) starts.set(key, (start = written(names)));
  return start;
}

function written(names: TextFace[]): CommonStart {
  const file = new PdfFile(null, 'much');
  const profile = file.stream('/N 3', colourProfile());
  const intent = file.object(
    `<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB)/DestOutputProfile ${profile} 0 R>>`,
  );
  const fonts = names.map((name) => {
    const ref = writeFont(file, face(name), face(name).numbers, tagOf(name));
    return `/${FONT_KEYS[name]} ${ref} 0 R`;
  });
  return { ...file.asStart(), intent, fonts: fonts.join('') };
}

/** Six letters made from what they name. */
function tagOf(text: string): string {
  const digest = createHash('sha256').update(text).digest();
  return String.fromCharCode(...digest.subarray(0, 6).map((byte) => 65 + (byte % 26)));
}

/** The fonts of one file: which faces it draws with, and marks that the numbers of a face do not know. */
export class FontsInUse {
  readonly faces = new Set<TextFace>();
  private readonly rare = new Map<TextFace, RareMarks>();
  /** How many rare words have been drawn: their operators are good for this file only. */
  rareWords = 0;

  /** @param rareKey what the names of fonts for rare marks end with */
  constructor(private readonly rareKey = 'X') {}

  /** The name of a face's font on the page. Nastaliq has none. */
  key(name: FaceName): string {
    if (name === 'nastaliq') throw new Error('Nastaliq is drawn as shapes: by `text`, on one line.');
    this.faces.add(name);
    return FONT_KEYS[name];
  }

  /** A line as the middle of a TJ operator's array. */
  operators(name: FaceName, line: Line): string {
    return line.operators ?? line.words.map((word) => word.operators ?? this.rareWord(name, word.marks)).join('');
  }

  private rareWord(name: FaceName, marks: readonly Mark[]): string {
    this.rareWords++;
    const key = this.key(name);
    const letters = face(name);
    let rare = this.rare.get(name as TextFace);
    if (!rare) this.rare.set(name as TextFace, (rare = new RareMarks()));
    return `]TJ/${key}${this.rareKey} 1 Tf[${operatorsOf(marks, rare, letters.unitsPerEm)}]TJ/${key} 1 Tf[`;
  }

  /** Writes the rare marks as fonts of this file. @returns the fonts for a page's resources */
  write(file: PdfFile): string {
    return [...this.rare]
      .map(([name, { marks }]) => {
        const ref = writeFont(file, face(name), numbered(face(name), marks), tagOf(marks.map(keyOf).join()));
        return `/${FONT_KEYS[name]}${this.rareKey} ${ref} 0 R`;
      })
      .join('');
  }
}

/** Gives numbers in the order in which marks first come. */
class RareMarks implements Pick<GlyphNumbers, 'numberOf'> {
  readonly marks: Mark[] = [];
  private readonly numbers = new Map<number | string, number>();

  numberOf(mark: Mark): number {
    const key = keyOf(mark);
    let number = this.numbers.get(key);
    if (number === undefined) this.numbers.set(key, (number = this.marks.push(mark)));
    return number;
  }
}
