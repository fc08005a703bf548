import { describe, expect, it } from '@jest/globals';
import { hasBidiControl, ltrIsolate, rtlIsolate } from './bidi.js';

describe('direction marks', () => {
  it('are seen', () => {
    for (const mark of ['\u061C', '\u200E', '\u200F', '\u202E', '\u2066', '\u2069']) {
      expect(hasBidiControl(`مر${mark}یم`)).toBe(true);
      expect(hasBidiControl(`مر${mark}یم`)).toBe(true);
    }
    expect(hasBidiControl('علی‌پور (کبری)')).toBe(false);
  });

  it('isolate a value that cannot break out', () => {
    expect(ltrIsolate('7223-20-051-1')).toBe('\u20667223-20-051-1\u2069');
    expect(ltrIsolate('C\u2069++')).toBe('\u2066C++\u2069');
    expect(rtlIsolate('۱۴۰۴/الف/۱۲۳')).toBe('\u2067۱۴۰۴/الف/۱۲۳\u2069');
  });
});
