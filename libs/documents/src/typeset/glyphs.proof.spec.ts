import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { ask, judgedBy, mixedLines, persianWords } from '@app/testing';
import { levelsOf, visualRuns, type Run } from './bidi.js';
import { MissingGlyph } from './errors.js';
import { face, type FaceName } from './face.js';
import type { Field } from './field.js';
import { oneLine } from './line.js';

const FULL = process.env.PROOF === 'full';
const file = (path: string) => new URL(`../../${path}`, import.meta.url);
const samples = JSON.parse(readFileSync(file('data/bidi-strings.json'), 'utf8')) as Field[];
const FILES: Record<FaceName, string> = {
  regular: 'Vazirmatn-Regular.ttf',
  bold: 'Vazirmatn-Bold.ttf',
  nastaliq: 'NotoNastaliqUrdu-Bold.ttf',
  other: 'DejaVuSans.ttf',
  otherBold: 'DejaVuSans-Bold.ttf',
};

/** A glyph that draws something, with the place of its origin on the line, in the face's units. */
type Placed = [glyph: number, x: number, y: number];
type Glyph = { glyph: number; advance: number; dx: number; dy: number };
/** A part of a line of one direction and script. */
type Part = Pick<Run, 'level' | 'script'> & { text: string };

/** What is seen of the glyphs, and where the pen is at the end. */
function seen(name: FaceName, glyphs: Glyph[], from = 0): { placed: Placed[]; width: number } {
  const { emptyGlyph } = face(name);
  let width = from;
  const placed: Placed[] = [];
  for (const { glyph, advance, dx, dy } of glyphs) {
    if (glyph !== emptyGlyph && face(name).outline(glyph)) placed.push([glyph, width + dx, dy]);
    width += advance;
  }
  return { placed, width };
}

/**
 * The parts of a line from left to right, as they are asked about: whole runs of Persian; words of Latin, since
 * shaping word by word leaves out how a Latin letter and a blank are kerned ("To Type": 40 units).
 */
function partsOf({ text, base }: Field): Part[] {
  return visualRuns(levelsOf(text, base)).flatMap(({ start, end, ...run }) => {
    const whole = text.slice(start, end);
    const parts = run.script === 'Arab' ? [whole] : (whole.match(/ |[^ ]+/g) ?? []);
    return (run.level % 2 ? parts.reverse() : parts).map((part) => ({ ...run, text: part }));
  });
}

/** What hb-shape says of the parts. Those of one direction and script are asked about in one go. */
function shapedByHarfBuzz(name: FaceName, parts: Part[]): Map<Part, Glyph[]> {
  const shaped = new Map<Part, Glyph[]>();
  const kinds = ['rtl', 'ltr'].flatMap((direction) => ['Arab', 'Latn'].map((script) => ({ direction, script })));
  for (const { direction, script } of kinds) {
    const asked = parts.filter((part) => part.script === script && (part.level % 2 ? 'rtl' : 'ltr') === direction);
    if (asked.length === 0) continue;
    const answers = ask(
      'hb-shape',
      [
        ...[`--font-file=${file(`fonts/${FILES[name]}`).pathname}`, '--text-file=-', '--output-format=json'],
        ...[`--direction=${direction}`, `--script=${script}`, `--language=${script === 'Arab' ? 'fa' : 'en'}`],
        ...['--no-glyph-names', '--no-clusters', '--cluster-level=1'],
      ],
      { input: asked.map(({ text }) => `${text}\n`).join('') },
    );
    const rows = answers.toString().trimEnd().split('\n');
    expect(rows).toHaveLength(asked.length);
    for (const [at, row] of rows.entries()) {
      const glyphs = JSON.parse(row) as { g: number; ax: number; dx: number; dy: number }[];
      shaped.set(
        asked[at]!,
        glyphs.map(({ g, ax, dx, dy }) => ({ glyph: g, advance: ax, dx, dy })),
      );
    }
  }
  return shaped;
}

/** The lines on which a glyph is another one than HarfBuzz's, or stands more than a unit away; with the first such glyph. */
function differing(name: FaceName, fields: Field[]): string[] {
  const parts = new Map(fields.map((field) => [field, partsOf(field)]));
  const shaped = shapedByHarfBuzz(name, [...parts.values()].flat());
  return fields.flatMap((field) => {
    const their = seen(
      name,
      parts.get(field)!.flatMap((part) => shaped.get(part)!),
    );
    const our = seen(
      name,
      oneLine(face(name), field).words.flatMap(({ marks }) => marks),
    );
    const all = [...their.placed, [0, their.width, 0]].map((place, at) => {
      const other = [...our.placed, [0, our.width, 0]][at] ?? [];
      const same = place[0] === other[0] && place.every((value, axis) => Math.abs(value - other[axis]!) <= 1);
      return same ? null : `${field.text}: glyph ${at} is ${other.join(' ')}, not ${place.join(' ')}`;
    });
    return all.find((difference) => difference !== null) ?? [];
  });
}

judgedBy(['hb-shape'], 'glyphs and their places equal those of hb-shape', () => {
  const lines = [...samples, ...mixedLines(FULL ? 2000 : 300)];
  const words = persianWords().filter((_, at) => FULL || at % 4 === 0);

  it.each(['regular', 'bold'] as const)('on every line, in %s', (name) => {
    expect(differing(name, lines)).toEqual([]);
  });

  it.each(['regular', 'bold', 'nastaliq'] as const)('in names and titles, in %s', (name) => {
    const titles = words.filter((text) => isDrawn(name, text));
    expect(titles.length).toBeGreaterThan(words.length * 0.95);
    expect(
      differing(
        name,
        titles.map((text) => ({ text, base: 'rtl' })),
      ),
    ).toEqual([]);
  });

  it.each(['other', 'otherBold'] as const)('in names of other letters, in %s', (name) => {
    const fields = FOREIGN.flatMap((text) => (['rtl', 'ltr'] as const).map((base) => ({ text, base })));
    expect(differing(name, fields)).toEqual([]);
  });
});

/** Names of people in letters that Vazirmatn has not. */
const FOREIGN = [
  'Анна Петрова',
  'Ґалина Ўразбоева',
  'Αλέξανδρος Παπαδόπουλος',
  'Արամ Խաչատրյան',
  'ნინო ჩხეიძე',
  'Nguyễn Thị Ánh',
];

/** Cyrillic letters are drawn by another face; Nastaliq has no Kurdish and no Latin ones, and no brackets. */
function isDrawn(name: FaceName, text: string): boolean {
  try {
    return oneLine(face(name), { text, base: 'rtl' }).words.every((word) => word.face.name === name);
  } catch (error) {
    if (error instanceof MissingGlyph) return false;
    throw error;
  }
}
