import { catalogueOf, linkOf } from '../pdf/catalogue.js';
import { commonStart, FontsInUse } from '../pdf/common.js';
import { infoOf, metadataOf } from '../pdf/metadata.js';
import { PdfFile, type FileStart, type Ref } from '../pdf/pdf-file.js';
import { pictureIn, pictureOperators, readPicture } from '../pdf/picture.js';
import { placeOf, Structure, type ElementOptions, type Role } from '../pdf/structure.js';
import { Content, rgb } from '../typeset/content.js';
import { TextDoesNotFit } from '../typeset/errors.js';
import type { Box, Style } from '../typeset/fit.js';
import { figure } from '../typeset/glyph-numbers.js';
import { Memory } from '../typeset/memory.js';
import { drawSoberFrame, drawStarSeal } from '../typeset/ornaments.js';
import { pageSize } from '../typeset/page-size.js';
import { Painter } from '../typeset/painter.js';
import { qrOperators } from '../typeset/qr.js';
import { drawWatermark } from '../typeset/watermark.js';
import { drawArt, Recording } from './art.js';
import { Message, type Values } from './message.js';
import type { EmblemItem, PhotoItem, QrItem, TableItem, Template, TextItem } from './template.js';

/** What the issuer gives once for all papers: values of slots, a picture, words under the text. */
export interface Issuer {
  values: Values;
  emblem: Uint8Array | null;
  watermark: string | null;
}

/** A piece that differs between papers. */
interface Slot {
  open: string;
  draw(values: Values, painter: Painter, fonts: FontsInUse): string;
}

const POINTS_PER_MM = 72 / 25.4;
const REMEMBERED = 64;
/** Nothing that one place says is longer. */
const LONGEST_VALUE = 5000;

/**
 * Draws all of a template that is the same on every paper, once: frame, labels, fonts, structure. What is left for each
 * paper is one stream of glyphs, its title and date.
 * @throws TextDoesNotFit, MissingGlyph, UnusablePicture, when what the issuer gives has no room or cannot be drawn
 */
export function compileTemplate(template: Template, issuer: Issuer): CompiledTemplate {
  return new Compiler(template, issuer).compiled();
}

/** A template of which only the differences between papers are left to draw. */
export class CompiledTemplate {
  constructor(
    private readonly parts: {
      start: FileStart;
      slots: readonly Slot[];
      title: Message;
      given: Values;
      resources: { fonts: string; forms: string };
      page: { ref: Ref; content: Ref; still: Ref; head: string };
      catalogue: Ref;
      metadata: Ref;
      links: readonly { ref: Ref; address: Message; box: Box; parentKey: number }[];
      height: number;
    },
  ) {}

  /**
   * One paper, as a file. Pure: the same values and date give the same bytes.
   * @throws TextDoesNotFit with the place, MissingGlyph
   */
  render(values: Values, drawnAt: Date): Uint8Array {
    const { start, slots, title, given, resources, page, catalogue, metadata, links, height } = this.parts;
    const all = { ...given, ...values };
    const fonts = new FontsInUse('Y');
    const painter = new Painter(fonts);
    let content = '';
    for (const slot of slots) content += `${slot.open}${slot.draw(all, painter, fonts)}\nEMC\n`;
    const file = new PdfFile(start);
    file.stream('', content, page.content);
    const rare = fonts.write(file);
    for (const { ref, address, box, parentKey } of links) {
      file.object(linkOf(address.plain(all), box, height, page.ref, parentKey), ref);
    }
    file.object(
      `${page.head}/Resources<</Font<<${resources.fonts}${rare}>>${resources.forms}>>` +
        `/Contents[${page.still} 0 R ${page.content} 0 R]>>`,
      page.ref,
    );
    const name = title.plain(all);
    file.rawStream('/Type/Metadata/Subtype/XML', metadataOf(name, drawnAt), metadata);
    return file.end(catalogue, file.object(infoOf(name, drawnAt)));
  }
}

class Compiler {
  private readonly size: { width: number; height: number };
  private readonly still: Content;
  private readonly structure = new Structure();
  private readonly fonts = new FontsInUse();
  private readonly painter = new Painter(this.fonts);
  private readonly canvas: Recording;
  private readonly slots: Slot[] = [];
  private readonly links: { box: Box; address: Message; annotation: number }[] = [];
  private readonly pictures: string[] = [];
  /** Both faces are there for the values, whichever the labels use. */
  private readonly common = commonStart(['regular', 'bold']);
  private readonly file = new PdfFile(this.common, 'much');

