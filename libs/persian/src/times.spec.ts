import { describe, expect, it } from '@jest/globals';
import { formatMinutesAsHours, formatTime, parseTime } from './times.js';

describe('times and durations', () => {
  it('writes times of day', () => {
    expect(formatTime(510)).toBe('۸:۳۰');
    expect(formatTime(0)).toBe('۰:۰۰');
    expect(formatTime(1440, 'en')).toBe('24:00');
    expect(() => formatTime(-1)).toThrow(RangeError);
  });

  it.each([
    ['8:30', 510],
    ['۰۸:۳۰', 510],
    ['8.30', 510],
    ['۸', 480],
    ['24:00', 1440],
    ['24:01', null],
    ['8:60', null],
    ['8:3', null],
    ['هشت', null],
    ['', null],
  ])('reads «%s»', (text, minutes) => {
    expect(parseTime(text)).toBe(minutes);
  });

  it.each([
    [750, '۱۲ ساعت و ۳۰ دقیقه', '۱۲:۳۰', '12 h 30 min'],
    [720, '۱۲ ساعت', '۱۲:۰۰', '12 h'],
    [45, '۴۵ دقیقه', '۰:۴۵', '45 min'],
    [0, '۰ دقیقه', '۰:۰۰', '0 min'],
    [72_000, '۱٬۲۰۰ ساعت', '۱۲۰۰:۰۰', '1,200 h'],
  ])('writes %d minutes', (minutes, words, compact, english) => {
    expect(formatMinutesAsHours(minutes)).toBe(words);
    expect(formatMinutesAsHours(minutes, 'compact')).toBe(compact);
    expect(formatMinutesAsHours(minutes, 'words', 'en')).toBe(english);
  });
});
