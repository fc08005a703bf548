import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type Actor, Allow, CurrentActor } from '@app/access';
import { orRefused } from '@app/platform';
import { doers, viewers } from '../course-run/course-run.policy.js';
import { EnterExamMarksInput, ExamRefused, ExamResultUnion, ExamSheet } from './exam.graphql.js';
import { ExamService } from './exam.service.js';

@Resolver()
export class ExamResolver {
  constructor(private readonly exams: ExamService) {}

  @Allow(...viewers)
  @Query(() => ExamSheet, { description: 'The tries of everyone with a seat, and what they come to' })
  examSheet(@CurrentActor() actor: Actor, @Args('runId', { type: () => ID }) runId: string) {
    return this.exams.sheet(actor, runId);
  }

  @Allow(...doers.ENTER_EXAM_MARKS)
  @Mutation(() => ExamResultUnion, { description: 'Enters the marks of one part of the exam, held on one day' })
  enterExamMarks(@CurrentActor() actor: Actor, @Args('input') input: EnterExamMarksInput) {
    return orRefused(ExamRefused, this.exams.enter(actor, input));
  }
}
