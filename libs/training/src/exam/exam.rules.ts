import { ExamPart, type ExamResult } from './exam-result.entity.js';
import type { ExamRules } from '../rules/dated-rules.entity.js';

/** Why the exam is not passed (rules X1-X4 of the training README). */
export enum ExamShortfall {
  WRITTEN_MISSING = 'WRITTEN_MISSING',
  WRITTEN_FAILED = 'WRITTEN_FAILED', // X1
  PRACTICAL_MISSING = 'PRACTICAL_MISSING',
  PRACTICAL_FAILED = 'PRACTICAL_FAILED', // X2
  FINAL_BELOW_PASS = 'FINAL_BELOW_PASS', // X3: both minimums together may still fail
}

type Try = Pick<ExamResult, 'part' | 'tryNumber' | 'absent' | 'markHundredths' | 'satOn'>;
type Numbers = Pick<
  ExamRules,
  | 'writtenPassHundredths'
  | 'practicalPassHundredths'
  | 'finalPassHundredths'
  | 'writtenWeightPercent'
  | 'practicalWeightPercent'
>;

/** What a person's tries come to. Marks are hundredths of a point out of 100. */
export interface ExamVerdict {
  passed: boolean;
  shortfalls: ExamShortfall[];
  writtenHundredths: number | null;
  practicalHundredths: number | null;
  /** Rounded to hundredths, for showing; the comparison is made before rounding (X4). */
  finalHundredths: number | null;
  /** The day of the last practical try. */
  examOn: string | null;
}

/** Judges the tries of one enrolment by the rules its run began with. Of several tries of a part the best counts. */
export function examVerdict(tries: Try[], rules: Numbers): ExamVerdict {
  const written = best(tries, ExamPart.WRITTEN);
  const practical = best(tries, ExamPart.PRACTICAL);
  const shortfalls: ExamShortfall[] = [];
  if (!sat(tries, ExamPart.WRITTEN)) shortfalls.push(ExamShortfall.WRITTEN_MISSING);
  else if (written === null || written < rules.writtenPassHundredths) shortfalls.push(ExamShortfall.WRITTEN_FAILED);
  if (!sat(tries, ExamPart.PRACTICAL)) shortfalls.push(ExamShortfall.PRACTICAL_MISSING);
  else if (practical === null || practical < rules.practicalPassHundredths)
    shortfalls.push(ExamShortfall.PRACTICAL_FAILED);

  // Whole numbers: hundredths times per cent, so that nothing is lost before the comparison.
  const weights = rules.writtenWeightPercent + rules.practicalWeightPercent;
  const weighted =
    written === null || practical === null
      ? null
      : written * rules.writtenWeightPercent + practical * rules.practicalWeightPercent;
  if (shortfalls.length === 0 && (weighted === null || weighted < rules.finalPassHundredths * weights))
    shortfalls.push(ExamShortfall.FINAL_BELOW_PASS);
  return {
    passed: shortfalls.length === 0,
    shortfalls,
    writtenHundredths: written,
    practicalHundredths: practical,
    finalHundredths: weighted === null ? null : Math.round(weighted / weights),
    examOn: lastDay(tries),
  };
}

const sat = (tries: Try[], part: ExamPart): boolean => tries.some((attempt) => attempt.part === part);

function best(tries: Try[], part: ExamPart): number | null {
  const marks = tries.flatMap((attempt) =>
    attempt.part === part && !attempt.absent && attempt.markHundredths !== null ? [attempt.markHundredths] : [],
  );
  return marks.length === 0 ? null : Math.max(...marks);
}

function lastDay(tries: Try[]): string | null {
  return tries.reduce<string | null>((last, { satOn }) => (last === null || satOn > last ? satOn : last), null);
}
