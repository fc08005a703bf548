import type { FontsInUse } from '../pdf/common.js';
import { rgb } from './content.js';
import { face, type FaceName } from './face.js';
import type { Field } from './field.js';
import { fit, type Box, type Fitted, type Style } from './fit.js';
import { figure } from './glyph-numbers.js';
import { oneLine, type Line } from './line.js';
import { outlineOf } from './outline.js';

/** Turns texts and their places into operators. Points, measured from the top left corner. */
export class Painter {
  constructor(private readonly fonts: FontsInUse) {}

  /** A field set into its box, in the middle of its height. @throws TextDoesNotFit, MissingGlyph */
  text(place: string, field: Field, box: Box, style: Style): string {
    const fitted = fit(place, field, box, style);
    return style.face === 'nastaliq' ? this.title(field, fitted, box, style) : this.fitted(fitted, box, style);
  }

  /** One line as shapes, with the same words unseen over them in the text face, for those who search and copy. */
  private title(field: Field, { lines, size }: Fitted, box: Box, style: Style): string {
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

  /** A text that is fitted already. */
  fitted({ lines, size, leading }: Fitted, box: Box, style: Style): string {
    const { face: name = 'regular', align = 'right', colour = '#000000' } = style;
    const letters = face(name);
    const scale = size / letters.unitsPerEm;
    const top = box.y + (box.height - lines.length * size * leading) / 2;
    const baseline = top + (size * leading - (letters.ascent + letters.descent) * scale) / 2 + letters.ascent * scale;
    const head = `BT/${this.fonts.key(name)} 1 Tf ${rgb(colour)} rg`;
    const operators: string[] = [];
    for (let at = 0; at < lines.length; at++) {
      const set = lines[at]!;
      const wide = align === 'justify' && at < lines.length - 1;
      const x = wide ? box.x : box.x + startOf(align, box.width, set.width * scale);
      const wider = wide ? set.widening(box.width / scale, letters.unitsPerEm) : '';
      const middle = this.fonts.operators(name, set, wider);
      operators.push(
        `${head} ${figure(size)} 0 0 ${figure(-size)} ${figure(x)} ${figure(baseline + at * size * leading)} Tm[${middle}]TJ ET`,
      );
    }
    return operators.join('\n');
  }

  /** The name of a face's font on the page, and a line as the middle of a TJ operator's array. */
  font(name: FaceName): string {
    return this.fonts.key(name);
  }

  line(name: FaceName, set: Line): string {
    return this.fonts.operators(name, set);
  }

  /** One line that reads from the bottom of the box to its top, in the middle of both sides. */
  upright(place: string, field: Field, box: Box, style: Style): string {
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
}

function startOf(align: Style['align'], room: number, width: number): number {
  if (align === 'left') return 0;
  return align === 'centre' ? (room - width) / 2 : room - width;
}