  constructor(
    private readonly template: Template,
    private readonly issuer: Issuer,
  ) {
    this.size = pageSize(template.size, template.orientation);
    this.still = new Content(this.size.height);
    const { width, height } = this.size;
    const draw = (operators: string) => this.still.addOrnament(operators);
    this.canvas = new Recording(width, height, draw, (colour) => this.ink(colour));
    const { offset } = template.print;
    if (offset) {
      const [x, y] = [offset.x, offset.y].map((millimetres) => figure(millimetres * POINTS_PER_MM));
      this.still.move(`1 0 0 1 ${x} ${y} cm`);
    }
  }

  compiled(): CompiledTemplate {
    const { template, issuer, structure } = this;
    this.drawFrame();
    if (issuer.watermark) drawWatermark(this.canvas, issuer.watermark);
    for (const item of template.items) this.add(item);

    const { file, common } = this;
    const [catalogue, tree, page, content, metadata] = Array.from({ length: 5 }, () => file.reserve()) as [
      Ref,
      Ref,
      Ref,
      Ref,
      Ref,
    ];
    const links = this.links.map(({ annotation, ...link }) => ({
      ...link,
      ref: file.reserve(),
      parentKey: structure.parentKey(annotation, 1),
    }));
    const fonts = common.fonts + this.fonts.write(file);
    const forms = this.pictures.concat(
      [...this.canvas.forms].map(([name, operators]) => {
        const ref = file.stream('/Type/XObject/Subtype/Form/BBox[-1000 -1000 1000 1000]/Resources<<>>', operators);
        return `/${name} ${ref} 0 R`;
      }),
    );
    const still = file.stream('', this.still.operators);
    file.object(`<</Type/Pages/Count 1/Kids[${page} 0 R]>>`, tree);
    const tags = structure.write(
      file,
      [page],
      links.map(({ ref }) => ref),
    );
    file.object(catalogueOf({ tree, metadata, structure: tags, intent: common.intent }), catalogue);
    const annotations = links.length ? `/Annots[${links.map(({ ref }) => `${ref} 0 R`).join(' ')}]` : '';
    const { width, height } = this.size;
    return new CompiledTemplate({
      start: file.asStart(),
      slots: this.slots,
      title: new Message(template.title, template.fields, 'rtl'),
      given: issuer.values,
      resources: { fonts, forms: forms.length ? `/XObject<<${forms.join('')}>>` : '' },
      page: {
        ref: page,
        content,
        still,
        head:
          `<</Type/Page/Parent ${tree} 0 R/MediaBox[0 0 ${figure(width)} ${figure(height)}]${annotations}` +
          '/Tabs/S/StructParents 0',
      },
      catalogue,
      metadata,
      links,
      height,
    });
  }

  private drawFrame(): void {
    const { art, print } = this.template;
    if (!art || print.mode === 'data') return;
    if (print.mode === 'grey') drawSoberFrame(this.canvas);
    else drawArt(art, this.canvas);
  }

  private add(item: Template['items'][number]): void {
    const still = this.template.print.mode !== 'data';
    switch (item.kind) {
      case 'text':
        return this.addText(item);
      case 'table':
        return this.addTable(item);
      case 'qr':
        return this.addQr(item);
      case 'emblem':
        return still ? this.addEmblem(item) : undefined;
      case 'photo':
        return still ? this.addPhoto(item) : undefined;
      case 'seal':
        if (still) drawStarSeal(this.canvas, item.x, item.y, item.radius);
        return undefined;
      case 'line':
        if (still) {
          this.canvas.pdf
            .lineWidth(item.width)
            .moveTo(...item.from)
            .lineTo(...item.to)
            .stroke(item.colour);
        }
        return undefined;
      case 'circle': {
        if (!still) return undefined;
        const { pdf } = this.canvas;
        pdf.save().lineWidth(item.width).circle(item.x, item.y, item.radius);
        if (item.dash) pdf.dash(item.dash, { space: item.dash });
        pdf.stroke(item.colour).restore();
      }
    }
  }

  /** The colour on this kind of paper: on a grey one, as dark as it looks. */
  private ink(colour: string): string {
    if (this.template.print.mode !== 'grey') return colour;
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
    const grey = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
    return `#${grey.toString(16).padStart(2, '0').repeat(3)}`;
  }

  private styled(style: Style): Style {
    return { ...style, colour: this.ink(style.colour ?? '#000000') };
  }

  private addText({ place, text, language = 'fa', role = 'P', box, style }: TextItem): void {
    this.addMessage(place, text, language, role, box, style);
  }

