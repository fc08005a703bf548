import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { levelsOf, visualRuns } from './bidi.js';
import { MissingGlyph, TextDoesNotFit } from './errors.js';
import { Face, face } from './face.js';
import { code, date, fa, latin, line, number } from './field.js';
import { fit } from './fit.js';
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

  it('refuses a character the face does not have', () => {
    expect(() => oneLine(face('regular'), fa('علی 漢'))).toThrow(new MissingGlyph(0x6f22));
  });

  it('forgets the words it has not room for, and shapes them again the same', () => {
    const small = new Face('regular', face('regular').data, 2);
    const first = small.word('سلام', true, 'Arab');
    for (const word of ['کلاس', 'درس', 'مربی']) small.word(word, true, 'Arab');
    expect(small.word('سلام', true, 'Arab')).toEqual(first);
    expect(small.word('سلام', true, 'Arab')).not.toBe(first);
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

  it('breaks at blanks only, and loses no word', () => {
    const lines = brokenLines(face('regular'), name, 20_000)!;
    expect(lines.length).toBeGreaterThan(1);
    for (const { width } of lines) expect(width).toBeLessThanOrEqual(20_000);
    const words = lines.flatMap((set) => set.words.filter(({ blank, width }) => !blank && width).length);
    expect(words.reduce((sum, count) => sum + count, 0)).toBe(6);
  });
});
