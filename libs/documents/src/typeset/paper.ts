import PDFDocument from 'pdfkit';
import { EmbeddedFace } from './embedded-face.js';
import { face, type FaceName } from './face.js';
import { fa, line, number, type Field } from './field.js';
import { fit, type Box, type Fitted, type Style } from './fit.js';
import { oneLine } from './line.js';
import { outlineOf } from './outline.js';
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

/** Draws shapes on the page there is: a path, then how it is painted. Each answers the pen itself. */
export interface Pen {
  rect(x: number, y: number, width: number, height: number): Pen;
  circle(x: number, y: number, radius: number): Pen;
  moveTo(x: number, y: number): Pen;
  lineTo(x: number, y: number): Pen;
  lineWidth(width: number): Pen;
  dash(length: number, options: { space: number }): Pen;
  undash(): Pen;
  /** Colours are `#rrggbb`. */
  fillColor(colour: string): Pen;
  strokeColor(colour: string): Pen;
  fill(colour: string, rule?: 'even-odd'): Pen;
  stroke(colour: string): Pen;
  clip(): Pen;
  save(): Pen;
  restore(): Pen;
  translate(x: number, y: number): Pen;
  scale(factor: number): Pen;
  /** Degrees, clockwise on the paper. */
  rotate(angle: number): Pen;
  link(x: number, y: number, width: number, height: number, address: string): Pen;
  /** Operators of a PDF as they stand. */
  addContent(operators: string): Pen;
}

/**
 * A document of pages on which right-to-left text is set by us and shapes are drawn by a pen.
 * Points, measured from the top left corner.
 */
export class Paper {
  readonly width: number;
  readonly height: number;
  private readonly doc: PDFKit.PDFDocument;
  private readonly faces = new Map<FaceName, EmbeddedFace>();
  private readonly forms = new Map<string, PDFKit.PDFKitReference>();
  private readonly watermark: string | null;

  constructor({ size = 'A4', orientation = 'landscape', title, drawnAt, watermark }: PaperOptions) {
    const { width, height } = pageSize(size, orientation);
    this.width = width;
    this.height = height;
    this.doc = new PDFDocument({
      size: [width, height],
      margin: 0,
      autoFirstPage: false,
      bufferPages: true,
      pdfVersion: '1.7',
      lang: 'fa-IR',
      displayTitle: true,
      // Without this pdfkit loads and embeds Helvetica.
      font: '',
      info: { Title: title, Producer: 'Maharat', Creator: 'Maharat', CreationDate: drawnAt, ModDate: drawnAt },
    });
    this.watermark = watermark;
  }

  get pdf(): Pen {
    return this.doc as unknown as Pen;
  }

  addPage(): void {
    this.doc.addPage();
  }

  /** Sets a field into its box, in the middle of its height. @throws TextDoesNotFit, MissingGlyph */
  text(place: string, field: Field, box: Box, style: Style): void {
    const fitted = fit(place, field, box, style);
    if (style.face === 'nastaliq') this.title(field, fitted, box, style);
    else this.put(fitted, box, style);
  }

  /** One line as shapes, with the same words unseen over them in the text face, for those who search and copy. */
  private title(field: Field, { lines, size }: Fitted, box: Box, style: Style): void {
    const letters = face('nastaliq');
    const scale = size / letters.unitsPerEm;
    const width = lines[0]!.width * scale;
    const baseline = box.y + (box.height + (letters.ascent - letters.descent) * scale) / 2;
    const left = box.x + startOf(style.align ?? 'right', box.width, width);
    const middle = [left + width / 2, baseline - (letters.ascent / 3) * scale]
      .map((value) => value.toFixed(2))
      .join(' ');
    this.pdf.addContent(`q ${rgb(style.colour ?? '#000000')} rg 1 0 0 1 ${middle} cm`);
    this.pdf.addContent(`${outlineOf(letters, lines[0]!, size)} Q`);
    const words = oneLine(face('regular'), field);
    const stretch = (100 * width * face('regular').unitsPerEm) / (words.width * size);
    this.pdf.addContent(`q 3 Tr ${stretch.toFixed(2)} Tz`);
    this.show('regular', words.words, [size, 0, 0, -size, left, baseline]);
    this.pdf.addContent('Q');
  }

  /** Draws a text that is fitted already. */
  put({ lines, size, leading }: Fitted, box: Box, { face: name = 'regular', align = 'right', colour }: Style): void {
    const letters = face(name);
    const scale = size / letters.unitsPerEm;
    const top = box.y + (box.height - lines.length * size * leading) / 2;
    const baseline = top + (size * leading - (letters.ascent + letters.descent) * scale) / 2 + letters.ascent * scale;
    for (const [at, { words, width }] of lines.entries()) {
      const x = box.x + startOf(align, box.width, width * scale);
      this.show(name, words, [size, 0, 0, -size, x, baseline + at * size * leading], colour);
    }
  }

