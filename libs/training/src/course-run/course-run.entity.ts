import { Check, Entity, Index, type Relation, Unique } from 'typeorm';
import { BelongsTo, Choice, Count, Day, Flag, Id, KeyText, Ref, Text } from '@app/platform';
import { Institute, Room } from '../institute/institute.entity.js';
import { Office } from '../office/office.entity.js';
import { AttendanceRules, ExamRules } from '../rules/dated-rules.entity.js';
import { TrainingStandard, TrainingStandardVersion } from '../standard/standard.entity.js';
import { Trainer } from '../trainer/trainer.entity.js';

export enum CourseRunStatus {
  APPROVED = 'APPROVED', // opened by the office; may enrol
  RUNNING = 'RUNNING', // its first sheet has been marked
  FINISHED = 'FINISHED', // its sessions are over; exams may be entered
  CLOSED = 'CLOSED', // certificates issued; nothing changes any more
  CANCELLED = 'CANCELLED',
}

/** One dated run of a standard in one institute, on the versions that were in force when it began. */
@Entity('course_run')
@Unique('course_run_once_per_number', ['number'])
@Check('course_run_never_overfull', 'seatsTaken <= capacity')
@Index('course_run_by_path', ['path', 'startsOn', 'id'])
@Index('course_run_by_start', ['startsOn', 'id'])
@Index('course_run_by_office', ['officeId', 'startsOn', 'id'])
@Index('course_run_by_institute', ['instituteId', 'startsOn', 'id'])
@Index('course_run_by_trainer', ['trainerId', 'startsOn', 'id'])
export class CourseRun {
  @Id() id: string;
  /** Printed on papers: province, Jalali year and a running number, such as `15-1405-00012`. */
  @Text(20) number: string;
  @Text(2) provinceCode: string;
  /** The place of its institute in the tree of tenancy. */
  @Text(80) path: string;
  @Ref() officeId: string;
  @Ref() instituteId: string;
  @Ref() standardId: string;
  @Ref() standardVersionId: string;
  @Ref() examRulesId: string;
  @Ref() attendanceRulesId: string;
  @Ref() roomId: string;
  @Ref() trainerId: string;
  @Choice(CourseRunStatus) status: CourseRunStatus;
  @Count() capacity: number;
  /** Seats of enrolments that are not given up; the database refuses more than the capacity. */
  @Count() seatsTaken: number;
  @Count() plannedMinutes: number;
  @Day() startsOn: string;
  @Day() endsOn: string;
  @Day() enrolmentClosesOn: string;
  /** Why the office called the run off. */
  @Text(300, { nullable: true }) cancelReason: string | null;
  /** Made by the demo: its papers carry the watermark. */
  @Flag() demo: boolean;
  @BelongsTo(() => Office, 'officeId') office: Relation<Office>;
  @BelongsTo(() => Institute, 'instituteId') institute: Relation<Institute>;
  @BelongsTo(() => TrainingStandard, 'standardId') standard: Relation<TrainingStandard>;
  @BelongsTo(() => TrainingStandardVersion, 'standardVersionId') standardVersion: Relation<TrainingStandardVersion>;
  @BelongsTo(() => ExamRules, 'examRulesId') examRules: Relation<ExamRules>;
  @BelongsTo(() => AttendanceRules, 'attendanceRulesId') attendanceRules: Relation<AttendanceRules>;
  @BelongsTo(() => Room, 'roomId') room: Relation<Room>;
  @BelongsTo(() => Trainer, 'trainerId') trainer: Relation<Trainer>;
}

/** How many run numbers a province has given out in one Jalali year. Counted up in the unit that opens the run. */
@Entity('run_counter')
export class RunCounter {
  /** Province and year: `15-1405`. */
  @KeyText(8) id: string;
  @Count() given: number;
}
