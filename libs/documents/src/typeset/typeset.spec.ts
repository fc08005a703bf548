import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FontsInUse } from '../pdf/common.js';
import { levelsOf, logicalRuns, plainRuns, visualRuns } from './bidi.js';
import { MissingGlyph, TextDoesNotFit } from './errors.js';
import { Face, face } from './face.js';
import { code, date, fa, latin, line, number } from './field.js';
import { fit } from './fit.js';
import { ShapingFont } from './harfbuzz.js';
import { brokenLines, oneLine } from './line.js';

interface Sample {
  id: string;
  base: 'rtl' | 'ltr';
  text: string;
  note: string;
  runs: { level: number; text: string }[];
  glyphs: [glyph: number, advance: number, dx: number, dy: number][];
}

const samples = JSON.parse(readFileSync(new URL('../../data/bidi-strings.json', import.meta.url), 'utf8')) as Sample[];
const row = ({ id, note, ...sample }: Sample) => [`${id} ${note}`, sample] as const;

describe('the order of a line', () => {
  it.each(samples.map(row))('%s', (_, { text, base, runs }) => {
    const found = visualRuns(levelsOf(text, base)).map(({ level, start, end }) => ({
      level,
      text: text.slice(start, end),
    }));
    expect(found).toEqual(runs.map(({ level, text: part }) => ({ level, text: part })));
  });

  it('gives the blanks at the end of a line the level of the paragraph', () => {
    const [first] = visualRuns(levelsOf('CNC PLC', 'rtl'), 0, 4);
    expect(first).toMatchObject({ start: 3, end: 4, level: 1 });
  });
});

describe('runs that are plain to see', () => {
  const parts = [
    ...['علی', 'می‌شود', 'هٔ', 'مُحَمَّد', 'سطح ۲', '۱۲', '۰', '(', ')', '«', '»', ' ', ' ', '،', '.', ':', '؟', '!'],
    ...['CNC', ' CNC ', 'علی ICDL ', '/', '٫', '-', '%', 'a', '\u064e', '\u200c', '[', '٣'],
    ...['ISO 9001', '۱۲-۱۵', 'C++', '-۵', '12%', '۸۷٫۷۵', '۱٬۲۵۰', 'سلام', '۷۲٪', '۸۷٫۷۵٪', '٪', ''].map(
      (part) => `\u2066${part}\u2069`,
    ),
    ...['۴۵۰ ساعت', '۱۹ اردیبهشت ۱۴۰۵', 'علی', '۱۲', 'آبان ۱۴۰۵ ', 'سطح ۲-۳', ''].map((part) => `\u2067${part}\u2069`),
  ];

  it('are those of the rules', () => {
    let plain = 0;
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...parts), { maxLength: 8 }),
        fc.constantFrom('rtl', 'ltr'),
        (some, base) => {
          const text = some.join('');
          const runs = plainRuns(text, base);
          if (runs) plain++;
          if (runs) expect(runs).toEqual(logicalRuns(levelsOf(text, base)));
        },
      ),
      { numRuns: 5000 },
    );
    expect(plain).toBeGreaterThan(300);
  });

  it.each([
    fa('گواهی می‌شود'),
    line`تا ${date('۱۹ آبان ۱۴۰۵')}`,
    line`نمرهٔ ${number('87٫75')} از ${number(100)} (${fa('خوب')})`,
    latin('Level 2 (B1)'),
  ])('spare most of our texts the rules: %s', ({ text, base }) => expect(plainRuns(text, base)).not.toBeNull());
});

const FACES = ['regular', 'bold', 'nastaliq', 'other', 'otherBold'] as const;
const SIGNS = [...Array.from({ length: 94 }, (_, at) => String.fromCharCode(0x21 + at)), ...'۰۱۲۳۴۵۶۷۸۹٫٬'];
/** With pairs that some faces set together or closer. */
const CODES = [
  'office',
  'fi',
  'ffl',
  'AVAToWa.',
  '1405-ESF-000123',
  'https://maharat.example.ir/c/7K3M-1000-4B',
  '->',
  '1/2',
];

