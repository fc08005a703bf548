import { commonStart, FontsInUse } from '../pdf/common.js';
import { infoOf, metadataOf } from '../pdf/metadata.js';
import { PdfFile, textString } from '../pdf/pdf-file.js';
import { Structure, type ElementOptions, type Role } from '../pdf/structure.js';
import { Content, rgb } from './content.js';
import { face, type FaceName } from './face.js';
import { fa, line, number, type Field } from './field.js';
import { fit, type Box, type Fitted, type Style } from './fit.js';
import { figure } from './glyph-numbers.js';
import { oneLine, type Line } from './line.js';
import { outlineOf } from './outline.js';
import { penOf, type Pen } from './pen.js';
import { qrPath } from './qr.js';

const PORTRAIT = { A4: { width: 595.28, height: 841.89 }, A5: { width: 419.53, height: 595.28 } } as const;

/** The sizes of paper there are. */
export type PaperSize = keyof typeof PORTRAIT;

/** How wide and high a page is, in points. */
export function pageSize(size: PaperSize, orientation: 'landscape' | 'portrait'): { width: number; height: number } {
  const { width, height } = PORTRAIT[size];
  return orientation === 'portrait' ? { width, height } : { width: height, height: width };
}

/** A4 on its long side, in points. */
export const A4_LANDSCAPE = pageSize('A4', 'landscape');

export interface PaperOptions {
  /** A4 on its long side where nothing else is said. */
  size?: PaperSize;
  orientation?: 'landscape' | 'portrait';
  /** What a viewer shows as the name of the document. */
  title: string;
  /** Stands in the file as its date. The same model with the same date gives the same bytes. */
  drawnAt: Date;
  /** Words laid large and light under every page, or null. */
  watermark: string | null;
}

/**
 * A document of pages on which right-to-left text is set by us and shapes are drawn by a pen. Every text is a piece of
 * the paper's structure, in the order in which it is drawn; what the pen draws is ornament.
 * Points, measured from the top left corner.
 */
export class Paper {
  readonly width: number;
  readonly height: number;
  /** Draws on the page there is. */
  readonly pdf: Pen = penOf((operators) => this.page.addOrnament(operators));
  /** Where tables and other pieces that hold pieces are begun and closed. */
  readonly structure = new Structure();
  private readonly title: string;
  private readonly drawnAt: Date;
  private readonly watermark: string | null;
  private readonly fonts = new FontsInUse();
  private readonly forms = new Map<string, string>();
  private readonly pages: Content[] = [];
  private readonly links: { page: number; box: Box; address: string; annotation: number }[] = [];

  constructor({ size = 'A4', orientation = 'landscape', title, drawnAt, watermark }: PaperOptions) {
    ({ width: this.width, height: this.height } = pageSize(size, orientation));
    this.title = title;
    this.drawnAt = drawnAt;
    this.watermark = watermark;
  }

  addPage(): void {
    this.pages.push(new Content(this.height));
  }

  private get page(): Content {
    return this.pages.at(-1)!;
  }

  /** Sets a field into its box, in the middle of its height. @throws TextDoesNotFit, MissingGlyph */
  text(place: string, field: Field, box: Box, style: Style, role: Role = 'P'): void {
    const fitted = fit(place, field, box, style);
    if (style.face === 'nastaliq') this.piece(role, this.titleOperators(field, fitted, box, style));
    else this.put(fitted, box, style, role, field.base);
  }

  /** One line as shapes, with the same words unseen over them in the text face, for those who search and copy. */
  private titleOperators(field: Field, { lines, size }: Fitted, box: Box, style: Style): string {
    const letters = face('nastaliq');
    const scale = size / letters.unitsPerEm;
    const width = lines[0]!.width * scale;
    const baseline = box.y + (box.height + (letters.ascent - letters.descent) * scale) / 2;
    const left = box.x + startOf(style.align ?? 'right', box.width, width);
    const middle = `${figure(left + width / 2)} ${figure(baseline - (letters.ascent / 3) * scale)}`;
    const words = oneLine(face('regular'), field);
    const stretch = (100 * width * face('regular').unitsPerEm) / (words.width * size);
    return (
      `q ${rgb(style.colour ?? '#000000')} rg 1 0 0 1 ${middle} cm\n${outlineOf(letters, lines[0]!, size)} Q\n` +
      `q 3 Tr ${figure(stretch)} Tz BT/${this.fonts.key('regular')} 1 Tf ${figure(size)} 0 0 ${figure(-size)} ` +
      `${figure(left)} ${figure(baseline)} Tm[${this.fonts.operators('regular', words)}]TJ ET Q`
    );
  }

