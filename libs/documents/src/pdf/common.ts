import { createHash } from 'node:crypto';
import { face, type FaceName, type Word } from '../typeset/face.js';
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

const FONT_KEYS = { regular: 'R', bold: 'B', other: 'O', otherBold: 'P' } as const;
type TextFace = 'regular' | 'bold';
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
  private readonly rare = new Map<keyof typeof FONT_KEYS, RareMarks>();
  /** How many rare words have been drawn: their operators are good for this file only. */
  rareWords = 0;

  /** @param rareKey what the names of fonts for rare marks end with */
  constructor(private readonly rareKey = 'X') {}

  /** The name of a face's font on the page. Nastaliq has none. */
  key(name: FaceName): string {
    if (name !== 'regular' && name !== 'bold') throw new Error('Nastaliq is drawn as shapes: by `text`, on one line.');
    this.faces.add(name);
    return FONT_KEYS[name];
  }

  /** A line as the middle of a TJ operator's array. @param wider what makes each blank of a justified line wider */
  operators(name: FaceName, line: Line, wider = ''): string {
    if (line.operators !== null && !wider) return line.operators;
    return line.words.map((word) => (word.operators ?? this.rareWord(name, word)) + (word.blank ? wider : '')).join('');
  }

  private rareWord(name: FaceName, { face: letters, marks }: Word): string {
    this.rareWords++;
    const own = letters.name as keyof typeof FONT_KEYS;
    let rare = this.rare.get(own);
    if (!rare) this.rare.set(own, (rare = new RareMarks()));
    const operators = operatorsOf(marks, rare, letters.unitsPerEm);
    return `]TJ/${FONT_KEYS[own]}${this.rareKey} 1 Tf[${operators}]TJ/${this.key(name)} 1 Tf[`;
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
