import { describe, expect, it } from '@jest/globals';
import { pdfText } from '@app/testing';
import { fa } from '../typeset/field.js';
import { Form, type FormHead } from './form.js';
import { cutAndStack, mm, PHOTO } from './measures.js';

describe('cards of one pile, cut', () => {
  it.each([
    [1, 6],
    [6, 6],
    [7, 6],
    [15, 6],
    [200, 6],
    [5, 1],
  ])('%s cards, %s on a sheet, are in their order when the piles are put together', (pieces, places) => {
    const sheets = cutAndStack(pieces, places);
    const piles = Array.from({ length: places }, (_, place) => sheets.map((sheet) => sheet[place]));
    expect(piles.flat().filter((piece) => piece !== null)).toEqual(Array.from({ length: pieces }, (_, at) => at));
  });

  it('need no sheet when there are none', () => {
    expect(cutAndStack(0, 6)).toEqual([]);
  });
});

it('a photograph is 3 x 4 cm', () => {
  expect((PHOTO.width * 2.54) / 72).toBeCloseTo(3);
  expect((PHOTO.height * 2.54) / 72).toBeCloseTo(4);
  expect(mm(25.4)).toBe(72);
});

describe('a form', () => {
  const head: FormHead = {
    issuers: ['اداره کل استان اصفهان', 'اداره آموزش کاشان'],
    title: fa('فهرست کلاس'),
    subtitle: null,
    registry: { number: '1405/12', day: '2026-11-21', attachments: null },
    emblem: null,
  };
  const form = (changes: Partial<ConstructorParameters<typeof Form>[0]> = {}) =>
    new Form({
      orientation: 'portrait',
      title: 'فهرست',
      drawnAt: new Date('2026-11-21T08:00:00Z'),
      watermark: null,
      grey: false,
      head,
      facts: [[{ label: 'مربی', value: fa('پروین شریفی'), share: 1 }]],
      legend: fa('نشانه‌ها'),
      numbered: true,
      ...changes,
    });

  it('has its head, its facts and its foot on every page, and numbers them', async () => {
    const paper = form();
    for (let page = 0; page < 3; page++) paper.nextPage();
    const pages = await pdfText(await paper.bytes());
    expect(pages).toHaveLength(3);
    for (const [at, page] of pages.entries()) {
      for (const word of ['کاشان', 'کلاس', 'شریفی', '۱۴۰۵/۱۲', '۱۴۰۵/۰۸/۳۰', 'شماره', 'پیوست', 'صفحه'])
        expect(page).toContain(word);
      expect(page).toContain('۱۲۳'[at]);
    }
  });

  it('leaves a place for the number and the day that are not known yet', async () => {
    const paper = form({ head: { ...head, registry: { number: null, day: null, attachments: null } } });
    paper.nextPage();
    const [page] = await pdfText(await paper.bytes());
    for (const word of ['شماره', 'تاریخ', 'پیوست']) expect(page).toContain(word);
    expect(page).not.toContain('۱۴۰۵');
  });

  it('keeps the places to sign together, on a new page where they do not fit', async () => {
    const signed = async (y: number) => {
      const paper = form();
      paper.nextPage();
      paper.signatures(y, [{ label: 'امضای مربی' }, { label: 'مهر و امضای مدیر', stamped: true }]);
      return pdfText(await paper.bytes());
    };
    expect(await signed(600)).toHaveLength(1);
    const [first, second] = await signed(790);
    expect(first).not.toContain('امضای');
    expect(second).toContain('امضای مربی');
    expect(second).toContain('مدیر');
  });

  it('makes room for a fact that needs more lines, and for nothing that has none', async () => {
    const tall = form().nextPage([[{ label: 'مربی', value: fa('واژه '.repeat(60)), share: 1 }]]);
    expect(tall).toBeGreaterThan(form().nextPage());
    expect(form().nextPage([])).toBeLessThan(form().nextPage());
  });
});
