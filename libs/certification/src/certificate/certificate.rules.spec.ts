import { describe, expect, it } from '@jest/globals';
import {
  type CandidateFacts,
  certificateShortfalls,
  CertificateShortfall as S,
  gradeWord,
  serialOf,
} from './certificate.rules.js';

const limits = { unexcusedLimitPercent: 15, totalLimitPercent: 25 };
const facts: CandidateFacts = {
  left: false,
  examShortfalls: [],
  plannedMinutes: 1000,
  excusedMinutes: 0,
  unexcusedMinutes: 0,
  notEnteredMinutes: 0,
};

describe('what stands between a trainee and the certificate', () => {
  it.each([
    ['nothing, for one who passed and was there', {}, []],
    ['nothing, at exactly the limit of unexcused absence', { unexcusedMinutes: 150 }, []],
    ['a minute more of unexcused absence', { unexcusedMinutes: 151 }, [S.UNEXCUSED_OVER_LIMIT]],
    ['nothing, at exactly the limit of all absence', { unexcusedMinutes: 100, excusedMinutes: 150 }, []],
    ['a minute more of absence for whatever reason', { excusedMinutes: 251 }, [S.ABSENCE_OVER_LIMIT]],
    ['a sheet without the mark', { notEnteredMinutes: 1 }, [S.ATTENDANCE_NOT_ENTERED]],
    [
      'the exam and the absence, both told',
      { examShortfalls: ['WRITTEN_FAILED'], unexcusedMinutes: 300 },
      [S.WRITTEN_FAILED, S.UNEXCUSED_OVER_LIMIT, S.ABSENCE_OVER_LIMIT],
    ],
    ['having left, whatever the marks', { left: true, unexcusedMinutes: 900 }, [S.LEFT_RUN]],
  ] as [string, Partial<CandidateFacts>, S[]][])('is %s', (_, change, expected) => {
    expect(certificateShortfalls({ ...facts, ...change }, limits)).toEqual(expected);
  });
});

describe('what a certificate prints', () => {
  it.each([
    [7000, 'متوسط'],
    [7999, 'متوسط'],
    [8000, 'خوب'],
    [8999, 'خوب'],
    [9000, 'عالی'],
  ])('has a word for the mark %i', (mark, word) => expect(gradeWord(mark)).toBe(word));

  it('has a serial of province, Jalali year and number', () => {
    expect(serialOf({ provinceCode: '15', jalaliYear: 1405, number: 42 })).toBe('15-1405-000042');
  });
});
