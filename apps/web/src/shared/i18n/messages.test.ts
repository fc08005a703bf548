import { describe, expect, it } from 'vitest';
import { en } from './en.js';
import { fa } from './fa.js';

interface Messages {
  [key: string]: string | Messages;
}

const flat = (messages: Messages, above = ''): [string, string][] =>
  Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string' ? [[above + key, value] as [string, string]] : flat(value, `${above}${key}.`),
  );
const withoutSlots = (text: string) => text.replace(/\{\{\w+\}\}/g, 'ن');
const slots = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

describe('messages', () => {
  const persian = new Map(flat(fa));
  const english = new Map(flat(en as unknown as Messages));

  it('exist in both languages, with the same slots', () => {
    for (const [key, text] of english) {
      const base = key.replace(/_one$/, '');
      expect([...persian.keys()]).toContain(base);
      if (key === base) expect([key, slots(text)]).toEqual([key, slots(persian.get(key)!)]);
    }
    expect([...persian.keys()].filter((key) => !english.has(key))).toEqual([]);
  });

  it('are Persian in Persian: its letters, its digits, its marks', () => {
    const codes = /\b(PDF|CSV|xlsx|xls|csv)\b/g;
    for (const [key, text] of persian) {
      if (key.startsWith('language.')) continue; // It speaks to those who read the other language.
      const rest = withoutSlots(text).replace(codes, 'ن');
      expect([key, /[A-Za-z0-9٠-٩]/.test(rest)]).toEqual([key, false]);
      expect([key, /[يىك,;?]/.test(rest)]).toEqual([key, false]);
      expect([key, /\s[،؛:.؟]/.test(rest)]).toEqual([key, false]);
    }
  });
});
