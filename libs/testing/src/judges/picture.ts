import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { ask } from './programs.js';

/** A picture in shades of grey: 255 is white. */
export interface Picture {
  width: number;
  height: number;
  shades: Uint8Array;
}

/** Does the work in a folder of its own, which is removed after it. */
export function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'maharat-judge-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The pages of a PDF as Poppler shows them: so many from the first, and of each so many points from its top. */
export function pagesShown(
  bytes: Uint8Array,
  dpi: number,
  { pages, height }: { pages?: number; height?: number } = {},
): Picture[] {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'paper.pdf'), bytes);
    const part = height ? ['-x', '0', '-y', '0', '-W', '10000', '-H', String(Math.round((height * dpi) / 72))] : [];
    const last = pages ? ['-l', String(pages)] : [];
    ask('pdftoppm', ['-r', String(dpi), '-gray', ...part, ...last, join(folder, 'paper.pdf'), join(folder, 'page')]);
    const shown = readdirSync(folder).filter((name) => name.endsWith('.pgm'));
    return shown.sort().map((name) => grey(readFileSync(join(folder, name))));
  });
}

/** A line as Pango sets it in this face and size, in points. @param fonts the only folder Pango knows */
export function setByPango(
  { text, base }: { text: string; base: 'rtl' | 'ltr' },
  { fonts, face, size, dpi }: { fonts: string; face: string; size: number; dpi: number },
): Picture {
  return inFolder((folder) => {
    const config = join(folder, 'fonts.conf');
    writeFileSync(
      config,
      `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${fonts}</dir><cachedir>${folder}</cachedir></fontconfig>`,
    );
    const picture = join(folder, 'line.png');
    ask(
      'pango-view',
      [
        ...['--no-display', `--dpi=${dpi}`, '--hinting=none', '--subpixel-positions', '--margin=90', '--no-auto-dir'],
        ...[...(base === 'rtl' ? ['--rtl'] : []), `--font=${face} ${size}`, `--text=${text}`, `--output=${picture}`],
      ],
      { env: { FONTCONFIG_FILE: config } },
    );
    return fromPng(readFileSync(picture));
  });
}

/** A picture of colours, as grey on white. */
export function fromPng(bytes: Uint8Array): Picture {
  const { width, height, data } = PNG.sync.read(Buffer.from(bytes));
  const shades = new Uint8Array(width * height);
  for (let at = 0, from = 0; at < shades.length; at++, from += 4) {
    const shade = 0.299 * data[from]! + 0.587 * data[from + 1]! + 0.114 * data[from + 2]!;
    shades[at] = Math.round(255 + ((shade - 255) * data[from + 3]!) / 255);
  }
  return { width, height, shades };
}

/** A file of the kind PGM with eight bits a point. */
function grey(bytes: Buffer): Picture {
  const [head = '', width = 0, height = 0] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString('latin1', 0, 64)) ?? [];
  return { width: Number(width), height: Number(height), shades: new Uint8Array(bytes.subarray(head.length)) };
}

/** The picture without its white edges. */
export function trimmed({ width, height, shades }: Picture): Picture {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let at = 0; at < shades.length; at++) {
    if (shades[at]! > 250) continue;
    const x = at % width;
    const y = (at - x) / width;
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  }
  const size = { width: Math.max(0, right - left + 1), height: Math.max(0, bottom - top + 1) };
  const kept = new Uint8Array(size.width * size.height);
  for (let row = 0; row < size.height; row++) {
    const from = (top + row) * width + left;
    kept.set(shades.subarray(from, from + size.width), row * size.width);
  }
  return { ...size, shades: kept };
}

/** How much two pictures are alike, laid on one another at their top left corners: 1 is the same. */
export function likeness(one: Picture, other: Picture): number {
  const width = Math.max(one.width, other.width);
  const height = Math.max(one.height, other.height);
  const ink = ({ width: own, height: rows, shades }: Picture, x: number, y: number) =>
    x < own && y < rows ? 255 - shades[y * own + x]! : 0;
  let [a, b, aa, bb, ab] = [0, 0, 0, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [left, right] = [ink(one, x, y), ink(other, x, y)];
      a += left;
      b += right;
      aa += left * left;
      bb += right * right;
      ab += left * right;
    }
  }
  const count = width * height;
  return (ab - (a * b) / count) / Math.sqrt((aa - (a * a) / count) * (bb - (b * b) / count));
}
