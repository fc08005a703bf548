import { figure } from '../typeset/glyph-numbers.js';
import { drawKilimFrame, drawStarField, drawSoberFrame } from '../typeset/ornaments.js';
import { penOf, type Canvas, type Pen } from '../typeset/pen.js';

/** The frames a template can ask for. */
const ARTS = {
  /** A kilim band around a field of faint stars. */
  naqsh: (canvas: Canvas) => {
    drawStarField(canvas);
    drawKilimFrame(canvas);
  },
  /** Two hairlines with a knot at each corner. */
  sober: drawSoberFrame,
};

export type ArtName = keyof typeof ARTS;

/** Draws the frame of this name. */
export const drawArt = (name: ArtName, canvas: Canvas) => ARTS[name](canvas);

/** A canvas that keeps what is drawn on it as operators. */
export class Recording implements Canvas {
  readonly pdf: Pen;
  readonly forms = new Map<string, string>();

  constructor(
    readonly width: number,
    readonly height: number,
    private readonly write: (operators: string) => void,
    ink: (colour: string) => string,
  ) {
    this.pdf = penOf(write, ink);
  }

  stamp(name: string, operators: () => string, x: number, y: number): void {
    if (!this.forms.has(name)) this.forms.set(name, operators());
    this.write(`q 1 0 0 1 ${figure(x)} ${figure(y)} cm/${name} Do Q`);
  }
}