  /** Draws a text that is fitted already. */
  put(fitted: Fitted, box: Box, style: Style, role: Role = 'P', base: Field['base'] = 'rtl'): void {
    this.piece(role, this.operators(fitted, box, style), base === 'ltr' ? { language: 'en-US' } : undefined);
  }

  /** Draws a piece of the paper by its operators. */
  piece(role: Role, operators: string, options?: ElementOptions): void {
    this.page.addPiece(role, this.structure.leaf(role, this.pages.length - 1, options), operators);
  }

  /** Draws what is repeated on every page and read once. */
  furniture(operators: string): void {
    this.page.addFurniture(operators);
  }

  /** The operators of a text that is fitted already. */
  operators({ lines, size, leading }: Fitted, box: Box, style: Style): string {
    const { face: name = 'regular', align = 'right', colour = '#000000' } = style;
    const letters = face(name);
    const scale = size / letters.unitsPerEm;
    const top = box.y + (box.height - lines.length * size * leading) / 2;
    const baseline = top + (size * leading - (letters.ascent + letters.descent) * scale) / 2 + letters.ascent * scale;
    const head = `BT/${this.fonts.key(name)} 1 Tf ${rgb(colour)} rg`;
    let operators = '';
    for (let at = 0; at < lines.length; at++) {
      const set = lines[at]!;
      const wide = align === 'justify' && at < lines.length - 1;
      const x = wide ? box.x : box.x + startOf(align, box.width, set.width * scale);
      const middle = wide ? set.justified(box.width / scale, letters.unitsPerEm) : this.fonts.operators(name, set);
      operators += `${head} ${figure(size)} 0 0 ${figure(-size)} ${figure(x)} ${figure(baseline + at * size * leading)} Tm[${middle}]TJ ET\n`;
    }
    return operators;
  }

  /** One line that reads from the bottom of the box to its top, in the middle of both sides. */
  upright(place: string, field: Field, box: Box, style: Style, role: Role = 'P'): void {
    this.piece(role, this.uprightOperators(place, field, box, style));
  }

  /** The operators of a line that reads from the bottom of the box to its top. */
  uprightOperators(place: string, field: Field, box: Box, style: Style): string {
    const { lines, size } = fit(place, field, { width: box.height, height: box.width }, { ...style, lines: 1 });
    const name = style.face ?? 'regular';
    const letters = face(name);
    const scale = size / letters.unitsPerEm;
    const baseline = figure(box.x + (box.width + (letters.ascent - letters.descent) * scale) / 2);
    const from = figure(box.y + (box.height + lines[0]!.width * scale) / 2);
    const middle = this.fonts.operators(name, lines[0]!);
    const head = `BT/${this.fonts.key(name)} 1 Tf ${rgb(style.colour ?? '#000000')} rg`;
    return `${head} 0 ${figure(-size)} ${figure(-size)} 0 ${baseline} ${from} Tm[${middle}]TJ ET`;
  }

  /** The name of a face's font on the page, and a line as the middle of a TJ operator's array, for those who set text themselves. */
  fontOf(name: FaceName): string {
    return this.fonts.key(name);
  }

  lineOperators(name: FaceName, set: Line): string {
    return this.fonts.operators(name, set);
  }

  /**
   * Draws a piece of art that is stored once however often it is used. Its operators may leave the colour to the place.
   * @param operators gives PDF path operators around 0, 0; asked once
   */
  stamp(name: string, operators: () => string, x: number, y: number): void {
    if (!this.forms.has(name)) this.forms.set(name, operators());
    this.page.addOrnament(`q 1 0 0 1 ${figure(x)} ${figure(y)} cm/${name} Do Q`);
  }

  /** A QR code in a white box with the margin that readers need. */
  qr(text: string, { x, y, width, height }: Box, colour: string): void {
    const { size, operators } = qrPath(text);
    const square = width / (size + 8);
    const place = `${figure(square)} 0 0 ${figure(square)} ${figure(x + 4 * square)} ${figure(y + 4 * square)}`;
    this.page.addOrnament(`1 1 1 rg ${[x, y, width, height].map(figure).join(' ')} re f`);
    const [left, bottom] = [figure(x), figure(this.height - y - height)];
    const attributes = `/O/Layout/Placement/Block/BBox[${left} ${bottom} ${figure(x + width)} ${figure(this.height - y)}]`;
    this.piece('Figure', `q ${rgb(colour)} rg ${place} cm\n${operators} Q`, {
      alternative: `رمزینهٔ ${text}`,
      attributes,
    });
  }

