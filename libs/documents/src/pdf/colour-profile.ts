/**
 * The colour space sRGB as an ICC profile of version 4, made from its definition (IEC 61966-2-1): primaries and white
 * adapted to D50 by Bradford, and its curve as a formula. PDF/A asks that a file say what its red, green and blue are.
 */
export function colourProfile(): Buffer {
  const curve = parametric([2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045]);
  const tags: [name: string, data: Buffer][] = [
    ['desc', words('sRGB')],
    ['cprt', words('CC0')],
    ['wtpt', xyz(0.9642, 1, 0.8249)],
    ['chad', fixed('sf32', [1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168])],
    ['rXYZ', xyz(0.43607, 0.22249, 0.01392)],
    ['gXYZ', xyz(0.38515, 0.71687, 0.09708)],
    ['bXYZ', xyz(0.14307, 0.06061, 0.7141)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  const table = Buffer.alloc(4 + 12 * tags.length);
  table.writeUInt32BE(tags.length);
  const placed = new Map<Buffer, number>();
  const body: Buffer[] = [];
  let at = HEADER + table.length;
  for (const [index, [name, data]] of tags.entries()) {
    let offset = placed.get(data);
    if (offset === undefined) {
      placed.set(data, (offset = at));
      body.push(data);
      at += data.length;
    }
    table.write(name, 4 + 12 * index, 'latin1');
    table.writeUInt32BE(offset, 8 + 12 * index);
    table.writeUInt32BE(data.length, 12 + 12 * index);
  }
  return Buffer.concat([header(at), table, ...body]);
}

const HEADER = 128;

function header(size: number): Buffer {
  const bytes = Buffer.alloc(HEADER);
  bytes.writeUInt32BE(size, 0);
  bytes.writeUInt32BE(0x04_20_00_00, 8);
  bytes.write('mntrRGB XYZ ', 12, 'latin1');
  for (const [index, part] of [2026, 1, 1, 0, 0, 0].entries()) bytes.writeUInt16BE(part, 24 + 2 * index);
  bytes.write('acsp', 36, 'latin1');
  xyz(0.9642, 1, 0.8249).copy(bytes, 68, 8);
  return bytes;
}

/** Numbers of sixteen bits before the point and sixteen after it. */
function fixed(type: string, numbers: number[]): Buffer {
  const bytes = Buffer.alloc(8 + 4 * numbers.length);
  bytes.write(type, 'latin1');
  for (const [index, number] of numbers.entries()) bytes.writeInt32BE(Math.round(number * 65_536), 8 + 4 * index);
  return bytes;
}

const xyz = (...numbers: number[]) => fixed('XYZ ', numbers);

function parametric(numbers: number[]): Buffer {
  const bytes = Buffer.concat([Buffer.from('para\0\0\0\0\0\x03\0\0', 'latin1'), fixed('', numbers).subarray(8)]);
  return bytes;
}

/** A text in one language, filled up to a multiple of four bytes. */
function words(text: string): Buffer {
  const bytes = Buffer.alloc(28 + Math.ceil((2 * text.length) / 4) * 4);
  bytes.write('mluc', 'latin1');
  bytes.writeUInt32BE(1, 8);
  bytes.writeUInt32BE(12, 12);
  bytes.write('enUS', 16, 'latin1');
  bytes.writeUInt32BE(2 * text.length, 20);
  bytes.writeUInt32BE(28, 24);
  Buffer.from(text, 'utf16le').swap16().copy(bytes, 28);
  return bytes;
}
