import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Actor, Allow, CurrentActor } from '@app/access';
import { Classed, FieldClass, orRefused } from '@app/platform';
import { doers, viewers } from '../course-run/course-run.policy.js';
import {
  AttendanceRefused,
  AttendanceReport,
  AttendanceReportInput,
  AttendanceResult,
  AttendanceSheet,
  AttendanceSheetRow,
  MarkAttendanceInput,
} from './attendance.graphql.js';
import { AttendanceMarkService } from './attendance-mark.service.js';
import { AttendanceReportService } from './attendance-report.service.js';
import { AttendanceSheetService } from './attendance-sheet.service.js';

@Resolver(() => AttendanceSheet)
export class AttendanceResolver {
  constructor(
    private readonly marks: AttendanceMarkService,
    private readonly sheets: AttendanceSheetService,
    private readonly reports: AttendanceReportService,
  ) {}

  @Allow(...viewers)
  @Query(() => AttendanceSheet, { description: 'The sheet of one session' })
  attendanceSheet(@CurrentActor() actor: Actor, @Args('sessionId', { type: () => ID }) sessionId: string) {
    return this.sheets.get(actor, sessionId);
  }

  @Allow(...doers.MARK_ATTENDANCE)
  @Mutation(() => AttendanceResult, {
    description: 'Marks the sheet of one session; the same sheet again changes nothing',
  })
  markAttendance(@CurrentActor() actor: Actor, @Args('input') input: MarkAttendanceInput) {
    return orRefused(AttendanceRefused, this.marks.mark(actor, input));
  }

  @Classed(FieldClass.INTERNAL)
  @ResolveField(() => [AttendanceSheetRow], { description: 'In the order of the Persian alphabet by family name' })
  rows(@Parent() sheet: AttendanceSheet) {
    return this.sheets.rows(sheet);
  }

  @Allow(...doers.REQUEST_ATTENDANCE_REPORT)
  @Mutation(() => AttendanceReport, { description: 'Asks for the attendance report of a run; a job draws its files' })
  requestAttendanceReport(@CurrentActor() actor: Actor, @Args('input') { runId }: AttendanceReportInput) {
    return this.reports.request(actor, runId);
  }
}
