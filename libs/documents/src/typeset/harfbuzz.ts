import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Script } from './bidi.js';

/**
 * A thin binding on the WebAssembly of harfbuzzjs. Its own binding makes an object for every glyph and costs five times
 * as much a line; this one reads the numbers where HarfBuzz leaves them. It is loaded at once, so that drawing needs no waiting.
 */
interface HarfBuzz {
  memory: WebAssembly.Memory;
  malloc(size: number): number;
  hb_blob_create(data: number, length: number, mode: number, userData: number, destroy: number): number;
  hb_blob_get_length(blob: number): number;
  hb_blob_get_data(blob: number, length: number): number;
  hb_blob_destroy(blob: number): void;
  hb_face_create(blob: number, index: number): number;
}

interface Shaper extends HarfBuzz {
  __wasm_call_ctors(): void;
  hb_font_create(face: number): number;
  hb_font_get_nominal_glyph(font: number, codePoint: number, glyph: number): number;
  hb_font_get_glyph_h_advance(font: number, glyph: number): number;
  hb_buffer_create(): number;
  hb_buffer_set_cluster_level(buffer: number, level: number): void;
  hb_buffer_clear_contents(buffer: number): void;
  hb_buffer_set_direction(buffer: number, direction: number): void;
  hb_buffer_set_script(buffer: number, script: number): void;
  hb_buffer_set_language(buffer: number, language: number): void;
  hb_buffer_add_utf16(buffer: number, text: number, length: number, offset: number, count: number): void;
  hb_buffer_get_length(buffer: number): number;
  hb_buffer_get_glyph_infos(buffer: number, length: number): number;
  hb_buffer_get_glyph_positions(buffer: number, length: number): number;
  hb_script_from_string(name: number, length: number): number;
  hb_language_from_string(name: number, length: number): number;
  hb_shape(font: number, buffer: number, features: number, count: number): void;
}

interface Subsetter extends HarfBuzz {
  _initialize(): void;
  hb_set_add(set: number, value: number): void;
  hb_subset_input_create_or_fail(): number;
  hb_subset_input_set_flags(input: number, flags: number): void;
  hb_subset_input_glyph_set(input: number): number;
  hb_subset_input_set(input: number, kind: number): number;
  hb_subset_input_destroy(input: number): void;
  hb_subset_or_fail(face: number, input: number): number;
  hb_face_reference_blob(face: number): number;
  hb_face_destroy(face: number): void;
}

const READ_ONLY = 1;
/** Every character is a cluster of its own, also a mark over a letter. */
const MONOTONE_CHARACTERS = 1;
const LEFT_TO_RIGHT = 4;
const RIGHT_TO_LEFT = 5;
const USUAL_WORD = 256;

const require = createRequire(import.meta.url);

function load<T extends HarfBuzz>(file: string): T {
  const compiled = new WebAssembly.Module(readFileSync(file));
  const imports: Record<string, Record<string, (size: number) => number>> = {};
  for (const { module, name } of WebAssembly.Module.imports(compiled)) {
    (imports[module] ??= {})[name] = (size) => {
      if (name !== 'emscripten_resize_heap') throw new Error(`HarfBuzz asks for ${name}.`);
      wasm.memory.grow(Math.ceil((size - wasm.memory.buffer.byteLength) / 65_536));
      return 1;
    };
  }
  const wasm = new WebAssembly.Instance(compiled, imports).exports as unknown as T;
  return wasm;
}

let shaper: Shaper | undefined;
let buffer = 0;
let text = 0;
let room = USUAL_WORD;
let glyphAt = 0;
const scripts = {} as Record<Script, [script: number, language: number]>;

function shaping(): Shaper {
  if (shaper) return shaper;
  shaper = load<Shaper>(require.resolve('harfbuzzjs/dist/harfbuzz.wasm'));
  shaper.__wasm_call_ctors();
  buffer = shaper.hb_buffer_create();
  shaper.hb_buffer_set_cluster_level(buffer, MONOTONE_CHARACTERS);
  text = shaper.malloc(2 * room);
  glyphAt = shaper.malloc(4);
  for (const [script, language] of [
    ['Arab', 'fa'],
    ['Latn', 'en'],
  ] as const) {
    scripts[script] = [
      shaper.hb_script_from_string(copied(shaper, Buffer.from(script)), script.length),
      shaper.hb_language_from_string(copied(shaper, Buffer.from(language)), language.length),
    ];
  }
  return shaper;
}

function copied(wasm: HarfBuzz, bytes: Uint8Array): number {
  const at = wasm.malloc(bytes.length);
  if (!at) throw new Error('HarfBuzz has no memory left.');
  new Uint8Array(wasm.memory.buffer).set(bytes, at);
  return at;
}

