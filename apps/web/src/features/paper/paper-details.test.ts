import { describe, expect, it } from 'vitest';
import {
  blankEntries,
  detailsToSend,
  labelSheets,
  monthsOf,
  type PaperEntries,
  type PaperKind,
} from './paper-details.js';

const details = (kind: PaperKind, typed: Partial<PaperEntries> = {}) =>
  detailsToSend(kind, { ...blankEntries, ...typed });

describe('the details of a paper', () => {
  it('are none for a class list, but for its colours', () => {
    expect(details('CLASS_LIST', { grey: true, reason: 'x' })).toEqual({ grey: true });
  });

  it('of a sheet and of a report may name a month', () => {
    expect(details('ATTENDANCE_SHEET')).toEqual({ grey: false });
    expect(details('ATTENDANCE_SHEET', { month: '2026-10-23' })).toEqual({ grey: false, month: '2026-10-23' });
    expect(details('ATTENDANCE_REPORT', { grey: true })).toEqual({ grey: true, format: 'PDF' });
    const sheet = details('ATTENDANCE_REPORT', { month: '2026-10-23', format: 'XLSX' });
    expect(sheet).toEqual({ grey: false, format: 'XLSX', month: '2026-10-23' });
  });

  it('of an exam are complete, with day and time typed in Persian digits', () => {
    const typed = { examDay: '۱۴۰۵/۱۰/۰۶', examTime: '۹:۳۰', place: ' سالن ۱ ' };
    expect(details('EXAM_CARDS', typed)).toEqual({
      grey: false,
      sitting: { part: 'WRITTEN', day: '2026-12-27', startMinute: 570, place: 'سالن ۱' },
    });
    for (const missing of [{ examDay: '' }, { examTime: 'نه' }, { place: ' ' }])
      expect(details('EXAM_LIST', { ...typed, ...missing })).toBeNull();
  });

  it('of a refusal have what was asked for and why not; thanks need neither', () => {
    expect(details('LETTER_OF_REFUSAL', { request: 'تغییر' })).toBeNull();
    expect(details('LETTER_OF_REFUSAL', { request: 'تغییر', reason: 'جا نیست' })).toEqual({
      grey: false,
      letter: { addressee: 'INSTITUTE', request: 'تغییر', reason: 'جا نیست' },
    });
    expect(details('LETTER_OF_THANKS', { number: '۱۲/۳', addressee: 'TRAINER', reason: 'x' })).toEqual({
      grey: false,
      letter: { addressee: 'TRAINER', number: '۱۲/۳' },
    });
  });

  it('of labels say where a part-used sheet begins', () => {
    expect(details('LABELS', { start: '۷' })).toEqual({ grey: false, labels: { ...labelSheets['3x8'], start: 7 } });
    for (const start of ['', '0', 'x', '-1', '1.5']) expect(details('LABELS', { start })).toBeNull();
  });
});

it('the months of a course are those its days lie in', () => {
  expect(monthsOf('2026-10-25', '2026-12-21')).toEqual(['2026-10-23', '2026-11-22']);
  expect(monthsOf('2026-10-25', '2026-12-22')).toEqual(['2026-10-23', '2026-11-22', '2026-12-22']);
});
