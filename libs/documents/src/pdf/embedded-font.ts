import type { Face } from '../typeset/face.js';
import { figure, hex, type GlyphNumbers } from '../typeset/glyph-numbers.js';
import { subsetOf } from '../typeset/harfbuzz.js';
import type { PdfFile, Ref } from './pdf-file.js';

/**
 * Writes a face into a file, cut down to the glyphs that have a number. Every number stands for one character, so that
 * words can be copied and searched; several numbers may point to one glyph.
 * @param tag six capital letters that tell this subset from others of the face
 */
export function writeFont(file: PdfFile, face: Face, { glyphs }: GlyphNumbers, tag: string): Ref {
  const { file: font } = face;
  const thousandths = (units: number) => (units * 1000) / font.unitsPerEm;
  const name = `${tag}+${font.postscriptName}`;
  const cut = subsetOf(face.data, new Set(glyphs.map(({ glyph }) => glyph)));
  const program = file.stream(`/Length1 ${cut.length}`, cut);
  const descriptor = file.object(
    `<</Type/FontDescriptor/FontName/${name}/Flags 4` +
      `/FontBBox[${font.bounds.map((side) => Math.round(thousandths(side))).join(' ')}]/ItalicAngle 0` +
      `/Ascent ${Math.round(thousandths(font.ascent))}/Descent ${-Math.round(thousandths(font.descent))}` +
      `/CapHeight ${Math.round(thousandths(font.capHeight))}/StemV 80/FontFile2 ${program} 0 R>>`,
  );
  const glyphOf = Buffer.alloc(glyphs.length * 2);
  for (const [number, { glyph }] of glyphs.entries()) glyphOf.writeUInt16BE(glyph, number * 2);
  const widths = glyphs.map(({ natural }) => figure(thousandths(natural))).join(' ');
  const descendant = file.object(
    `<</Type/Font/Subtype/CIDFontType2/BaseFont/${name}` +
      `/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor ${descriptor} 0 R` +
      `/CIDToGIDMap ${file.stream('', glyphOf)} 0 R/DW 0/W[0[${widths}]]>>`,
  );
  return file.object(
    `<</Type/Font/Subtype/Type0/BaseFont/${name}/Encoding/Identity-H/DescendantFonts[${descendant} 0 R]` +
      `/ToUnicode ${file.stream('', toUnicode(glyphs.map(({ character }) => character)))} 0 R>>`,
  );
}

function toUnicode(characters: string[]): string {
  const pairs = characters.map((character, number) => `<${hex(number)}> <${utf16(character)}>`).slice(1);
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

const utf16 = (text: string) =>
  Array.from({ length: text.length }, (_, at) => hex(text.charCodeAt(at)))
    .join('')
    .toUpperCase();
