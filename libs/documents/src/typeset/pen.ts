import PDFDocument from 'pdfkit';

/** Draws shapes: a path, then how it is painted. Each answers the pen itself. */
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
  /** Operators of a PDF as they stand. */
  addContent(operators: string): Pen;
}

/** Where art is drawn: on a page of a paper, or into the part of a template that is drawn once. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly pdf: Pen;
  /**
   * Draws a piece of art that is stored once however often it is used. Its operators may leave the colour to the place.
   * @param operators gives PDF path operators around 0, 0; asked once
   */
  stamp(name: string, operators: () => string, x: number, y: number): void;
}

/**
 * A pen of pdfkit whose operators go where `write` brings them; of pdfkit's own document nothing is kept.
 *
 * @param ink the colour in place of one that is asked for
 */
export function penOf(write: (operators: string) => void, ink = (colour: string) => colour): Pen {
  // Without an empty font pdfkit loads Helvetica.
  const pdf = new PDFDocument({ autoFirstPage: false, font: '' });
  const { fillColor, strokeColor } = pdf;
  return Object.assign(pdf, {
    fillColor: (colour: string) => fillColor.call(pdf, ink(colour)),
    strokeColor: (colour: string) => strokeColor.call(pdf, ink(colour)),
    addContent(operators: string) {
      write(operators);
      return pdf;
    },
  }) as unknown as Pen;
}