const faceOf = (wasm: HarfBuzz, file: Uint8Array) =>
  wasm.hb_face_create(wasm.hb_blob_create(copied(wasm, file), file.length, READ_ONLY, 0, 0), 0);

/** How many numbers `shape` gives for one glyph: glyph, cluster, advance, x offset, y offset. */
export const PER_GLYPH = 5;

/** A font file, ready to shape words. */
export class ShapingFont {
  private readonly font: number;

  constructor(file: Uint8Array) {
    const wasm = shaping();
    this.font = wasm.hb_font_create(faceOf(wasm, file));
  }

  /** The glyph of a character that stands alone; 0 when there is none. */
  nominalGlyph(codePoint: number): number {
    const wasm = shaping();
    const found = wasm.hb_font_get_nominal_glyph(this.font, codePoint, glyphAt);
    return found ? new Uint32Array(wasm.memory.buffer, glyphAt, 1)[0]! : 0;
  }

  advance(glyph: number): number {
    return shaping().hb_font_get_glyph_h_advance(this.font, glyph);
  }

  /** The glyphs of a word from left to right, five numbers each. */
  shape(word: string, rightToLeft: boolean, script: Script): Int32Array {
    const wasm = shaping();
    if (word.length > room) text = wasm.malloc(2 * (room = word.length));
    const units = new Uint16Array(wasm.memory.buffer, text, word.length);
    for (let at = 0; at < word.length; at++) units[at] = word.charCodeAt(at);
    wasm.hb_buffer_clear_contents(buffer);
    wasm.hb_buffer_set_direction(buffer, rightToLeft ? RIGHT_TO_LEFT : LEFT_TO_RIGHT);
    wasm.hb_buffer_set_script(buffer, scripts[script][0]);
    wasm.hb_buffer_set_language(buffer, scripts[script][1]);
    wasm.hb_buffer_add_utf16(buffer, text, word.length, 0, word.length);
    wasm.hb_shape(this.font, buffer, 0, 0);
    const count = wasm.hb_buffer_get_length(buffer);
    const info = wasm.hb_buffer_get_glyph_infos(buffer, 0) >> 2;
    const position = wasm.hb_buffer_get_glyph_positions(buffer, 0) >> 2;
    const memory = new Int32Array(wasm.memory.buffer);
    const shaped = new Int32Array(count * PER_GLYPH);
    for (let at = 0; at < count; at++) {
      const from = at * 5;
      shaped[from] = memory[info + from]!;
      shaped[from + 1] = memory[info + from + 2]!;
      shaped[from + 2] = memory[position + from]!;
      shaped[from + 3] = memory[position + from + 2]!;
      shaped[from + 4] = memory[position + from + 3]!;
    }
    return shaped;
  }
}

const NO_HINTING = 0x1;
const RETAIN_GLYPH_NUMBERS = 0x2;
const NOTDEF_OUTLINE = 0x40;
const NO_LAYOUT_CLOSURE = 0x200;
const DROPPED_TABLES = 3;
/** Of no use inside a PDF: what to draw is decided when the words are shaped. */
const LAYOUT = 'GSUB GPOS GDEF cmap name post OS/2 DSIG kern STAT MATH BASE meta gasp'.split(' ');

let subsetter: Subsetter | undefined;

/** A font file with these glyphs alone, under the numbers they have in the whole file. */
export function subsetOf(file: Uint8Array, glyphs: Iterable<number>): Uint8Array {
  if (!subsetter) {
    subsetter = load<Subsetter>(require.resolve('harfbuzzjs/dist/harfbuzz-subset.wasm'));
    subsetter._initialize();
  }
  const wasm = subsetter;
  const input = wasm.hb_subset_input_create_or_fail();
  wasm.hb_subset_input_set_flags(input, NO_HINTING | RETAIN_GLYPH_NUMBERS | NOTDEF_OUTLINE | NO_LAYOUT_CLOSURE);
  const wanted = wasm.hb_subset_input_glyph_set(input);
  for (const glyph of glyphs) wasm.hb_set_add(wanted, glyph);
  const dropped = wasm.hb_subset_input_set(input, DROPPED_TABLES);
  for (const table of LAYOUT) wasm.hb_set_add(dropped, Buffer.from(table.padEnd(4)).readUInt32BE());
  const whole = faceOf(wasm, file);
  const cut = wasm.hb_subset_or_fail(whole, input);
  if (!cut) throw new Error('HarfBuzz cannot cut this font.');
  const blob = wasm.hb_face_reference_blob(cut);
  const from = wasm.hb_blob_get_data(blob, 0);
  const bytes = new Uint8Array(wasm.memory.buffer).slice(from, from + wasm.hb_blob_get_length(blob));
  wasm.hb_blob_destroy(blob);
  wasm.hb_face_destroy(cut);
  wasm.hb_face_destroy(whole);
  wasm.hb_subset_input_destroy(input);
  return bytes;
}
