import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type Actor, Allow, CurrentActor, Role } from '@app/access';
import { orRefused } from '@app/platform';
import { CourseRunOpenService } from './course-run-open.service.js';
import { CourseRunPageService } from './course-run-page.service.js';
import {
  CancelCourseRunInput,
  CourseRunsArgs,
  CourseRunInput,
  CourseRunPage,
  CourseRunPlan,
  CourseRunRefused,
  CourseRunResult,
  CourseRunType,
  FinishCourseRunInput,
} from './course-run.graphql.js';
import { doers, viewers } from './course-run.policy.js';
import { CourseRunService } from './course-run.service.js';

@Resolver()
export class CourseRunResolver {
  constructor(
    private readonly opening: CourseRunOpenService,
    private readonly pages: CourseRunPageService,
    private readonly runs: CourseRunService,
  ) {}

  @Allow(...viewers)
  @Query(() => CourseRunPage, { description: 'The course runs the viewer may see, the latest first' })
  courseRuns(@CurrentActor() actor: Actor, @Args() { filter, ...page }: CourseRunsArgs) {
    return this.pages.list(actor, filter ?? {}, page);
  }

  @Allow(...viewers)
  @Query(() => CourseRunType)
  courseRun(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string) {
    return this.pages.get(actor, id);
  }

  @Allow(Role.COUNTY_OFFICER)
  @Query(() => CourseRunPlan, { description: 'What opening a run would lead to; writes nothing' })
  async planCourseRun(@CurrentActor() actor: Actor, @Args('input') input: CourseRunInput): Promise<CourseRunPlan> {
    const { plan, plannedMinutes, refused } = await this.opening.plan(actor, input);
    const { sessions, skipped } = plan;
    return { plannedMinutes, endsOn: sessions.at(-1)?.day ?? null, sessions, skipped, refused };
  }

  @Allow(Role.COUNTY_OFFICER)
  @Mutation(() => CourseRunResult, { description: 'Opens a course run with all its sessions' })
  openCourseRun(@CurrentActor() actor: Actor, @Args('input') input: CourseRunInput) {
    return orRefused(CourseRunRefused, this.opening.open(actor, input));
  }

  @Allow(...doers.FINISH)
  @Mutation(() => CourseRunResult, { description: 'Says that the sessions are over; exams may be entered' })
  finishCourseRun(@CurrentActor() actor: Actor, @Args('input') input: FinishCourseRunInput) {
    return orRefused(CourseRunRefused, this.runs.finish(actor, input));
  }

  @Allow(...doers.CANCEL)
  @Mutation(() => CourseRunResult, { description: 'Calls a run off, with the reason' })
  cancelCourseRun(@CurrentActor() actor: Actor, @Args('input') input: CancelCourseRunInput) {
    return orRefused(CourseRunRefused, this.runs.cancel(actor, input));
  }
}
