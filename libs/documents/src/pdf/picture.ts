import { crc32, inflateSync } from 'node:zlib';
import { UnusablePicture } from '../typeset/errors.js';
import type { Box } from '../typeset/fit.js';
import { figure } from '../typeset/glyph-numbers.js';
import type { PdfFile, Ref } from './pdf-file.js';

/** A picture that has been read: its size in pixels, and how it is written into a file. */
export interface Picture {
  width: number;
  height: number;
  write(file: PdfFile): Ref;
}

/** Where a picture stands in a box, as large as the box allows, in the middle of it and never out of shape. */
export function pictureIn(box: Box, picture: Picture): Box {
  const scale = Math.min(box.width / picture.width, box.height / picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  return { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height };
}

/** What draws a picture of the page's resources there. */
export const pictureOperators = (name: string, { x, y, width, height }: Box): string =>
  `q ${[width, 0, 0, -height, x, y + height].map(figure).join(' ')} cm/${name} Do Q`;

/** As much as a file of a paper should carry, and as much as is opened of a picture that says little of itself. */
const LARGEST_FILE = 2 * 1024 * 1024;
const LARGEST_SIDE = 3000;

/** Reads a PNG or JPEG. @throws UnusablePicture, which names the place */
export function readPicture(place: string, bytes: Uint8Array | null): Picture {
  if (!bytes || bytes.length === 0) throw new UnusablePicture(place, 'MISSING');
  if (bytes.length > LARGEST_FILE) throw new UnusablePicture(place, 'TOO_LARGE');
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  try {
    if (data.subarray(0, 8).equals(PNG)) return readPng(place, data);
    if (data.readUInt16BE() === START) return readJpeg(place, data);
  } catch (error) {
    if (error instanceof UnusablePicture) throw error;
    // Offsets and lengths that lie outside the file.
    throw new UnusablePicture(place, 'BROKEN');
  }
  throw new UnusablePicture(place, 'NOT_A_PICTURE');
}

const entries = (width: number, height: number, space: string) =>
  `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ColorSpace/${space}/BitsPerComponent 8`;

function checkSize(place: string, width: number, height: number): void {
  if (width === 0 || height === 0) throw new UnusablePicture(place, 'BROKEN');
  if (width > LARGEST_SIDE || height > LARGEST_SIDE) throw new UnusablePicture(place, 'TOO_LARGE');
}

const START = 0xffd8;
const END = 0xffd9;

/** A JPEG stands in the file as it is; only its size is looked up. */
function readJpeg(place: string, data: Buffer): Picture {
  if (data.lastIndexOf(Buffer.from([END >> 8, END & 0xff])) < 0) throw new UnusablePicture(place, 'BROKEN');
  for (let at = 2; ; at += 2 + data.readUInt16BE(at + 2)) {
    const marker = data.readUInt16BE(at);
    if (marker < 0xffc0 || marker === 0xffda) throw new UnusablePicture(place, 'BROKEN');
    if (marker > 0xffcf || marker === 0xffc4 || marker === 0xffc8 || marker === 0xffcc) continue;
    const [height, width, parts] = [data.readUInt16BE(at + 5), data.readUInt16BE(at + 7), data.readUInt8(at + 9)];
    checkSize(place, width, height);
    if (marker > 0xffc2 || (parts !== 1 && parts !== 3)) throw new UnusablePicture(place, 'UNSUPPORTED');
    const space = parts === 1 ? 'DeviceGray' : 'DeviceRGB';
    const write = (file: PdfFile) => file.rawStream(`${entries(width, height, space)}/Filter/DCTDecode`, data);
    return { width, height, write };
  }
}

const PNG = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
/** Numbers for a pixel, by the kind of colour. */
const CHANNELS: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

function readPng(place: string, data: Buffer): Picture {
  const chunks = chunksOf(place, data);
  const head = chunks.get('IHDR') ?? Buffer.alloc(0);
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const [depth = 0, kind = 0, , , interlaced] = head.subarray(8);
  checkSize(place, width, height);
  const channels = CHANNELS[kind];
  if (!channels || interlaced || ![1, 2, 4, 8, 16].includes(depth)) throw new UnusablePicture(place, 'UNSUPPORTED');
  const packed = Math.ceil((width * channels * depth) / 8);
  const rows = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0), { maxOutputLength: (packed + 1) * height });
  if (rows.length !== (packed + 1) * height) throw new UnusablePicture(place, 'BROKEN');
  const samples = samplesOf(unfiltered(rows, packed, Math.max(1, (channels * depth) / 8)), {
    ...{ width, height, channels, depth, packed },
  });
  const [palette, clear] = [chunks.get('PLTE'), chunks.get('tRNS')];
  const hasAlpha = kind === 4 || kind === 6;
  const colours = kind === 0 || kind === 4 ? 1 : 3;
  const pixels = width * height;
  const colour = Buffer.alloc(pixels * colours);
  const stretch = kind === 3 ? 1 : depth < 8 ? 255 / (2 ** depth - 1) : 1;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const from = pixel * channels;
    if (kind === 3) {
      const index = samples[from]!;
      if (!palette || index * 3 + 3 > palette.length) throw new UnusablePicture(place, 'BROKEN');
      for (let part = 0; part < 3; part++)
        colour[pixel * 3 + part] = onWhite(palette[index * 3 + part]!, clear?.[index] ?? 255);
      continue;
    }
    const alpha = hasAlpha ? samples[from + colours]! : 255;
    for (let part = 0; part < colours; part++)
      colour[pixel * colours + part] = onWhite(samples[from + part]! * stretch, alpha);
  }
  const space = colours === 1 ? 'DeviceGray' : 'DeviceRGB';
  return { width, height, write: (file) => file.stream(entries(width, height, space), colour) };
}

