import { describe, expect, it } from '@jest/globals';
import { judgePaper, pdfText } from '@app/testing';
import { drawCodeSheet } from './code-sheet.document.js';

const model = {
  userName: 'm.karimi',
  codes: Array.from({ length: 10 }, (_, at) => `7K2${at}-9QXT`),
  drawnOn: '2026-11-21',
};

judgePaper('sheet of one-time codes', import.meta.url, () => drawCodeSheet(model));

describe('the sheet of one-time codes', () => {
  it('shows every code as it is typed, whose it is and since when, and no name', async () => {
    const text = (await pdfText(await drawCodeSheet(model))).join(' ');
    for (const code of model.codes) expect(text).toContain(code);
    expect(text).toContain('m.karimi');
    expect(text).toContain('۳۰ آبان ۱۴۰۵');
  });
});
