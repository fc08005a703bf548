import { figure } from './glyph-numbers.js';

/**
 * What is painted on one page, as operators. All of it is marked, as programs that read a page aloud need it: a text by
 * its number in the structure of the paper, everything else as ornament.
 */
export class Content {
  private painted: string;
  private ornament = false;

  /** Our pages are measured from the top left corner, those of a PDF from the bottom. */
  constructor(height: number) {
    this.painted = `1 0 0 -1 0 ${figure(height)} cm\n`;
  }

  /** Moves all that follows. */
  move(operators: string): void {
    this.painted += `${operators}\n`;
  }

  /** Paints what says nothing: lines, fills, borders. */
  addOrnament(operators: string): void {
    if (!this.ornament) this.painted += '/Artifact BMC\n';
    this.ornament = true;
    this.painted += `${operators}\n`;
  }

  /** Paints a piece of the paper. */
  addPiece(role: string, mark: number, operators: string): void {
    this.endOrnament();
    this.painted += `/${role}<</MCID ${mark}>>BDC\n${operators}\nEMC\n`;
  }

  /** Paints what stands on every page and is not read again: its number, a repeated head. */
  addFurniture(operators: string): void {
    this.endOrnament();
    this.painted += `/Artifact<</Type/Pagination>>BDC\n${operators}\nEMC\n`;
  }

  private endOrnament(): void {
    if (this.ornament) this.painted += 'EMC\n';
    this.ornament = false;
  }

  /** All of it. */
  get operators(): string {
    this.endOrnament();
    return this.painted;
  }
}

/** `#rrggbb` as the three numbers of an operator. */
export function rgb(colour: string): string {
  let numbers = colours.get(colour);
  if (numbers === undefined) {
    numbers = [1, 3, 5]
      .map((at) => String(Math.round((parseInt(colour.slice(at, at + 2), 16) / 255) * 1000) / 1000))
      .join(' ');
    colours.set(colour, numbers);
  }
  return numbers;
}

const colours = new Map<string, string>();
