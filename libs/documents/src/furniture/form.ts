import { formatJalali, toPersianDigits } from '@app/persian';
import { code, date, fa, line, type Field } from '../typeset/field.js';
import { fit, widthOf, type Box, type Style } from '../typeset/fit.js';
import { Paper, type PaperOptions } from '../typeset/paper.js';
import { inksFor, type Inks } from './inks.js';
import { mm, PHOTO } from './measures.js';

/** Who speaks and what the paper is. It stands on every page. */
export interface FormHead {
  /** The offices and the institute, the highest first; at most three. */
  issuers: string[];
  title: Field;
  /** Under the title, smaller; or null. */
  subtitle: Field | null;
  /** «شماره، تاریخ، پیوست». What is null is a place to write in by hand. */
  registry: { number: string | null; day: string | null; attachments: string | null };
  /** The picture of the office, PNG or JPEG; without one the star of the house stands in its place. */
  emblem: Uint8Array | null;
}

/** One entry of the grid of facts; shares are of the width of the grid. */
export interface Fact {
  label: string;
  value: Field;
  share: number;
}

/** A box to sign in; with a place for the stamp when it is an institute or an office that signs. */
export interface Signature {
  label: string;
  stamped?: boolean;
  /** Lines to write on, one for each word: «تاریخ», «ساعت». */
  lines?: string[];
}

export interface FormOptions extends PaperOptions {
  /** Without colours, for a laser printer. */
  grey: boolean;
  head: FormHead;
  facts: Fact[][];
  /** What the letters and signs on the paper mean; at the foot of every page, or null. */
  legend: Field | null;
  /** A paper of many that are handed out one by one has no page numbers. */
  numbered: boolean;
}

/** No laser printer reaches the outer 5 mm. */
const MARGIN = mm(9);
const HEAD = 62;
const EMBLEM = 17;
const FOOT = 15;
const SIGNATURE = mm(21);

/** A paper with the furniture of the house: letterhead, facts, foot and places to sign are the same on all of them. */
export class Form {
  readonly paper: Paper;
  readonly inks: Inks;
  /** What is between the margins, and between head and foot. */
  readonly left = MARGIN;
  readonly right: number;
  readonly width: number;
  readonly bottom: number;

  constructor(private readonly options: FormOptions) {
    this.paper = new Paper(options);
    this.inks = inksFor(options.grey);
    this.right = this.paper.width - MARGIN;
    this.width = this.right - this.left;
    this.bottom = this.paper.height - MARGIN - FOOT - 5;
  }

  /** Makes a page with head, facts and foot. @returns where its free area begins */
  nextPage(facts: Fact[][] = this.options.facts): number {
    this.paper.addPage();
    this.paper.layWatermark();
    this.drawHead();
    this.drawFoot();
    const top = MARGIN + HEAD + 7;
    return facts.length === 0 ? top : drawFacts(this, facts, top) + 6;
  }

  /** Sets a text of several lines from here on. @returns where it ends @throws TextDoesNotFit */
  paragraph(place: string, field: Field, y: number, style: Style): number {
    const { lines, size, leading } = fit(place, field, { width: this.width, height: this.bottom - y }, style);
    const height = lines.length * size * leading;
    this.paper.put({ lines, size, leading }, { x: this.left, y, width: this.width, height }, style);
    return y + height;
  }

  /** Boxes to sign in, side by side from the right. They stay together: where they do not fit, a page is made. */
  signatures(y: number, places: Signature[], height = SIGNATURE): number {
    const top = y + 6 + height > this.bottom ? this.nextPage() : y + 6;
    const gap = 6;
    const width = (this.width - gap * (places.length - 1)) / places.length;
    for (const [at, place] of places.entries()) {
      const x = this.right - width - at * (width + gap);
      this.drawSignature(place, { x, y: top, width, height });
    }
    return top + height;
  }

  /** The file, its pages numbered. */
  bytes(): Promise<Uint8Array> {
    if (this.options.numbered) {
      const y = this.paper.height - MARGIN - FOOT + 2;
      const box = { x: this.left, y, width: 90, height: FOOT - 2 };
      this.paper.numberPages(box, { size: 8, align: 'left', colour: this.inks.quiet });
    }
    return this.paper.bytes();
  }

