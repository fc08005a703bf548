/** What a TrueType font program says of its glyphs; bytes as characters. */
export class FontProgram {
  private readonly bytes: Buffer;
  private readonly tables = new Map<string, number>();
  readonly unitsPerEm: number;
  readonly glyphs: number;
  private readonly measured: number;

  constructor(program: string) {
    this.bytes = Buffer.from(program, 'latin1');
    for (let at = 0; at < this.bytes.readUInt16BE(4); at++) {
      const row = 12 + 16 * at;
      this.tables.set(this.bytes.toString('latin1', row, row + 4), this.bytes.readUInt32BE(row + 8));
    }
    this.unitsPerEm = this.bytes.readUInt16BE(this.table('head') + 18);
    this.glyphs = this.bytes.readUInt16BE(this.table('maxp') + 4);
    this.measured = this.bytes.readUInt16BE(this.table('hhea') + 34);
    for (const name of ['glyf', 'loca', 'hmtx']) this.table(name);
  }

  /** In thousandths of the size. */
  width(glyph: number): number {
    const at = this.table('hmtx') + 4 * Math.min(glyph, this.measured - 1);
    return (this.bytes.readUInt16BE(at) * 1000) / this.unitsPerEm;
  }

  private table(name: string): number {
    const at = this.tables.get(name);
    if (at === undefined) throw new Error(`the font program has no table ${name}`);
    return at;
  }
}
