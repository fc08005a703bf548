import { type Actor, Role } from '@app/access';
import { Forbidden } from '@app/platform';
import { IN_TRAINING, within } from '../tenancy/tenancy.policy.js';
import type { CourseRun } from './course-run.entity.js';
import { allows, CourseRunAction } from './course-run.rules.js';

/** Who may do what. One table for the operations' callers and for the rows they reach. */
export const doers: Record<CourseRunAction, [Role, ...Role[]]> = {
  ENROL: [Role.INSTITUTE_MANAGER, Role.COUNTY_OFFICER],
  MARK_ATTENDANCE: [Role.TRAINER, Role.INSTITUTE_MANAGER],
  REQUEST_ATTENDANCE_REPORT: [Role.COUNTY_OFFICER, Role.PROVINCIAL_OFFICER, Role.INSTITUTE_MANAGER],
  FINISH: [Role.COUNTY_OFFICER],
  ENTER_EXAM_MARKS: [Role.ASSESSOR, Role.COUNTY_OFFICER],
  CANCEL: [Role.COUNTY_OFFICER],
};

/** Who may see a course run at all. */
export const viewers = IN_TRAINING;

export type RunBounds = ReturnType<typeof within>;

/**
 * The course runs an actor may see. It is the `where` of every query and every change, so a run outside it is
 * "not found": nobody learns that another institute's run exists.
 *
 * @throws Forbidden the role has no business in training: it sees no trainee
 */
export const runsSeenBy = (actor: Actor): RunBounds => within(actor);

/**
 * The course runs an actor may do something to: those seen, when the role is one of the doers.
 *
 * @throws Forbidden the role never does this
 */
export function runsFor(actor: Actor, action: CourseRunAction): RunBounds {
  if (!doers[action].includes(actor.role)) throw new Forbidden();
  return runsSeenBy(actor);
}

/** What the viewer of a run may do to it now: the web shows this and repeats no rule. */
export const actionsOf = (actor: Actor, { status }: Pick<CourseRun, 'status'>): CourseRunAction[] =>
  Object.values(CourseRunAction).filter((action) => doers[action].includes(actor.role) && allows(status, action));
