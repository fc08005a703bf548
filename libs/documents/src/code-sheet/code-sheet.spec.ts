import { describe, expect, it } from '@jest/globals';
import { pdfText } from '@app/testing';
import { drawCodeSheet } from './code-sheet.document.js';

describe('the sheet of one-time codes', () => {
  const model = {
    userName: 'm.karimi',
    codes: Array.from({ length: 10 }, (_, at) => `7K2${at}-9QXT`),
    drawnOn: '2026-11-21',
  };

  it('shows every code as it is typed, whose it is and since when, and no name', async () => {
    const text = (await pdfText(await drawCodeSheet(model))).join(' ');
    for (const code of model.codes) expect(text).toContain(code);
    expect(text).toContain('m.karimi');
    expect(text).toContain('۳۰ آبان ۱۴۰۵');
  });

  it('is the same file for the same codes', async () => {
    expect(Buffer.from(await drawCodeSheet(model)).equals(await drawCodeSheet(model))).toBe(true);
  });
});
