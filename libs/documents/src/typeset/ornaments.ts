import { A4_LANDSCAPE } from './page-size.js';
import type { Canvas } from './pen.js';

/** The colours of the house, as on its screens. */
export const INKS = {
  text: '#221e17',
  quiet: '#655b4b',
  line: '#a79c89',
  indigo: '#162c4c',
  blue: '#264a7d',
  sky: '#6f8fbd',
  gold: '#c98a1b',
  wool: '#d9cdb8',
  madder: '#8f2f2a',
} as const;

const { width: WIDTH, height: HEIGHT } = A4_LANDSCAPE;
const OUTER = 13.5;
const BAND = 39;
const INNER = OUTER + BAND;
/** One knot of the weave. */
const KNOT = 2.25;

/** The field inside the frame that is free for text. */
export const CERTIFICATE_FIELD = { x: 57, y: 57, width: WIDTH - 114, height: HEIGHT - 114 } as const;

/** An indigo kilim band around the page, of stepped diamonds in gold and wool with small crosses between them. */
export function drawKilimFrame(canvas: Canvas): void {
  const { pdf } = canvas;
  pdf.rect(OUTER, OUTER, WIDTH - 2 * OUTER, HEIGHT - 2 * OUTER);
  pdf.rect(INNER, INNER, WIDTH - 2 * INNER, HEIGHT - 2 * INNER).fill(INKS.indigo, 'even-odd');
  for (const [inset, width, colour] of [
    [15.75, 1.5, INKS.gold],
    [49.9, 1.5, INKS.gold],
    [57, 0.75, INKS.indigo],
  ] as const) {
    pdf
      .lineWidth(width)
      .rect(inset, inset, WIDTH - 2 * inset, HEIGHT - 2 * inset)
      .stroke(colour);
  }
  const middle = OUTER + BAND / 2;
  const row = steps(middle, WIDTH - middle, 20);
  const column = steps(middle, HEIGHT - middle, 14);
  for (const [at, x] of row.entries()) for (const y of [middle, HEIGHT - middle]) drawDiamond(canvas, x, y, at);
  for (const [at, y] of column.entries()) {
    if (at > 0 && at < column.length - 1) for (const x of [middle, WIDTH - middle]) drawDiamond(canvas, x, y, at);
  }
  pdf.fillColor(INKS.sky);
  for (const x of between(row))
    for (const y of [middle, HEIGHT - middle]) for (const side of [-7, 7]) cross(canvas, x, y + side);
  for (const y of between(column))
    for (const x of [middle, WIDTH - middle]) for (const side of [-7, 7]) cross(canvas, x + side, y);
}

const steps = (from: number, to: number, count: number) =>
  Array.from({ length: count + 1 }, (_, at) => from + ((to - from) * at) / count);

const between = (places: number[]) => places.slice(1).map((place, at) => (place + places[at]!) / 2);

const cross = (canvas: Canvas, x: number, y: number) => canvas.stamp('cross', () => stepped(1), x, y);

function drawDiamond(canvas: Canvas, x: number, y: number, at: number): void {
  const gold = at % 2 === 0;
  for (const [name, radius, colour] of [
    ['diamond', 5, gold ? INKS.gold : INKS.wool],
    ['ground', 3, INKS.indigo],
    ['cross', 1, gold ? INKS.madder : INKS.blue],
  ] as const) {
    canvas.pdf.fillColor(colour);
    canvas.stamp(name, () => stepped(radius), x, y);
  }
}

/** A diamond of knots in rows that grow by one knot on each side. */
function stepped(radius: number): string {
  const rows = Array.from({ length: 2 * radius + 1 }, (_, at) => {
    const half = (radius - Math.abs(at - radius) + 0.5) * KNOT;
    const y = (at - radius - 0.5) * KNOT;
    return `${(-half).toFixed(3)} ${y.toFixed(3)} ${(2 * half).toFixed(3)} ${KNOT} re`;
  });
  return `${rows.join('\n')}\nf`;
}

const TILE = 63;

/** Faint stars and crosses that grow paler towards the middle, where the text stands. */
export function drawStarField(canvas: Canvas): void {
  const { x, y, width, height } = CERTIFICATE_FIELD;
  canvas.pdf.save().rect(x, y, width, height).clip().lineWidth(0.75);
  const across = Math.ceil(width / TILE / 2);
  const down = Math.ceil(height / TILE / 2);
  for (let column = -across; column <= across; column++) {
    for (let line = -down; line <= down; line++) {
      faintStar(canvas, 'star', 30, column * TILE, line * TILE);
      faintStar(canvas, 'small-star', 10.5, (column + 0.5) * TILE, (line + 0.5) * TILE);
    }
  }
  canvas.pdf.restore();
}

function faintStar(canvas: Canvas, name: string, radius: number, dx: number, dy: number): void {
  const away = Math.hypot(dx / (WIDTH * 0.5), dy / (HEIGHT * 0.56));
  const strength = Math.min(1, (away - 0.62) / 0.4);
  if (strength <= 0) return;
  canvas.pdf.strokeColor(mixed([228, 218, 200], strength));
  canvas.stamp(name, () => `${star(radius)}\ns`, WIDTH / 2 + dx, HEIGHT / 2 + dy);
}

const mixed = (colour: number[], strength: number) =>
  `#${colour
    .map((part) =>
      Math.round(255 + (part - 255) * strength)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;

/** The eight-pointed star with a knot in it: the mark of the house and the seal of its papers. */
export function drawStarSeal(canvas: Canvas, x: number, y: number, radius: number): void {
  const { pdf } = canvas;
  for (const [name, share, colour] of [
    ['seal', 1, INKS.indigo],
    ['seal-ring', 0.78, INKS.gold],
    ['seal-ground', 0.67, INKS.indigo],
  ] as const) {
    pdf.fillColor(colour);
    canvas.stamp(name, () => `${star(radius * share)}\nf`, x, y);
  }
  pdf.fillColor('#fbf9f5');
  canvas.stamp('seal-knot', () => stepped(3), x, y);
  pdf.fillColor(INKS.madder);
  cross(canvas, x, y);
}

/** Two squares, one on its corner: sixteen points on two circles. */
function star(radius: number): string {
  const inner = radius * Math.sqrt(2 - Math.SQRT2);
  const points = Array.from({ length: 16 }, (_, at) => {
    const angle = (at * Math.PI) / 8;
    const far = at % 2 ? inner : radius;
    return `${(far * Math.sin(angle)).toFixed(2)} ${(-far * Math.cos(angle)).toFixed(2)} ${at ? 'l' : 'm'}`;
  });
  return `${points.join('\n')}\nh`;
}

/** A quiet frame for every printer: two hairlines, and a knot at each corner. */
export function drawSoberFrame(canvas: Canvas): void {
  const { pdf, width, height } = canvas;
  for (const [inset, line, colour] of [
    [28, 1.25, INKS.indigo],
    [33, 0.5, INKS.line],
  ] as const) {
    pdf
      .lineWidth(line)
      .rect(inset, inset, width - 2 * inset, height - 2 * inset)
      .stroke(colour);
  }
  for (const x of [33, width - 33]) {
    for (const y of [33, height - 33]) {
      pdf.fillColor('#ffffff');
      canvas.stamp('corner-ground', () => stepped(5), x, y);
      pdf.fillColor(INKS.indigo);
      canvas.stamp('corner', () => stepped(3), x, y);
      pdf.fillColor('#ffffff');
      cross(canvas, x, y);
    }
  }
}
