import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { judgedBy, likeness, pagesShown, persianWords, setByPango, trimmed } from '@app/testing';
import type { Field } from './field.js';
import { Paper } from './paper.js';

const FULL = process.env.PROOF === 'full';
const DPI = 144;
const SIZE = 28;
/** How much our picture of a line is like Pango's at the least, and by how many points of the screen its size may differ. */
const LEAST = 0.8;
const OFF = 2;
/** "To Type": our words are shaped one by one, so a Latin letter and a blank are not kerned, which makes 3 points. */
const KERNED_WITH_BLANKS = ['L04'];
const samples = (
  JSON.parse(readFileSync(new URL('../../data/bidi-strings.json', import.meta.url), 'utf8')) as (Field & {
    id: string;
  })[]
).filter(({ id }) => !KERNED_WITH_BLANKS.includes(id));
const fonts = new URL('../../fonts', import.meta.url).pathname;
const NAMES: Record<'regular' | 'bold' | 'nastaliq', string> = {
  regular: 'Vazirmatn',
  bold: 'Vazirmatn Bold',
  nastaliq: 'Noto Nastaliq Urdu Bold',
};

/** Each line at the top of a page of its own. */
async function drawn(name: keyof typeof NAMES, lines: Field[]) {
  const paper = new Paper({ title: 'سطرها', drawnAt: new Date('2026-11-21T08:30:00Z'), watermark: null });
  for (const line of lines) {
    paper.addPage();
    paper.text('line', line, { x: 20, y: 20, width: 800, height: 90 }, { face: name, size: SIZE });
  }
  return pagesShown(await paper.bytes(), DPI, { height: 130 });
}

judgedBy(['pango-view', 'pdftoppm'], 'a line looks as Pango sets it', () => {
  const some = <T>(all: T[], every: number) => all.filter((_, at) => FULL || at % every === 0);
  const words = persianWords();

  it.each<[keyof typeof NAMES, string, Field[]]>([
    ['regular', 'the strings of data/bidi-strings.json', some(samples, 5)],
    ['bold', 'the strings of data/bidi-strings.json', some(samples, 10)],
    [
      'nastaliq',
      'names',
      some(words, 100)
        .filter((_, at) => at % 10 === 0 || !FULL)
        .filter((text) => /^[آ-ی\u200c ]*$/.test(text))
        .map((text) => ({ text, base: 'rtl' })),
    ],
  ])('%s: %s', async (name, _, lines) => {
    const pages = await drawn(name, lines);
    expect(pages).toHaveLength(lines.length);
    const differ = lines.flatMap((line, at) => {
      const ours = trimmed(pages[at]!);
      const theirs = trimmed(setByPango(line, { fonts, face: NAMES[name], size: SIZE, dpi: DPI }));
      const alike = likeness(ours, theirs);
      const near = Math.abs(ours.width - theirs.width) <= OFF && Math.abs(ours.height - theirs.height) <= OFF;
      return near && alike > LEAST
        ? []
        : [
            `${line.text}: ${ours.width} x ${ours.height}, not ${theirs.width} x ${theirs.height}; ${alike.toFixed(3)} alike`,
          ];
    });
    expect(differ).toEqual([]);
  });

  it('another order of the same digits looks otherwise', async () => {
    const [ours] = await drawn('regular', [{ text: '۱۲۰', base: 'rtl' }]);
    const theirs = setByPango({ text: '۰۲۱', base: 'rtl' }, { fonts, face: NAMES.regular, size: SIZE, dpi: DPI });
    expect(likeness(trimmed(ours!), trimmed(theirs))).toBeLessThan(LEAST);
  });
});