  /** One line that reads from the bottom of the box to its top, in the middle of both sides. */
  upright(place: string, field: Field, box: Box, style: Style): void {
    const { lines, size } = fit(place, field, { width: box.height, height: box.width }, { ...style, lines: 1 });
    const { words, width } = lines[0]!;
    const letters = face(style.face ?? 'regular');
    const scale = size / letters.unitsPerEm;
    const baseline = box.x + (box.width + (letters.ascent - letters.descent) * scale) / 2;
    const from = box.y + (box.height + width * scale) / 2;
    this.show(style.face ?? 'regular', words, [0, -size, -size, 0, baseline, from], style.colour);
  }

  private show(
    name: FaceName,
    words: Parameters<EmbeddedFace['operators']>[0][],
    matrix: number[],
    colour = '#000000',
  ): void {
    const embedded = this.embedded(name);
    const text = words.map((word) => embedded.operators(word)).join('');
    const place = matrix.map((value) => String(Math.round(value * 1000) / 1000)).join(' ');
    this.pdf.addContent(`BT /${embedded.key} 1 Tf ${rgb(colour)} rg ${place} Tm [${text}]TJ ET`);
  }

  private embedded(name: FaceName): EmbeddedFace {
    let embedded = this.faces.get(name);
    if (!embedded) {
      if (name === 'nastaliq') throw new Error('Nastaliq is drawn as shapes: by `text`, on one line.');
      embedded = new EmbeddedFace(this.doc, face(name), name === 'bold' ? 'B' : 'R');
      this.faces.set(name, embedded);
    }
    this.doc.page.fonts[embedded.key] = embedded.resource;
    return embedded;
  }

  /**
   * Draws a piece of art that is stored once however often it is used. Its operators may leave the colour to the place.
   * @param operators gives PDF path operators around 0, 0; asked once
   */
  stamp(name: string, operators: () => string, x: number, y: number): void {
    let form = this.forms.get(name);
    if (!form) {
      form = this.doc.ref({ Type: 'XObject', Subtype: 'Form', BBox: [-1000, -1000, 1000, 1000], Resources: {} });
      form.end(Buffer.from(operators(), 'latin1'));
      this.forms.set(name, form);
    }
    this.doc.page.xobjects[name] = form;
    this.pdf.addContent(`q 1 0 0 1 ${x.toFixed(2)} ${y.toFixed(2)} cm /${name} Do Q`);
  }

  /** A QR code in a white box with the margin that readers need. */
  qr(text: string, { x, y, width, height }: Box, colour: string): void {
    const { size, operators } = qrPath(text);
    const square = width / (size + 8);
    this.pdf.rect(x, y, width, height).fill('#ffffff');
    this.pdf
      .save()
      .translate(x + 4 * square, y + 4 * square)
      .scale(square)
      .fillColor(colour);
    this.pdf.addContent(operators).restore();
  }

  /** Lays the watermark on what is drawn so far; what is drawn later stands over it and stays easy to read. */
  layWatermark(): void {
    if (!this.watermark) return;
    const words = oneLine(face('bold'), fa(this.watermark));
    const { width, height } = this;
    const size = Math.min(110, (0.9 * width * face('bold').unitsPerEm) / words.width);
    this.pdf.addContent('/Artifact BMC').save();
    this.pdf
      .translate(width / 2, height / 2)
      .rotate(width > height ? -28 : -52)
      .fillColor('#f0eae0');
    this.stamp('watermark', () => outlineOf(face('bold'), words, size), 0, 0);
    this.pdf.restore().addContent('EMC');
  }

  /** Writes «صفحهٔ ۲ از ۷» on every page there is. */
  numberPages(box: Box, style: Style): void {
    const { start, count } = this.doc.bufferedPageRange();
    for (let page = start; page < start + count; page++) {
      this.doc.switchToPage(page);
      this.text('page number', line`صفحهٔ ${number(page + 1)} از ${number(count)}`, box, style);
    }
  }

  /** Ends the document. */
  async bytes(): Promise<Uint8Array> {
    for (const embedded of this.faces.values()) embedded.finish();
    this.doc.end();
    const chunks: Buffer[] = [];
    for await (const chunk of this.doc) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  }
}

function startOf(align: Style['align'], room: number, width: number): number {
  if (align === 'left') return 0;
  return align === 'centre' ? (room - width) / 2 : room - width;
}

const rgb = (colour: string) =>
  [1, 3, 5].map((at) => String(Math.round((parseInt(colour.slice(at, at + 2), 16) / 255) * 1000) / 1000)).join(' ');
