import { describe, expect, it } from 'vitest';
import { marksToSend, readMark, writtenSince } from './mark-entries.js';

describe('a typed mark', () => {
  it.each([
    ['87', 8700],
    ['۸۷٫۵', 8750],
    ['٨٧.٢٥', 8725],
    [' 100 ', 10_000],
    ['0', 0],
    ['100.01', null],
    ['-1', null],
    ['بیست', null],
    ['', null],
  ])('%s is %s hundredths', (text, hundredths) => {
    expect(readMark(text)).toBe(hundredths);
  });

  it('stays when it was written while others were on their way', () => {
    const sent = { a: { text: '۵۰', absent: false }, b: { text: '۶۰', absent: false } };
    const later = { text: '۶۰٫۵', absent: false };
    expect(writtenSince(sent, { ...sent, b: later, c: later })).toEqual({ b: later, c: later });
    expect(writtenSince(sent, sent)).toEqual({});
  });

  it('is left out when nothing is written, and holds all back when it cannot be read', () => {
    const entries = {
      a: { text: '۵۰', absent: false },
      b: { text: ' ', absent: false },
      c: { text: '', absent: true },
    };
    const open = new Set(['a', 'b', 'c', 'd']);
    expect(marksToSend(entries, open)).toEqual([
      { enrolmentId: 'a', absent: false, markHundredths: 5000 },
      { enrolmentId: 'c', absent: true, markHundredths: null },
    ]);
    const wrong = { ...entries, d: { text: '101', absent: false } };
    expect(marksToSend(wrong, open)).toBeNull();
    // Who has passed meanwhile has no field: what was written there goes nowhere, and holds nobody back.
    expect(marksToSend(wrong, new Set(['b', 'c']))).toEqual([{ enrolmentId: 'c', absent: true, markHundredths: null }]);
  });
});
