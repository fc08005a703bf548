import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Blob, Buffer, BufferFlag, ClusterLevel, Direction, Face as HarfBuzzFace, Font, shape } from 'harfbuzzjs';
import type { Script } from './bidi.js';
import { MissingGlyph } from './errors.js';
import { onePerCharacter, type Mark, type ShapedGlyph } from './marks.js';

/** Nastaliq is for titles, and is put on the paper as shapes: one letter of it is a skeleton and its dots apart. */
export type FaceName = 'regular' | 'bold' | 'nastaliq';

const FILES: Record<FaceName, string> = {
  regular: 'Vazirmatn-Regular.ttf',
  bold: 'Vazirmatn-Bold.ttf',
  nastaliq: 'NotoNastaliqUrdu-Bold.ttf',
};
const HALF_SPACE = 0x200c;

/** One shaped word: what is put on the paper from left to right. Widths are in the face's units. */
export interface Word {
  marks: readonly Mark[];
  width: number;
  blank: boolean;
}

/** A typeface: shapes words and remembers them. Parsed once in a process, and in each worker thread. */
export class Face {
  readonly unitsPerEm: number;
  readonly ascent: number;
  readonly descent: number;
  /** A glyph that draws nothing and is as wide as nothing: it carries characters that have no picture of their own. */
  readonly emptyGlyph: number;
  private readonly font: Font;
  private readonly buffer = new Buffer();
  private readonly words = new Map<string, Word>();

  constructor(
    readonly name: FaceName,
    readonly data: Uint8Array,
    private readonly remembered = 30_000,
  ) {
    const face = new HarfBuzzFace(new Blob(data));
    this.font = new Font(face);
    this.unitsPerEm = face.upem;
    const { ascender, descender } = this.font.hExtents();
    this.ascent = ascender;
    this.descent = -descender;
    this.emptyGlyph = this.font.nominalGlyph(HALF_SPACE) ?? 0;
    if (!this.emptyGlyph || this.advance(this.emptyGlyph)) throw new Error(`${name} has no glyph without width.`);
  }

  /** The width the font file itself gives a glyph; kerning comes on top. */
  advance(glyph: number): number {
    return this.font.glyphHAdvance(glyph);
  }

  /** The outline of a glyph, as the path of an SVG. */
  outline(glyph: number): string {
    return this.font.glyphToPath(glyph);
  }

  /**
   * Shapes a word of one direction and script.
   * Shaping word by word gives the same as the whole line with these faces, so a remembered word is exact.
   * @throws MissingGlyph
   */
  word(text: string, rightToLeft: boolean, script: Script): Word {
    const key = `${rightToLeft ? 'R' : 'L'}${script}${text}`;
    const known = this.words.get(key);
    if (known) return known;
    const glyphs = this.shape(text, rightToLeft, script);
    const word = {
      marks: onePerCharacter(text, glyphs, rightToLeft, this.emptyGlyph),
      width: glyphs.reduce((sum, glyph) => sum + glyph.advance, 0),
      blank: text === ' ',
    };
    if (this.words.size >= this.remembered) this.words.delete(this.words.keys().next().value!);
    this.words.set(key, word);
    return word;
  }

  /** The glyphs of a word from left to right, as HarfBuzz gives them. */
  shape(text: string, rightToLeft: boolean, script: Script): ShapedGlyph[] {
    const { buffer } = this;
    buffer.reset();
    buffer.addText(text);
    buffer.setDirection(rightToLeft ? Direction.RTL : Direction.LTR);
    buffer.setScript(script);
    buffer.setLanguage(script === 'Arab' ? 'fa' : 'en');
    buffer.setClusterLevel(ClusterLevel.MONOTONE_CHARACTERS);
    buffer.setFlags(BufferFlag.DEFAULT);
    shape(this.font, buffer);
    const positions = buffer.getGlyphPositions();
    return buffer.getGlyphInfos().map(({ codepoint: glyph, cluster }, at) => {
      if (!glyph) throw new MissingGlyph(text.codePointAt(cluster)!);
      const { xAdvance, xOffset, yOffset } = positions[at]!;
      return { glyph, cluster, natural: this.advance(glyph), advance: xAdvance, dx: xOffset, dy: yOffset };
    });
  }
}

const faces = new Map<FaceName, Face>();

/** The face by its name, parsed at its first use. */
export function face(name: FaceName): Face {
  let found = faces.get(name);
  if (!found) faces.set(name, (found = new Face(name, readFileSync(join(fontFolder(), FILES[name])))));
  return found;
}

/** The fonts lie beside the source. Compiled code stands elsewhere, so the way leads over the project's root. */
function fontFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return join(folder, 'libs/documents/fonts');
}
