import { describe, expect, it } from '@jest/globals';
import { ExamPart } from './exam-result.entity.js';
import { ExamShortfall as S, examVerdict } from './exam.rules.js';

const rules = {
  writtenPassHundredths: 5000,
  practicalPassHundredths: 7000,
  finalPassHundredths: 7000,
  writtenWeightPercent: 25,
  practicalWeightPercent: 75,
};
const mark = (part: ExamPart, points: number | null, tryNumber = 1) => ({
  part,
  tryNumber,
  absent: points === null,
  markHundredths: points === null ? null : Math.round(points * 100),
  satOn: `2026-12-0${tryNumber}`,
});
const written = (points: number | null, tryNumber?: number) => mark(ExamPart.WRITTEN, points, tryNumber);
const practical = (points: number | null, tryNumber?: number) => mark(ExamPart.PRACTICAL, points, tryNumber);

describe('the verdict of an exam', () => {
  it.each([
    ['has good marks', [written(80), practical(90)], [], 8750],
    ['has both minimums and still fails', [written(50), practical(70)], [S.FINAL_BELOW_PASS], 6500],
    ['reaches exactly the pass mark', [written(70), practical(70)], [], 7000],
    ['would only pass by rounding', [written(69.98), practical(70)], [S.FINAL_BELOW_PASS], 7000],
    ['is a hundredth below in writing', [written(49.99), practical(100)], [S.WRITTEN_FAILED], 8750],
    ['is a hundredth below in practice', [written(100), practical(69.99)], [S.PRACTICAL_FAILED], 7749],
    ['was absent in practice', [written(80), practical(null)], [S.PRACTICAL_FAILED], null],
    ['passes the second try', [written(40), written(80, 2), practical(60), practical(90, 2)], [], 8750],
    ['has not sat', [], [S.WRITTEN_MISSING, S.PRACTICAL_MISSING], null],
    ['waits for the practical part', [written(80)], [S.PRACTICAL_MISSING], null],
  ])('of one who %s', (_, tries, shortfalls, finalHundredths) => {
    const verdict = examVerdict(tries, rules);
    expect(verdict.shortfalls).toEqual(shortfalls);
    expect(verdict.passed).toBe(shortfalls.length === 0);
    expect(verdict.finalHundredths).toBe(finalHundredths);
  });

  it('follows other weights', () => {
    const thirds = { ...rules, writtenWeightPercent: 1, practicalWeightPercent: 2 };
    expect(examVerdict([written(60), practical(75)], thirds)).toMatchObject({ passed: true, finalHundredths: 7000 });
  });
});