  /** Opens an address when the box is touched. */
  link(box: Box, address: string): void {
    const page = this.pages.length - 1;
    this.links.push({ page, box, address, annotation: this.structure.link(page) });
  }

  /** Lays the watermark on what is drawn so far; what is drawn later stands over it and stays easy to read. */
  layWatermark(): void {
    if (!this.watermark) return;
    const words = oneLine(face('bold'), fa(this.watermark));
    const { width, height } = this;
    const size = Math.min(110, (0.9 * width * face('bold').unitsPerEm) / words.width);
    this.pdf
      .save()
      .translate(width / 2, height / 2)
      .rotate(width > height ? -28 : -52)
      .fillColor('#f0eae0');
    this.stamp('watermark', () => outlineOf(face('bold'), words, size), 0, 0);
    this.pdf.restore();
  }

  /** Writes «صفحهٔ ۲ از ۷» on every page there is. */
  numberPages(box: Box, style: Style): void {
    for (const [at, page] of this.pages.entries()) {
      const field = line`صفحهٔ ${number(at + 1)} از ${number(this.pages.length)}`;
      page.addFurniture(this.operators(fit('page number', field, box, style), box, style));
    }
  }

  /** Ends the document. */
  async bytes(): Promise<Uint8Array> {
    const common = commonStart(this.fonts.faces);
    const file = new PdfFile(common);
    const catalogue = file.reserve();
    const tree = file.reserve();
    const fonts = this.fonts.write(file, common.fonts);
    const forms = [...this.forms].map(([name, operators]) => {
      const ref = file.stream('/Type/XObject/Subtype/Form/BBox[-1000 -1000 1000 1000]/Resources<<>>', operators);
      return `/${name} ${ref} 0 R`;
    });
    const resources = file.object(`<<${fonts}${forms.length ? `/XObject<<${forms.join('')}>>` : ''}>>`);
    const pages = this.pages.map(() => file.reserve());
    const links = this.links.map(() => file.reserve());
    for (const [at, { page, box, address, annotation }] of this.links.entries()) {
      const sides = [box.x, this.height - box.y - box.height, box.x + box.width, this.height - box.y];
      file.object(
        `<</Type/Annot/Subtype/Link/Rect[${sides.map(figure).join(' ')}]/Border[0 0 0]/F 4/P ${pages[page]} 0 R` +
          `/Contents${textString(address)}/A<</S/URI/URI${textString(address)}>>` +
          `/StructParent ${this.structure.parentKey(annotation, pages.length)}>>`,
        links[at],
      );
    }
    for (const [at, content] of this.pages.entries()) {
      const here = links.filter((_, link) => this.links[link]!.page === at).map((ref) => `${ref} 0 R`);
      file.object(
        `<</Type/Page/Parent ${tree} 0 R/MediaBox[0 0 ${figure(this.width)} ${figure(this.height)}]` +
          `/Resources ${resources} 0 R/Contents ${file.stream('', content.operators)} 0 R` +
          `${here.length ? `/Annots[${here.join(' ')}]` : ''}/Tabs/S/StructParents ${at}>>`,
        pages[at],
      );
    }
    file.object(`<</Type/Pages/Count ${pages.length}/Kids[${pages.map((ref) => `${ref} 0 R`).join(' ')}]>>`, tree);
    const structure = this.structure.write(file, pages, links);
    const metadata = file.rawStream(
      '/Type/Metadata/Subtype/XML',
      Buffer.from(metadataOf(this.title, this.drawnAt), 'latin1'),
    );
    file.object(
      `<</Type/Catalog/Pages ${tree} 0 R/Metadata ${metadata} 0 R/OutputIntents[${common.intent} 0 R]/Lang (fa-IR)` +
        `/ViewerPreferences<</DisplayDocTitle true/Direction/R2L>>/MarkInfo<</Marked true>>` +
        `/StructTreeRoot ${structure} 0 R>>`,
      catalogue,
    );
    return file.end(catalogue, file.object(infoOf(this.title, this.drawnAt)));
  }
}

function startOf(align: Style['align'], room: number, width: number): number {
  if (align === 'left') return 0;
  return align === 'centre' ? (room - width) / 2 : room - width;
}