  private drawHead(): void {
    const { issuers, title, subtitle, registry, emblem } = this.options.head;
    const { paper, inks } = this;
    const side = this.width * 0.355;
    if (emblem) {
      const box = { x: this.right - 2 * EMBLEM, y: MARGIN + 5, width: 2 * EMBLEM, height: 2 * EMBLEM };
      paper.picture('emblem', emblem, box, `نشان ${issuers[0]}`);
    } else drawStar(this, this.right - EMBLEM, MARGIN + EMBLEM + 5);
    const names = { x: this.right - side, width: side - 2 * EMBLEM - 6 };
    const height = (HEAD - 6) / Math.max(2, issuers.length);
    const first = MARGIN + (HEAD - 4 - issuers.length * height) / 2;
    for (const [at, issuer] of issuers.entries()) {
      const last = at === issuers.length - 1;
      const colour = last ? inks.text : inks.quiet;
      const style: Style = { size: 9, floor: 6, lines: 2, leading: 1.45, wrap: 'early', colour };
      paper.text(
        'issuer',
        fa(issuer),
        { ...names, y: first + at * height, height },
        { ...style, face: last ? 'bold' : 'regular' },
      );
    }
    const middle = { x: this.left + side + 4, width: this.width - 2 * side - 8 };
    const quiet: Style = { size: 8.5, floor: 6, align: 'centre', colour: inks.quiet };
    paper.text('opening', fa('بسمه تعالی'), { ...middle, y: MARGIN, height: 12 }, quiet);
    const room = HEAD - 18 - (subtitle ? 14 : 0);
    const large: Style = { face: 'bold', size: 15, floor: 9, lines: 2, leading: 1.45, align: 'centre' };
    paper.text('title', title, { ...middle, y: MARGIN + 12, height: room }, { ...large, colour: inks.accent });
    if (subtitle) paper.text('subtitle', subtitle, { ...middle, y: MARGIN + 12 + room, height: 14 }, quiet);
    drawRegistry(this, registry, { x: this.left, y: MARGIN + 1, width: Math.min(side, 155), height: HEAD - 8 });
    paper.pdf
      .lineWidth(1.2)
      .moveTo(this.left, MARGIN + HEAD)
      .lineTo(this.right, MARGIN + HEAD)
      .stroke(inks.accent);
    paper.pdf
      .lineWidth(0.5)
      .moveTo(this.left, MARGIN + HEAD + 2.2)
      .lineTo(this.right, MARGIN + HEAD + 2.2)
      .stroke(this.options.grey ? inks.accent : '#c98a1b');
  }

  private drawFoot(): void {
    const y = this.paper.height - MARGIN - FOOT;
    if (!this.options.legend && !this.options.numbered) return;
    this.paper.pdf.lineWidth(0.5).moveTo(this.left, y).lineTo(this.right, y).stroke(this.inks.line);
    const { legend } = this.options;
    if (!legend) return;
    const box = { x: this.left + 96, y: y + 2, width: this.width - 96, height: FOOT - 2 };
    this.paper.text('legend', legend, box, { size: 8, floor: 5.5, colour: this.inks.quiet });
  }

  private drawSignature({ label, stamped, lines = [] }: Signature, { x, y, width, height }: Box): void {
    const { paper, inks } = this;
    paper.pdf.lineWidth(0.6).rect(x, y, width, height).stroke(inks.line);
    const inner = { x: x + 5, width: width - 10 };
    paper.text(
      label,
      fa(label),
      { ...inner, y: y + 2, height: 14 },
      { size: 8.5, floor: 6, lines: 2, leading: 1.3, colour: inks.quiet },
    );
    if (stamped) {
      const radius = (height - 22) / 2;
      paper.pdf.lineWidth(0.5).dash(2, { space: 2.5 });
      paper.pdf
        .circle(x + 8 + radius, y + 18 + radius, radius)
        .stroke(inks.line)
        .undash();
      const box = { x: x + 8, y: y + 18 + radius - 6, width: 2 * radius, height: 12 };
      paper.text('stamp', fa('مهر'), box, { size: 7, align: 'centre', colour: inks.line });
    }
    // Two words stand side by side where there are more lines than the box has room for.
    const across = lines.length > 2 ? 2 : 1;
    const down = (height - 18) / Math.ceil(lines.length / across);
    const part = (inner.width - 6 * (across - 1)) / across;
    for (const [at, word] of lines.entries()) {
      const start = inner.x + inner.width - part - (at % across) * (part + 6);
      const top = y + 16 + Math.floor(at / across) * down + (down - 14) / 2;
      writingLine(this, fa(word), { x: start, width: part, y: top, height: 13 });
    }
  }
}

