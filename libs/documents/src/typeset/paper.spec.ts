import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { pdfText } from '@app/testing';
import { fa, line, number } from './field.js';
import { fit } from './fit.js';
import { Paper } from './paper.js';

const drawnAt = new Date('2026-11-21T08:30:00Z');

function letter(words: string[], watermark: string | null = null): Promise<Uint8Array> {
  const paper = new Paper({ title: 'نامه', drawnAt, watermark });
  paper.addPage();
  paper.layWatermark();
  for (const [at, text] of words.entries()) {
    paper.text('line', fa(text), { x: 60, y: 40 + at * 30, width: 700, height: 24 }, { size: 14 });
  }
  return paper.bytes();
}

/** The file with its compressed streams opened, for looking into. */
const opened = (bytes: Uint8Array) =>
  Buffer.from(bytes)
    .toString('latin1')
    .replace(/stream\n([^]*?)\nendstream/g, (whole, packed: string) => {
      try {
        return inflateSync(Buffer.from(packed, 'latin1')).toString('latin1');
      } catch {
        return whole;
      }
    });

describe('a paper', () => {
  const words = ['گواهینامه پایان دوره', 'پژوهش در کارگاه', 'سازمان آموزش فنی و حرفه', 'اللهیاری', 'مبلغ (به ریال)'];

  it('gives the same bytes for the same model', async () => {
    expect(await letter(words)).toEqual(await letter(words));
  });

  // pdf.js drops half-spaces and parts the letters of a ligature; what pdftotext gives back stands in the README.
  it('gives its words back to a reader who copies them', async () => {
    const [page] = await pdfText(await letter(words));
    for (const word of words.flatMap((text) => text.split(/[ ()]+/))) expect(page).toContain(word);
  });

  it('gives numbers and dates back in their order', async () => {
    const [page] = await pdfText(
      await letter(['مبلغ ۱٬۲۵۰٬۰۰۰ ریال', 'تاریخ ۱۴۰۴/۰۸/۳۰', 'کد ملی ۰۰۱۲۳۴۵۶۷۸', 'دوره ۱۲۰ ساعته']),
    );
    for (const figures of ['۱٬۲۵۰٬۰۰۰', '۱۴۰۴/۰۸/۳۰', '۰۰۱۲۳۴۵۶۷۸', '۱۲۰']) expect(page).toContain(figures);
  });

  it('embeds its faces, cut down to what papers are made of', async () => {
    const bytes = await letter(words);
    const file = opened(bytes);
    expect(file).toMatch(/\/FontName\/[A-Z]{6}\+Vazirmatn-Regular/);
    expect(file).toContain('/FontFile2');
    expect(file).not.toContain('Helvetica');
    expect(bytes.length).toBeLessThan(
      readFileSync(new URL('../../fonts/Vazirmatn-Regular.ttf', import.meta.url)).length / 3,
    );
  });

  it('says its language, its title and its date', async () => {
    const file = opened(await letter(words));
    expect(file).toContain('/Lang (fa-IR)');
    expect(file).toContain('(D:20261121083000Z)');
    expect(file).toContain('/DisplayDocTitle true');
  });

  it('lays the watermark as shapes that nobody can copy', async () => {
    const marked = await letter(words, 'نمونه، فاقد اعتبار');
    expect(await pdfText(marked)).toEqual(await pdfText(await letter(words)));
    expect(opened(marked)).toMatch(/\/Artifact BMC[^]*\/watermark Do[^]*EMC/);
  });

  it('draws a title in Nastaliq as shapes, with the same words for those who copy', async () => {
    const paper = new Paper({ title: 'نامه', drawnAt, watermark: null });
    paper.addPage();
    const box = { x: 100, y: 40, width: 400, height: 80 };
    paper.text('title', fa('گواهینامهٔ مهارت'), box, { face: 'nastaliq', size: 30, align: 'centre' });
    const bytes = await paper.bytes();
    expect(opened(bytes)).not.toContain('Nastaliq');
    expect(opened(bytes)).toMatch(/ c\n[^]*\nf Q\nq 3 Tr/);
    expect((await pdfText(bytes))[0]).toContain('مهارت');
    const cell = fit('cell', fa('مهارت'), box, { face: 'nastaliq', size: 30 });
    expect(() =>
      new Paper({ title: 'نامه', drawnAt, watermark: null }).put(cell, box, { face: 'nastaliq', size: 30 }),
    ).toThrow('shapes');
  });

  it('numbers its pages when all are drawn', async () => {
    const paper = new Paper({ title: 'نامه', drawnAt, watermark: null });
    for (let page = 0; page < 7; page++) paper.addPage();
    paper.numberPages({ x: 60, y: 560, width: 700, height: 20 }, { size: 9 });
    const pages = await pdfText(await paper.bytes());
    expect(pages).toHaveLength(7);
    expect(pages[1]).toContain('۲');
    expect(pages[1]).toContain('۷');
    expect(pages[1]).toContain('صفحه');
  });

  it('keeps the order of a sentence with fields in it', async () => {
    const paper = new Paper({ title: 'نامه', drawnAt, watermark: null });
    paper.addPage();
    paper.text(
      'line',
      line`نمرهٔ ${number('18٫75')} از ${number(20)}`,
      { x: 0, y: 0, width: 400, height: 30 },
      { size: 12 },
    );
    expect((await pdfText(await paper.bytes()))[0]).toMatch(/۱۸٫۷۵/);
  });
});