  /** A text whose slots are all filled by the issuer is drawn once; one that says nothing is no piece of the paper. */
  private addMessage(
    place: string,
    text: string,
    language: 'fa' | 'en',
    role: Role,
    box: Box,
    style: Style,
    options: ElementOptions = {},
  ): void {
    const message = new Message(text, this.template.fields, language === 'fa' ? 'rtl' : 'ltr');
    const given = this.issuer.values;
    const set = this.styled(style);
    const still = message.slots.every((slot) => given[slot] !== undefined);
    if (still && this.template.print.mode === 'data') return;
    const mark = this.structure.leaf(role, 0, language === 'en' ? { ...options, language: 'en-US' } : options);
    if (still) this.still.addPiece(role, mark, this.painter.text(place, message.field(given), box, set));
    else this.slots.push({ open: opening(role, mark), draw: remembering(place, message, box, set) });
  }

  private addTable(table: TableItem): void {
    const { right, top, headHeight, rowHeight, columns, headStyle, style } = table;
    let x = right;
    const places = columns.map(({ width }) => ({ x: (x -= width) + PADDING / 2, width: width - PADDING }));
    if (this.template.print.mode !== 'data') this.drawGrid(table, x);
    this.structure.begin('Table');
    this.structure.begin('TR');
    for (const [at, { title }] of columns.entries()) {
      const box = { ...places[at]!, y: top, height: headHeight };
      this.addMessage(`head of ${title}`, title, 'fa', 'TH', box, headStyle, { attributes: '/O/Table/Scope/Column' });
    }
    this.structure.close();
    this.structure.begin('TR');
    for (const [at, { title, text, language = 'fa' }] of columns.entries()) {
      this.addMessage(title, text, language, 'TD', { ...places[at]!, y: top + headHeight, height: rowHeight }, style);
    }
    this.structure.close();
    this.structure.close();
  }

  private drawGrid({ right, top, headHeight, rowHeight, columns, line, headFill }: TableItem, left: number): void {
    const { pdf } = this.canvas;
    const bottom = top + headHeight + rowHeight;
    pdf.rect(left, top, right - left, headHeight).fill(headFill);
    pdf.lineWidth(0.4);
    for (const y of [top, top + headHeight, bottom]) pdf.moveTo(left, y).lineTo(right, y);
    let x = right;
    for (const width of [0, ...columns.map((column) => column.width)]) {
      x -= width;
      pdf.moveTo(x, top).lineTo(x, bottom);
    }
    pdf.stroke(line);
  }

  private addQr({ text, box, colour, line, alternative }: QrItem): void {
    const message = new Message(text, this.template.fields, 'rtl');
    const mark = this.structure.leaf('Figure', 0, { alternative, attributes: placeOf(box, this.size.height) });
    const [ink, edge] = [this.ink(colour), this.ink(line)];
    const square = [box.x, box.y, box.width, box.height].map(figure).join(' ');
    const ground = `q 1 1 1 rg ${rgb(edge)} RG 0.75 w ${square} re B Q\n`;
    this.slots.push({
      open: opening('Figure', mark),
      draw: (values) => ground + qrOperators(message.plain(values), box, ink),
    });
    this.links.push({ box, address: message, annotation: this.structure.link(0) });
  }

  private addEmblem({ place, box, alternative }: EmblemItem): void {
    const picture = readPicture(place, this.issuer.emblem);
    const name = `emblem${this.pictures.length}`;
    this.pictures.push(`/${name} ${picture.write(this.file)} 0 R`);
    const at = pictureIn(box, picture);
    const mark = this.structure.leaf('Figure', 0, { alternative, attributes: placeOf(at, this.size.height) });
    this.still.addPiece('Figure', mark, pictureOperators(name, at));
  }

  private addPhoto({ box, label, style, line }: PhotoItem): void {
    this.canvas.pdf.lineWidth(0.75).rect(box.x, box.y, box.width, box.height).stroke(line);
    this.addMessage('photo', label, 'fa', 'P', box, style);
  }
}

const PADDING = 6;

const opening = (role: Role, mark: number) => `/${role}<</MCID ${mark}>>BDC\n`;

/**
 * Draws a text and remembers it: names of courses, institutes and months come again and again. Where nothing has come
 * again for long, as with serials, nothing is remembered any more.
 */
function remembering(place: string, message: Message, box: Box, style: Style): Slot['draw'] {
  let known: Memory<string> | null = new Memory(REMEMBERED);
  let newInARow = 0;
  return (values, painter, fonts) => {
    const key = message.key(values);
    let drawn = known?.get(key);
    if (drawn !== undefined) {
      newInARow = 0;
      return drawn;
    }
    if (key.length > LONGEST_VALUE) throw new TextDoesNotFit(place);
    const rareBefore = fonts.rareWords;
    drawn = painter.text(place, message.field(values), box, style);
    if (fonts.rareWords > rareBefore) return drawn;
    if (++newInARow > 4 * REMEMBERED) known = null;
    known?.set(key, drawn);
    return drawn;
  };
}