/** A word and a line behind it to write on. */
function writingLine({ paper, inks }: Form, word: Field, { x, y, width, height }: Box): void {
  const style: Style = { size: 8, colour: inks.quiet };
  const taken = widthOf(word, style) + 4;
  paper.text('word', word, { x: x + width - taken, y, width: taken, height }, style);
  paper.pdf
    .lineWidth(0.5)
    .dash(0.8, { space: 1.6 })
    .moveTo(x, y + height - 1.5)
    .lineTo(x + width - taken - 2, y + height - 1.5)
    .stroke(inks.line)
    .undash();
}

/** The star of the house, in outline. */
function drawStar({ paper, inks }: Form, x: number, y: number): void {
  for (const radius of [EMBLEM, EMBLEM * 0.62]) {
    const inner = radius * Math.sqrt(2 - Math.SQRT2);
    for (let at = 0; at <= 16; at++) {
      const angle = (at * Math.PI) / 8;
      const far = at % 2 ? inner : radius;
      const [px, py] = [x + far * Math.sin(angle), y - far * Math.cos(angle)];
      if (at === 0) paper.pdf.moveTo(px, py);
      else paper.pdf.lineTo(px, py);
    }
    paper.pdf.lineWidth(0.8).stroke(inks.accent);
  }
}

function drawRegistry(form: Form, { number, day, attachments }: FormHead['registry'], box: Box): void {
  const { paper, inks } = form;
  const rows: [string, Field | null][] = [
    ['شماره', number === null ? null : code(toPersianDigits(number))],
    ['تاریخ', day === null ? null : date(formatJalali(day))],
    ['پیوست', attachments === null ? null : fa(attachments)],
  ];
  const height = box.height / rows.length;
  for (const [at, [label, value]] of rows.entries()) {
    const row = { x: box.x, y: box.y + at * height, width: box.width, height: height - 3 };
    const name = line`${fa(label)}:`;
    if (!value) {
      writingLine(form, name, row);
      continue;
    }
    const style: Style = { size: 8.5, colour: inks.quiet };
    const taken = widthOf(name, style) + 4;
    paper.text(label, name, { ...row, x: row.x + row.width - taken, width: taken }, style);
    paper.text(label, value, { ...row, width: row.width - taken }, { size: 9, floor: 5.5, colour: inks.text });
  }
}

/** A framed grid of labels with their values. @returns where it ends */
function drawFacts({ paper, inks, left, right, width }: Form, rows: Fact[][], top: number): number {
  const label: Style = { size: 8, colour: inks.quiet };
  const value: Style = { size: 8.75, floor: 6, lines: 3, leading: 1.4, colour: inks.text };
  let y = top;
  for (const row of rows) {
    let x = right;
    const cells = row.map((fact) => {
      const name = line`${fa(fact.label)}:`;
      const taken = widthOf(name, label) + 4;
      const room = fact.share * width;
      const box = { x: (x -= room), width: room };
      const fitted = fit(fact.label, fact.value, { width: room - taken - 9, height: Infinity }, value);
      return { name, taken, box, fitted };
    });
    const height = Math.max(
      16,
      ...cells.map(({ fitted: { lines, size, leading } }) => lines.length * size * leading + 3),
    );
    for (const { name, taken, box, fitted } of cells) {
      const edge = box.x + box.width - 4;
      paper.text('label', name, { x: edge - taken, y, width: taken, height }, label);
      paper.put(fitted, { x: box.x + 4, y, width: box.width - taken - 9, height }, value);
      if (box.x > left + 1)
        paper.pdf
          .lineWidth(0.4)
          .moveTo(box.x, y)
          .lineTo(box.x, y + height)
          .stroke(inks.line);
    }
    y += height;
    if (row !== rows.at(-1)) paper.pdf.lineWidth(0.4).moveTo(left, y).lineTo(right, y).stroke(inks.line);
  }
  paper.pdf
    .lineWidth(0.6)
    .rect(left, top, width, y - top)
    .stroke(inks.line);
  return y;
}

/** A place to glue a photograph of 3 x 4 cm on, its top left corner at x, y. */
export function drawPhotoPlace(paper: Paper, inks: Inks, x: number, y: number): void {
  paper.pdf.lineWidth(0.6).rect(x, y, PHOTO.width, PHOTO.height).stroke(inks.line);
  const style: Style = { size: 8, align: 'centre', colour: inks.quiet };
  for (const [at, words] of ['محل الصاق عکس', '۳ در ۴ سانتی‌متر'].entries()) {
    const box = { x: x + 4, y: y + PHOTO.height / 2 - 14 + at * 14, width: PHOTO.width - 8, height: 14 };
    paper.text('photograph', fa(words), box, style);
  }
}
