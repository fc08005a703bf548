import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { asRead, copiedText, judgedBy, pdfText } from '@app/testing';
import type { Field } from './field.js';
import { Paper } from './paper.js';

interface Sample extends Field {
  id: string;
}

const samples = JSON.parse(readFileSync(new URL('../../data/bidi-strings.json', import.meta.url), 'utf8')) as Sample[];

/**
 * The strings that pdftotext does not give back exactly. This list may only become shorter: marks that stand beside
 * their letter, Latin in brackets without an isolate, Persian inside an English line.
 */
const NOT_BACK = ['S06', 'S14', 'S15', 'S17', 'S18', 'M16', 'L02'];

judgedBy(['pdftotext'], 'the strings of data/bidi-strings.json come back when they are copied', () => {
  /** Persian lines on pages together, English ones on a page after them: Poppler decides once for a page how it is read. */
  async function paper(): Promise<Uint8Array> {
    const pages = new Paper({ title: 'سطرها', drawnAt: new Date('2026-11-21T08:30:00Z'), watermark: null });
    for (const base of ['rtl', 'ltr'] as const) {
      const align = base === 'rtl' ? 'right' : 'left';
      for (const [at, sample] of samples.filter((each) => each.base === base).entries()) {
        if (at % 16 === 0) pages.addPage();
        pages.text('line', sample, { x: 60, y: 40 + (at % 16) * 32, width: 700, height: 30 }, { size: 14, align });
      }
    }
    return pages.bytes();
  }
  const linesOf = (pages: string[]) => new Set(pages.flatMap((page) => page.split('\n')).map(asRead));
  const back = (lines: Set<string>) => samples.filter(({ text }) => lines.has(asRead(text)));

  it('from pdftotext exactly, but for those named', async () => {
    const found = back(linesOf(copiedText(await paper())));
    expect(samples.filter((sample) => !found.includes(sample)).map(({ id }) => id)).toEqual(NOT_BACK);
    expect(found.length).toBeGreaterThanOrEqual(68);
  });

  // pdf.js parts a line at a half-space and at each change of direction.
  it('from pdf.js no fewer than they did', async () => {
    expect(back(linesOf(await pdfText(await paper()))).length).toBeGreaterThanOrEqual(43);
  });
});
