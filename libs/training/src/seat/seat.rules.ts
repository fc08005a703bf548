import type { CourseRun } from '../course-run/course-run.entity.js';
import { allows, CourseRunAction } from '../course-run/course-run.rules.js';
import { type Enrolment, EnrolmentStatus } from '../enrolment/enrolment.entity.js';

/** Why a seat is not settled: rules F1-F4 of the training README, in the order they are checked. */
export enum SeatRefusal {
  RUN_OVER = 'RUN_OVER', // F1
  NOT_ENROLLED = 'NOT_ENROLLED', // F2
  ALREADY_SETTLED = 'ALREADY_SETTLED', // F3
  TOKEN_UNKNOWN = 'TOKEN_UNKNOWN', // F4: mistyped, of another run, used, taken back or never given: not told apart
}

/** Rule F1: a token is given and used as long as its run goes on, and no longer; it has no day of its own. */
export const refuseToken = ({ status }: Pick<CourseRun, 'status'>): SeatRefusal | null =>
  allows(status, CourseRunAction.ENROL) ? null : SeatRefusal.RUN_OVER;

/** Rules F1 to F3. */
export const refuseSettling = (
  run: Pick<CourseRun, 'status'>,
  { status, settled }: Pick<Enrolment, 'status' | 'settled'>,
): SeatRefusal | null => {
  if (status !== EnrolmentStatus.ENROLLED) return refuseToken(run) ?? SeatRefusal.NOT_ENROLLED;
  return refuseToken(run) ?? (settled ? SeatRefusal.ALREADY_SETTLED : null);
};