/** A colour as it is seen on paper: our rules want nothing transparent in a file, and printers mix it in many ways. */
const onWhite = (colour: number, alpha: number) => 255 + ((colour - 255) * alpha) / 255;

/** The chunks by name, those of the picture itself put together. Each proves itself by its sum. */
function chunksOf(place: string, data: Buffer): Map<string, Buffer> {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; ;) {
    const length = data.readUInt32BE(at);
    const name = data.toString('latin1', at + 4, at + 8);
    const body = data.subarray(at + 8, at + 8 + length);
    if (crc32(data.subarray(at + 4, at + 8 + length)) !== data.readUInt32BE(at + 8 + length)) {
      throw new UnusablePicture(place, 'BROKEN');
    }
    const known = name === 'IDAT' ? chunks.get(name) : undefined;
    chunks.set(name, known ? Buffer.concat([known, body]) : body);
    if (name === 'IEND') return chunks;
    at += 12 + length;
  }
}

/** Each row says what was taken off it: nothing, the pixel to the left, the one above, their mean, or the nearest. */
function unfiltered(rows: Buffer, packed: number, step: number): Buffer {
  const out = Buffer.alloc((rows.length / (packed + 1)) * packed);
  for (let row = 0; row * (packed + 1) < rows.length; row++) {
    const filter = rows[row * (packed + 1)]!;
    for (let at = 0; at < packed; at++) {
      const to = row * packed + at;
      const left = at >= step ? out[to - step]! : 0;
      const above = row ? out[to - packed]! : 0;
      const corner = row && at >= step ? out[to - packed - step]! : 0;
      out[to] = rows[row * (packed + 1) + 1 + at]! + taken(filter, left, above, corner);
    }
  }
  return out;
}

function taken(filter: number, left: number, above: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  if (filter !== 4) throw new Error('no such filter');
  const near = left + above - corner;
  const [byLeft, byAbove, byCorner] = [Math.abs(near - left), Math.abs(near - above), Math.abs(near - corner)];
  if (byLeft <= byAbove && byLeft <= byCorner) return left;
  return byAbove <= byCorner ? above : corner;
}

/** One byte for each number of a pixel. */
function samplesOf(
  bytes: Buffer,
  { width, height, channels, depth, packed }: Record<'width' | 'height' | 'channels' | 'depth' | 'packed', number>,
): Buffer {
  if (depth === 8) return bytes;
  const samples = Buffer.alloc(width * height * channels);
  for (let row = 0; row < height; row++) {
    for (let at = 0; at < width * channels; at++) {
      const bit = at * depth;
      const byte = bytes[row * packed + (bit >> 3)]!;
      samples[row * width * channels + at] = depth === 16 ? byte : (byte >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
    }
  }
  return samples;
}
