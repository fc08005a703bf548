import type { ExamRules } from '../rules/dated-rules.entity.js';
import { examVerdict } from './exam.rules.js';
import { ExamPart, type ExamResult } from './exam-result.entity.js';

/** Why exam marks are refused: rules M1-M8 of the training README. Nothing of a refused list is written. */
export enum ExamRefusal {
  RUN_NOT_EXAMINED = 'RUN_NOT_EXAMINED', // M1: exams are held between the end of the sessions and the certificates
  WRONG_DAY = 'WRONG_DAY', // M2: before the last session, or still to come
  NOT_ENROLLED = 'NOT_ENROLLED', // M3: without a seat in this run
  WRONG_MARK = 'WRONG_MARK', // M4: a mark, or absent; not both, not neither
  PASSED_ALREADY = 'PASSED_ALREADY', // M5: a part that was passed is not tried again
  NO_TRY_LEFT = 'NO_TRY_LEFT', // M6
  WRITTEN_NOT_PASSED = 'WRITTEN_NOT_PASSED', // M7: the practical part comes after a passed written one
  NOT_AFTER_LAST_TRY = 'NOT_AFTER_LAST_TRY', // M8: the tries of a part are on different days, in their order
}

type Numbers = Pick<ExamRules, 'writtenPassHundredths' | 'practicalPassHundredths' | 'writtenTries' | 'practicalTries'>;
type Try = Pick<ExamResult, 'part' | 'tryNumber' | 'absent' | 'markHundredths' | 'satOn'>;

/** One line of the list of marks. */
export interface ExamMarkInput {
  enrolmentId: string;
  absent?: boolean | null;
  /** Hundredths of a point out of 100. */
  markHundredths?: number | null;
}

const isPassed = ({ part, absent, markHundredths }: Try, rules: Numbers): boolean =>
  !absent &&
  markHundredths !== null &&
  markHundredths >= (part === ExamPart.WRITTEN ? rules.writtenPassHundredths : rules.practicalPassHundredths);

/** Rules M5 to M8: whether someone with these tries behind them may try a part on a day. */
export function refuseTry(tries: readonly Try[], rules: Numbers, part: ExamPart, satOn: string): ExamRefusal | null {
  const own = tries.filter((attempt) => attempt.part === part);
  if (own.some((attempt) => isPassed(attempt, rules))) return ExamRefusal.PASSED_ALREADY;
  const allowed = part === ExamPart.WRITTEN ? rules.writtenTries : rules.practicalTries;
  if (own.length >= allowed) return ExamRefusal.NO_TRY_LEFT;
  if (part === ExamPart.PRACTICAL) {
    const written = tries.find((attempt) => attempt.part === ExamPart.WRITTEN && isPassed(attempt, rules));
    if (!written || satOn < written.satOn) return ExamRefusal.WRITTEN_NOT_PASSED;
  }
  return own.some((attempt) => attempt.satOn >= satOn) ? ExamRefusal.NOT_AFTER_LAST_TRY : null;
}

/** How someone stands: passed, failed for good, or with a try still open. */
export enum ExamStanding {
  PASSED = 'PASSED',
  FAILED = 'FAILED',
  INCOMPLETE = 'INCOMPLETE',
}

const FAR_AHEAD = '9999-12-31';

export function examStanding(tries: Try[], rules: Numbers & Parameters<typeof examVerdict>[1]): ExamStanding {
  if (examVerdict(tries, rules).passed) return ExamStanding.PASSED;
  return openParts(tries, rules).length > 0 ? ExamStanding.INCOMPLETE : ExamStanding.FAILED;
}

/** The parts that someone may still try. */
export const openParts = (tries: readonly Try[], rules: Numbers): ExamPart[] =>
  Object.values(ExamPart).filter((part) => refuseTry(tries, rules, part, FAR_AHEAD) === null);
