/** What a PDF must say of a font, and the outlines of its glyphs, read from a TrueType file. */
export class FontFile {
  readonly unitsPerEm: number;
  readonly bounds: number[];
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
  readonly postscriptName: string;
  private readonly tables = new Map<string, DataView>();
  private readonly longOffsets: boolean;

  constructor(readonly bytes: Uint8Array) {
    const file = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 12; at < 12 + 16 * file.getUint16(4); at += 16) {
      const tag = Buffer.from(bytes.subarray(at, at + 4)).toString('latin1');
      this.tables.set(
        tag,
        new DataView(bytes.buffer, bytes.byteOffset + file.getUint32(at + 8), file.getUint32(at + 12)),
      );
    }
    const head = this.table('head');
    this.unitsPerEm = head.getUint16(18);
    this.bounds = [36, 38, 40, 42].map((at) => head.getInt16(at));
    this.longOffsets = head.getInt16(50) === 1;
    this.ascent = this.table('hhea').getInt16(4);
    this.descent = -this.table('hhea').getInt16(6);
    // An older table does not say how high its capitals are.
    this.capHeight = this.table('OS/2').byteLength >= 90 ? this.table('OS/2').getInt16(88) : this.ascent;
    this.postscriptName = this.nameOf(6);
  }

  private table(tag: string): DataView {
    const table = this.tables.get(tag);
    if (!table) throw new Error(`The font has no table ${tag}.`);
    return table;
  }

  private nameOf(id: number): string {
    const names = this.table('name');
    const text = names.getUint16(4);
    for (let at = 6; at < 6 + 12 * names.getUint16(2); at += 12) {
      if (names.getUint16(at) !== 3 || names.getUint16(at + 6) !== id) continue;
      const from = names.byteOffset + text + names.getUint16(at + 10);
      const utf16 = Buffer.from(this.bytes.buffer, from, names.getUint16(at + 8));
      return Buffer.from(utf16).swap16().toString('utf16le');
    }
    throw new Error(`The font has no name ${id}.`);
  }

  /** The outline of a glyph as the path of an SVG: M, L, Q and Z. */
  outline(glyph: number): string {
    return this.contours(glyph).map(pathOf).join('');
  }

  private contours(glyph: number): Point[][] {
    const loca = this.table('loca');
    const offset = (of: number) => (this.longOffsets ? loca.getUint32(4 * of) : 2 * loca.getUint16(2 * of));
    if (offset(glyph) === offset(glyph + 1)) return [];
    const glyf = this.table('glyf');
    const data = new DataView(glyf.buffer, glyf.byteOffset + offset(glyph));
    return data.getInt16(0) >= 0 ? simple(data) : this.composite(data);
  }

  private composite(data: DataView): Point[][] {
    const contours: Point[][] = [];
    for (let at = 10, flags = MORE; flags & MORE;) {
      flags = data.getUint16(at);
      const part = this.contours(data.getUint16(at + 2));
      const words = flags & WORDS;
      const dx = words ? data.getInt16(at + 4) : data.getInt8(at + 4);
      const dy = words ? data.getInt16(at + 6) : data.getInt8(at + 5);
      at += words ? 8 : 6;
      const next = () => data.getInt16((at += 2) - 2) / 16_384;
      let [a, b, c, d] = [1, 0, 0, 1];
      if (flags & ONE_SCALE) a = d = next();
      else if (flags & TWO_SCALES) [a, d] = [next(), next()];
      else if (flags & FOUR_SCALES) [a, b, c, d] = [next(), next(), next(), next()];
      const moved = ({ x, y, on }: Point) => ({ x: a * x + c * y + dx, y: b * x + d * y + dy, on });
      contours.push(...part.map((points) => points.map(moved)));
    }
    return contours;
  }
}

const [WORDS, ONE_SCALE, MORE, TWO_SCALES, FOUR_SCALES] = [0x1, 0x8, 0x20, 0x40, 0x80];
const [ON_CURVE, SHORT_X, SHORT_Y, REPEATED, SAME_X, SAME_Y] = [0x1, 0x2, 0x4, 0x8, 0x10, 0x20];

interface Point {
  x: number;
  y: number;
  /** On the curve, or pulling it. */
  on: boolean;
}

function simple(data: DataView): Point[][] {
  const count = data.getInt16(0);
  const ends = Array.from({ length: count }, (_, at) => data.getUint16(10 + 2 * at));
  const total = (ends.at(-1) ?? -1) + 1;
  let at = 10 + 2 * count;
  at += 2 + data.getUint16(at);
  const flags: number[] = [];
  while (flags.length < total) {
    const flag = data.getUint8(at++);
    const times = flag & REPEATED ? data.getUint8(at++) : 0;
    for (let again = 0; again <= times; again++) flags.push(flag);
  }
  const along = (short: number, same: number) => {
    let value = 0;
    return flags.map((flag) => {
      if (flag & short) value += flag & same ? data.getUint8(at++) : -data.getUint8(at++);
      else if (!(flag & same)) value += data.getInt16((at += 2) - 2);
      return value;
    });
  };
  const xs = along(SHORT_X, SAME_X);
  const ys = along(SHORT_Y, SAME_Y);
  const points = flags.map((flag, index): Point => ({ x: xs[index]!, y: ys[index]!, on: (flag & ON_CURVE) !== 0 }));
  return ends.map((end, index) => points.slice(index ? ends[index - 1]! + 1 : 0, end + 1));
}

const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, on: true });

/** Between two points off the curve lies one on it, which the file leaves out. */
function pathOf(points: Point[]): string {
  if (points.length === 0) return '';
  const first = points.findIndex(({ on }) => on);
  const turned = first < 0 ? points : [...points.slice(first), ...points.slice(0, first)];
  const start = first < 0 ? middle(points.at(-1)!, points[0]!) : turned.shift()!;
  let path = `M${start.x},${start.y}`;
  let control: Point | null = null;
  for (const point of [...turned, start]) {
    if (control) {
      const to: Point = point.on ? point : middle(control, point);
      path += `Q${control.x},${control.y} ${to.x},${to.y}`;
    } else if (point.on) path += `L${point.x},${point.y}`;
    control = point.on ? null : point;
  }
  return `${path}Z`;
}