describe('shaping', () => {
  it.each(samples.map(row))('%s', (_, { text, base, glyphs }) => {
    const shaped = visualRuns(levelsOf(text, base)).flatMap(({ start, end, level, script }) =>
      face('regular').shape(text.slice(start, end), level % 2 === 1, script),
    );
    expect(shaped.map(({ glyph, advance, dx, dy }) => [glyph, advance, dx, dy])).toEqual(glyphs);
  });

  it.each(samples.filter(({ id }) => id !== 'L04').map(row))('word by word equals the whole line: %s', (_, sample) => {
    const whole = sample.glyphs.reduce((sum, [, advance]) => sum + advance, 0);
    expect(oneLine(face('regular'), sample).width).toBe(whole);
  });

  it.each([
    ['regular', 'other'],
    ['bold', 'otherBold'],
  ] as const)('sets a word in letters that %s has not in the face that helps out', (name, other) => {
    const line = oneLine(face(name), fa('علی Петрова-Smith'));
    const faces = line.words.filter(({ blank, width }) => !blank && width).map((word) => word.face.name);
    expect(faces).toEqual([other, name]);
    const [once, twice] = [fa('علی'), fa('علی علی')].map((field) => oneLine(face(name), field).width);
    expect(line.width).toBe(twice! - once! + oneLine(face(other), latin('Петрова-Smith')).width);
  });

  it.each(FACES)('of %s, sets a code pair by pair as HarfBuzz sets the whole of it', (name) => {
    const letters = face(name);
    const font = new ShapingFont(letters.data);
    const signs = fc.constantFrom(...SIGNS.filter((sign) => letters.has(sign)));
    const word = fc.oneof(fc.string({ unit: signs, minLength: 1, maxLength: 30 }), fc.constantFrom(...CODES));
    fc.assert(
      fc.property(word, fc.constantFrom('Latn', 'Arab'), (text, script) => {
        if ([...text].some((sign) => !letters.has(sign))) return;
        const ours = letters.shape(text, false, script).flatMap((g) => [g.glyph, g.cluster, g.advance, g.dx, g.dy]);
        expect(ours).toEqual([...font.shape(text, false, script)]);
      }),
      { numRuns: 3000 },
    );
  });

  it('refuses a character that no face has', () => {
    expect(() => oneLine(face('regular'), fa('علی Ж漢'))).toThrow(new MissingGlyph(0x6f22));
  });

  it('forgets the words it has not room for, and shapes them again the same', () => {
    const small = new Face('regular', face('regular').data, 2);
    const first = small.word('سلام', true, 'Arab');
    for (const word of ['کلاس', 'درس', 'مربی']) small.word(word, true, 'Arab');
    expect(small.word('سلام', true, 'Arab')).toEqual(first);
    expect(small.word('سلام', true, 'Arab')).not.toBe(first);
  });
});

describe('the numbers of a face', () => {
  it.each(['regular', 'bold'] as const)('know every mark of our words: %s', (name) => {
    const words = samples.flatMap(({ text }) => text.match(/[\p{Script=Arabic}\u200c]+/gu) ?? []);
    for (const word of words) expect([word, face(name).word(word, true, 'Arab').operators]).not.toContain(null);
  });

  it('are one for each pair of glyph and character', () => {
    const { glyphs } = face('regular').numbers;
    expect(new Set(glyphs.map(({ glyph, character }) => `${glyph} ${character}`)).size).toBe(glyphs.length);
    expect(new Set(glyphs.map(({ glyph }) => glyph)).size).toBeLessThan(glyphs.length);
  });

  it('do not know a letter that our papers hardly ever have', () => {
    expect(face('regular').word('ئاڕام', true, 'Arab').operators).toBeNull();
  });
});

describe('one character for each mark', () => {
  const characters = (text: string, rightToLeft: boolean) =>
    face('regular')
      .word(text, rightToLeft, rightToLeft ? 'Arab' : 'Latn')
      .marks.map(({ character }) => character);

  it.each([
    ['a ligature says its first letter, an empty glyph the other', 'لا', true, 'ال'],
    ['the ligature of Allah, its two lams in one', 'الله', true, 'هللا'],
    ['a Latin ligature', 'fi', false, 'fi'],
    ['a half-space is kept', 'می\u200cشود', true, 'دوش\u200cیم'],
    ['an isolate is not', '\u2066CNC\u2069', false, 'CNC'],
    ['a bracket says what was typed and has marks around it', '(۲', false, '(۲'],
    ['punctuation between Persian letters', 'الف؟', true, '\u200f؟\u200fفلا'],
  ])('%s', (_, text, rightToLeft, expected) => {
    expect(characters(text, rightToLeft).join('')).toBe(expected);
  });

  it('puts only twins together', () => {
    const long = samples.flatMap(({ text }) => text.split(' ')).flatMap((word) => characters(word, true));
    expect(long.filter((character) => [...character].length > 1)).toEqual(['لل']);
  });
});

