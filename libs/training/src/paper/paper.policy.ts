import { type Actor, Role } from '@app/access';
import { Forbidden } from '@app/platform';
import { type RunBounds, runsSeenBy } from '../course-run/course-run.policy.js';
import type { CourseRunStatus } from '../course-run/course-run.entity.js';
import { PaperKind } from './paper-order.entity.js';
import { isPaperOf } from './paper.rules.js';

const { TRAINER, INSTITUTE_MANAGER, COUNTY_OFFICER, PROVINCIAL_OFFICER, ASSESSOR } = Role;

/** Who orders each paper, and opens it: the class list shows whole national IDs, a letter is the office's own. */
const users: Record<PaperKind, readonly Role[]> = {
  ATTENDANCE_SHEET: [TRAINER, INSTITUTE_MANAGER, COUNTY_OFFICER],
  ATTENDANCE_REPORT: [INSTITUTE_MANAGER, COUNTY_OFFICER, PROVINCIAL_OFFICER],
  CLASS_LIST: [INSTITUTE_MANAGER, COUNTY_OFFICER],
  EXAM_LIST: [ASSESSOR, COUNTY_OFFICER],
  EXAM_CARDS: [ASSESSOR, COUNTY_OFFICER],
  COMPLETION_NOTICES: [INSTITUTE_MANAGER],
  LETTER_OF_THANKS: [COUNTY_OFFICER, PROVINCIAL_OFFICER],
  LETTER_OF_REFUSAL: [COUNTY_OFFICER, PROVINCIAL_OFFICER],
  LABELS: [INSTITUTE_MANAGER, COUNTY_OFFICER],
};

/** Whoever orders any paper at all. */
export const PAPER_USERS = [TRAINER, INSTITUTE_MANAGER, COUNTY_OFFICER, PROVINCIAL_OFFICER, ASSESSOR] as const;

export const papersOf = (actor: Actor): PaperKind[] =>
  Object.values(PaperKind).filter((kind) => users[kind].includes(actor.role));

/** What the viewer of a run may order now: the web shows this and repeats no rule. */
export const papersToOrder = (actor: Actor, { status }: { status: CourseRunStatus }): PaperKind[] =>
  papersOf(actor).filter((kind) => isPaperOf(status, kind));

/**
 * The course runs about which an actor may order and open a paper of the kind: the `where` of the query.
 *
 * @throws Forbidden the role has no such paper
 */
export function runsPapered(actor: Actor, kind: PaperKind): RunBounds {
  if (!users[kind].includes(actor.role)) throw new Forbidden();
  return runsSeenBy(actor);
}
