import type { CourseRun } from '../course-run/course-run.entity.js';
import { allows, CourseRunAction } from '../course-run/course-run.rules.js';
import { EnrolmentStatus } from './enrolment.entity.js';

/** Why an enrolment is refused: rules E1-E5 of the training README, in the order they are checked. */
export enum EnrolmentRefusal {
  RUN_CLOSED = 'RUN_CLOSED', // E1: finished, closed or cancelled, or past its closing day
  ALREADY_ENROLLED = 'ALREADY_ENROLLED', // E2
  LEFT_BEFORE = 'LEFT_BEFORE', // E3: one who withdrew or was removed does not come back to the same run
  RUN_FULL = 'RUN_FULL', // E4: a seat that is given up is free again
  NOT_ENROLLED = 'NOT_ENROLLED', // E5: only one who has a seat can give it up
}

/** Rule E1, of the run alone. */
export const refuseRun = (
  { status, enrolmentClosesOn }: Pick<CourseRun, 'status' | 'enrolmentClosesOn'>,
  today: string,
): EnrolmentRefusal | null =>
  allows(status, CourseRunAction.ENROL) && today <= enrolmentClosesOn ? null : EnrolmentRefusal.RUN_CLOSED;

/** Rules E2 and E3: what the person's earlier enrolment in the run says, if there is one. */
export const refuseAgain = (earlier: EnrolmentStatus | undefined): EnrolmentRefusal | null => {
  if (earlier === undefined) return null;
  return earlier === EnrolmentStatus.ENROLLED ? EnrolmentRefusal.ALREADY_ENROLLED : EnrolmentRefusal.LEFT_BEFORE;
};

/** Rule E4, seen before the seats are counted: `given` of the free ones go to people who came before. */
export const refuseFull = (
  { capacity, seatsTaken }: Pick<CourseRun, 'capacity' | 'seatsTaken'>,
  given: number,
): EnrolmentRefusal | null => (seatsTaken + given < capacity ? null : EnrolmentRefusal.RUN_FULL);