describe('typed fields', () => {
  const shown = (field: ReturnType<typeof fa>) =>
    visualRuns(levelsOf(field.text, field.base))
      .map(({ start, end, level }) => {
        const part = [...field.text.slice(start, end).replace(/[\u2066-\u2069]/g, '')];
        return (level % 2 ? part.reverse() : part).join('');
      })
      .join('');

  it.each([
    ['a code keeps its order after a Persian word', line`کد ${code('7223-20-051-1')} دوره`, 'هرود 7223-20-051-1 دک'],
    [
      'a code with a Persian letter reads from right to left',
      line`شماره ${code('۱۴۰۴/الف/۱۲۳')}`,
      '۱۲۳/فلا/۱۴۰۴ هرامش',
    ],
    ['a number keeps its sign', line`دما ${number(-5)} درجه`, 'هجرد -۵ امد'],
    ['a number in Persian digits', number('18٫75'), '۱۸٫۷۵'],
    ['an ISO date in a sentence', line`مورخ ${date('2025-11-21')} است`, 'تسا 2025-11-21 خروم'],
    ['Latin words with signs', line`زبان ${latin('C++')} است`, 'تسا C++ نابز'],
    ['a name typed with Arabic letters and digits', fa(' علي  كريمي ٣ '), '۳ یمیرک یلع'],
    ['signs of a Latin name in a title', fa('زبان C++ Builder (مقدماتی)'), ')یتامدقم( C++ Builder نابز'],
    ['a sign in front of one', fa('زبان C# و .NET'), '.NET و C# نابز'],
    ['marks typed by hand are dropped', fa('\u200eعلی\u202e'), 'یلع'],
  ])('%s', (_, field, expected) => {
    expect(shown(field)).toBe(expected);
  });
});

describe('fitting', () => {
  const name = fa('زهرا السادات حسینی نژاد طباطبایی اصل');

  it('keeps the size that fits', () => {
    expect(fit('name', name, { width: 400, height: 20 }, { size: 12, floor: 8 })).toMatchObject({ size: 12 });
  });

  it('shrinks on one line before it takes a second one', () => {
    const tight = fit('name', name, { width: 150, height: 40 }, { size: 12, floor: 8, lines: 2 });
    expect(tight.lines).toHaveLength(1);
    expect(tight.size).toBeLessThan(12);
    expect(fit('name', name, { width: 80, height: 40 }, { size: 12, floor: 8, lines: 2 }).lines).toHaveLength(2);
  });

  it('takes another line early where that is asked for', () => {
    const style = { size: 12, floor: 8, lines: 2, wrap: 'early' } as const;
    expect(fit('name', name, { width: 150, height: 40 }, style)).toMatchObject({ size: 12, lines: [{}, {}] });
  });

  it.each([
    ['the width', name, 60, 20, 1],
    ['the height', name, 80, 10, 2],
    ['a name of ten thousand letters', fa('ب'.repeat(10_000)), 200, 100, 5],
    ['a name of two thousand words', fa('علی '.repeat(2000)), 200, 100, 5],
  ])('refuses what does not fit %s, and does not say the text', (_, field, width, height, lines) => {
    const attempt = () => fit('name', field, { width, height }, { size: 12, floor: 8, lines });
    expect(attempt).toThrow(new TextDoesNotFit('name'));
  });

  it('widens the blanks of a justified line, and nothing else', () => {
    const [first] = brokenLines(face('regular'), name, 20_000)!;
    const gaps = (operators: string) => [...operators.matchAll(/>(-[\d.]+)/g)].map(([, gap]) => Number(gap));
    const fonts = new FontsInUse();
    const wider = gaps(fonts.operators('regular', first!, first!.widening(first!.width + 2048, 2048)));
    expect(wider.filter((gap) => !gaps(first!.operators!).includes(gap))).toHaveLength(
      first!.words.filter(({ blank }) => blank).length,
    );
    expect(wider.reduce((sum, gap) => sum - gap, 0)).toBeGreaterThan(999);
  });

  it('breaks at blanks only, and loses no word', () => {
    const lines = brokenLines(face('regular'), name, 20_000)!;
    expect(lines.length).toBeGreaterThan(1);
    for (const { width } of lines) expect(width).toBeLessThanOrEqual(20_000);
    const words = lines.flatMap((set) => set.words.filter(({ blank, width }) => !blank && width).length);
    expect(words.reduce((sum, count) => sum + count, 0)).toBe(6);
  });
});
