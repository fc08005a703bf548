import * as fontkit from 'fontkit';
import type { Face, FaceName, Word } from './face.js';

const parsed = new Map<FaceName, fontkit.Font>();

/** The face as fontkit reads it: needed only to cut a subset out of it. */
function fileOf(face: Face): fontkit.Font {
  let file = parsed.get(face.name);
  if (!file) parsed.set(face.name, (file = fontkit.create(Buffer.from(face.data)) as fontkit.Font));
  return file;
}

/** fontkit's published types want a glyph object and promise a boolean; it takes a glyph's number and gives the new one. */
type Subset = { includeGlyph(glyph: number): number; encode(): Uint8Array };

/**
 * A face inside one document: its own numbers (CIDs) for pairs of glyph and character, given as they are first drawn.
 * One glyph may have several numbers that differ in the character they stand for; that is what pdfkit's own fonts cannot do.
 */
export class EmbeddedFace {
  readonly resource: PDFKit.PDFKitReference;
  private readonly subset: Subset;
  private readonly numbers = new Map<string, number>();
  private readonly glyphs = [0];
  private readonly characters = [''];
  private readonly widths: number[];
  private readonly drawn = new Map<Word, string>();

  constructor(
    private readonly pdf: PDFKit.PDFDocument,
    readonly face: Face,
    readonly key: string,
  ) {
    this.resource = pdf.ref({});
    this.subset = fileOf(face).createSubset() as unknown as Subset;
    this.widths = [this.thousandths(face.advance(0))];
  }

  /**
   * The word as the middle of a TJ operator's array, for a text size of 1: the text matrix makes it larger.
   * A mark that stands higher or lower closes the array and opens it again.
   */
  operators(word: Word): string {
    let operators = this.drawn.get(word);
    if (operators === undefined) this.drawn.set(word, (operators = this.build(word)));
    return operators;
  }

  private build(word: Word): string {
    let out = '';
    for (const mark of word.marks) {
      const shift = mark.dx ? ` ${figure(-this.thousandths(mark.dx))}` : '';
      const after = this.thousandths(mark.natural - mark.advance + mark.dx);
      const glyph = `${shift}<${hex(this.numberOf(mark.glyph, mark.character, mark.natural))}>`;
      out += mark.dy ? `]TJ ${(mark.dy / this.face.unitsPerEm).toFixed(4)} Ts [${glyph}]TJ 0 Ts [` : glyph;
      if (after) out += figure(after);
    }
    return out.replaceAll('><', '');
  }

  private numberOf(glyph: number, character: string, natural: number): number {
    const key = `${glyph}|${character}`;
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.glyphs.push(this.subset.includeGlyph(glyph)) - 1;
      this.characters.push(character);
      this.widths.push(this.thousandths(natural));
      this.numbers.set(key, number);
    }
    return number;
  }

  private thousandths(units: number): number {
    return Math.round((units * 100_000) / this.face.unitsPerEm) / 100;
  }

  /** Writes the subset and its tables. Nothing can be drawn with the face afterwards. */
  finish(): void {
    const { pdf, face } = this;
    const file = fileOf(face);
    const name = `${this.tag()}+${file.postscriptName}`;
    const { minX, minY, maxX, maxY } = file.bbox;
    const descriptor = written(pdf, {
      Type: 'FontDescriptor',
      FontName: name,
      Flags: 4,
      FontBBox: [minX, minY, maxX, maxY].map((side) => Math.round(this.thousandths(side))),
      ItalicAngle: 0,
      Ascent: Math.round(this.thousandths(face.ascent)),
      Descent: -Math.round(this.thousandths(face.descent)),
      CapHeight: Math.round(this.thousandths(file.capHeight)),
      StemV: 80,
      FontFile2: stream(pdf, this.subset.encode()),
    });
    const glyphOf = Buffer.alloc(this.glyphs.length * 2);
    this.glyphs.forEach((glyph, number) => glyphOf.writeUInt16BE(glyph, number * 2));
    const descendant = written(pdf, {
      Type: 'Font',
      Subtype: 'CIDFontType2',
      BaseFont: name,
      CIDSystemInfo: { Registry: new String('Adobe'), Ordering: new String('Identity'), Supplement: 0 },
      FontDescriptor: descriptor,
      CIDToGIDMap: stream(pdf, glyphOf),
      DW: 0,
      W: [0, this.widths],
    });
    Object.assign(this.resource.data, {
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont: name,
      Encoding: 'Identity-H',
      DescendantFonts: [descendant],
      ToUnicode: stream(pdf, Buffer.from(this.toUnicode(), 'latin1')),
    });
    this.resource.end(null);
  }

  /** Six letters that name the subset, made from what is in it: two subsets of one face must not share a name. */
  private tag(): string {
    let sum = this.key.charCodeAt(0);
    for (const key of this.numbers.keys()) for (const letter of key) sum = (sum * 31 + letter.codePointAt(0)!) >>> 0;
    return Array.from({ length: 6 }, (_, at) => String.fromCharCode(65 + (Math.floor(sum / 26 ** at) % 26))).join('');
  }

  private toUnicode(): string {
    const pairs = this.characters.map((character, number) => `<${hex(number)}> <${utf16(character)}>`).slice(1);
    const blocks: string[] = [];
    for (let at = 0; at < pairs.length; at += 100) {
      const block = pairs.slice(at, at + 100);
      blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`);
    }
    return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
${blocks.join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end`;
  }
}

const hex = (number: number) => number.toString(16).padStart(4, '0');
const figure = (value: number) => String(Math.round(value * 100) / 100);

const utf16 = (text: string) =>
  Array.from({ length: text.length }, (_, at) => hex(text.charCodeAt(at)))
    .join('')
    .toUpperCase();

function written(pdf: PDFKit.PDFDocument, data: object): PDFKit.PDFKitReference {
  const object = pdf.ref(data);
  object.end(null);
  return object;
}

function stream(pdf: PDFKit.PDFDocument, bytes: Uint8Array): PDFKit.PDFKitReference {
  const object = pdf.ref({});
  object.end(Buffer.from(bytes));
  return object;
}
