import { commonStart, FontsInUse } from '../pdf/common.js';
import { catalogueOf, linkOf } from '../pdf/catalogue.js';
import { infoOf, metadataOf } from '../pdf/metadata.js';
import { PdfFile } from '../pdf/pdf-file.js';
import { type Picture, pictureIn, pictureOperators, readPicture } from '../pdf/picture.js';
import { placeOf, Structure, type ElementOptions, type Role } from '../pdf/structure.js';
import { Content } from './content.js';
import { EmptyPaper } from './errors.js';
import { line, number, type Field } from './field.js';
import type { Box, Fitted, Style } from './fit.js';
import { figure } from './glyph-numbers.js';
import { Painter } from './painter.js';
import { pageSize, type PaperSize } from './page-size.js';
import { penOf, type Canvas, type Pen } from './pen.js';
import { qrOperators } from './qr.js';
import { drawWatermark } from './watermark.js';

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
export class Paper implements Canvas {
  readonly width: number;
  readonly height: number;
  /** Where tables and other pieces that hold pieces are begun and closed. */
  readonly structure = new Structure();
  private pen: Pen | undefined;
  private readonly title: string;
  private readonly drawnAt: Date;
  private readonly watermark: string | null;
  private readonly fonts = new FontsInUse();
  /** Operators of texts, for those who put several of them together. */
  readonly painter = new Painter(this.fonts);
  private readonly forms = new Map<string, string>();
  private readonly pictures = new Map<Uint8Array, { name: string; picture: Picture }>();
  private readonly pages: Content[] = [];
  private readonly links: { page: number; box: Box; address: string; annotation: number }[] = [];

  constructor({ size = 'A4', orientation = 'landscape', title, drawnAt, watermark }: PaperOptions) {
    ({ width: this.width, height: this.height } = pageSize(size, orientation));
    this.title = title;
    this.drawnAt = drawnAt;
    this.watermark = watermark;
  }

  /** Draws on the page there is. */
  get pdf(): Pen {
    return (this.pen ??= penOf((operators) => this.page.addOrnament(operators)));
  }

  addPage(): void {
    this.pages.push(new Content(this.height));
  }

  private get page(): Content {
    return this.pages.at(-1)!;
  }

  /** Sets a field into its box, in the middle of its height. @throws TextDoesNotFit, MissingGlyph */
  text(place: string, field: Field, box: Box, style: Style, role: Role = 'P'): void {
    this.piece(role, this.painter.text(place, field, box, style), languageOf(field));
  }

  /** Draws a text that is fitted already. */
  put(fitted: Fitted, box: Box, style: Style, role: Role = 'P', base: Field['base'] = 'rtl'): void {
    this.piece(role, this.painter.fitted(fitted, box, style), languageOf({ base }));
  }

  /** Draws a piece of the paper by its operators. */
  piece(role: Role, operators: string, options?: ElementOptions): void {
    this.page.addPiece(role, this.structure.leaf(role, this.pages.length - 1, options), operators);
  }

  /** Draws what says nothing, by its operators. */
  ornament(operators: string): void {
    this.page.addOrnament(operators);
  }

  /** Draws what is repeated on every page and read once. */
  furniture(operators: string): void {
    this.page.addFurniture(operators);
  }

  /** One line that reads from the bottom of the box to its top, in the middle of both sides. */
  upright(place: string, field: Field, box: Box, style: Style, role: Role = 'P'): void {
    this.piece(role, this.painter.upright(place, field, box, style), languageOf(field));
  }

  /**
   * Draws a piece of art that is stored once however often it is used. Its operators may leave the colour to the place.
   * @param operators gives PDF path operators around 0, 0; asked once
   */
  stamp(name: string, operators: () => string, x: number, y: number): void {
    if (!this.forms.has(name)) this.forms.set(name, operators());
    this.page.addOrnament(`q 1 0 0 1 ${figure(x)} ${figure(y)} cm/${name} Do Q`);
  }

  /** A PNG or JPEG, as large as its box allows. It is stored once however often it is drawn. @throws UnusablePicture */
  picture(place: string, bytes: Uint8Array, box: Box, alternative: string): void {
    let known = this.pictures.get(bytes);
    if (!known) {
      known = { name: `picture${this.pictures.size}`, picture: readPicture(place, bytes) };
      this.pictures.set(bytes, known);
    }
    const at = pictureIn(box, known.picture);
    const options = { alternative, attributes: placeOf(at, this.height) };
    this.piece('Figure', pictureOperators(known.name, at), options);
  }

  /** A QR code in a white box with the margin that readers need. */
  qr(text: string, { x, y, width, height }: Box, colour: string): void {
    this.page.addOrnament(`1 1 1 rg ${[x, y, width, height].map(figure).join(' ')} re f`);
    this.piece('Figure', qrOperators(text, { x, y, width, height }, colour), {
      alternative: `رمزینهٔ ${text}`,
      attributes: placeOf({ x, y, width, height }, this.height),
    });
  }

  /** Opens an address when the box is touched. */
  link(box: Box, address: string): void {
    const page = this.pages.length - 1;
    this.links.push({ page, box, address, annotation: this.structure.link(page) });
  }

  /** Lays the watermark on what is drawn so far; what is drawn later stands over it and stays easy to read. */
  layWatermark(): void {
    if (this.watermark) drawWatermark(this, this.watermark);
  }

  /** Writes «صفحهٔ ۲ از ۷» on every page there is. */
  numberPages(box: Box, style: Style): void {
    for (const [at, page] of this.pages.entries()) {
      const field = line`صفحهٔ ${number(at + 1)} از ${number(this.pages.length)}`;
      page.addFurniture(this.painter.text('page number', field, box, style));
    }
  }

  /** Ends the document. @throws EmptyPaper */
  async bytes(): Promise<Uint8Array> {
    if (this.pages.length === 0) throw new EmptyPaper();
    const common = commonStart(this.fonts.faces);
    const file = new PdfFile(common);
    const catalogue = file.reserve();
    const tree = file.reserve();
    const fonts = common.fonts + this.fonts.write(file);
    const forms = [...this.forms].map(([name, operators]) => {
      const ref = file.stream('/Type/XObject/Subtype/Form/BBox[-1000 -1000 1000 1000]/Resources<<>>', operators);
      return `/${name} ${ref} 0 R`;
    });
    for (const { name, picture } of this.pictures.values()) forms.push(`/${name} ${picture.write(file)} 0 R`);
    const resources = file.object(`<</Font<<${fonts}>>${forms.length ? `/XObject<<${forms.join('')}>>` : ''}>>`);
    const pages = this.pages.map(() => file.reserve());
    const links = this.links.map(() => file.reserve());
    for (const [at, { page, box, address, annotation }] of this.links.entries()) {
      const key = this.structure.parentKey(annotation, pages.length);
      file.object(linkOf(address, box, this.height, pages[page]!, key), links[at]);
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
    const metadata = file.rawStream('/Type/Metadata/Subtype/XML', metadataOf(this.title, this.drawnAt));
    file.object(catalogueOf({ tree, metadata, structure, intent: common.intent }), catalogue);
    return file.end(catalogue, file.object(infoOf(this.title, this.drawnAt)));
  }
}

const languageOf = ({ base }: Pick<Field, 'base'>): ElementOptions | undefined =>
  base === 'ltr' ? { language: 'en-US' } : undefined;
