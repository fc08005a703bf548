import { ArgsType, createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsEnum,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { Type } from 'class-transformer';
import { DayScalar, InstantScalar, PageArgs } from '@app/platform';
import { HolidayCertainty } from '../calendar/holiday.entity.js';
import { EnrolmentStatus } from '../enrolment/enrolment.entity.js';
import { SessionStatus } from '../session/session.entity.js';
import { CourseRunStatus } from './course-run.entity.js';
import { CourseRunAction, CourseRunRefusal } from './course-run.rules.js';

enum ClosureKind {
  WEEKLY = 'WEEKLY',
  HOLIDAY = 'HOLIDAY',
}

registerEnumType(CourseRunStatus, { name: 'CourseRunStatus' });
registerEnumType(CourseRunAction, { name: 'CourseRunAction' });
registerEnumType(CourseRunRefusal, { name: 'CourseRunRefusal' });
registerEnumType(SessionStatus, { name: 'SessionStatus' });
registerEnumType(ClosureKind, { name: 'ClosureKind' });

@InputType({ description: 'A course run to be opened' })
export class CourseRunInput {
  @Field(() => ID) @IsUUID() instituteId: string;
  @Field(() => ID) @IsUUID() standardId: string;
  @Field(() => ID) @IsUUID() roomId: string;
  @Field(() => ID) @IsUUID() trainerId: string;
  @Field(() => DayScalar) @IsString() startsOn: string;
  @Field(() => [Int], { description: 'ISO: 1 Monday to 7 Sunday' })
  @ArrayNotEmpty()
  @ArrayMaxSize(7)
  @ArrayUnique()
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(7, { each: true })
  weekdays: number[];
  @Field(() => Int, { description: 'Minutes since midnight, Tehran time' })
  @IsInt()
  @Min(0)
  @Max(1439)
  startMinute: number;
  @Field(() => Int) @IsInt() @Min(1) @Max(1440) endMinute: number;
  @Field(() => Int) @IsInt() @Min(1) @Max(1000) capacity: number;
  @Field(() => DayScalar, { nullable: true, description: 'Left out: the first day, or today when that is later' })
  @IsOptional()
  enrolmentClosesOn?: string | null;
}

@InputType()
export class FinishCourseRunInput {
  @Field(() => ID) @IsUUID() runId: string;
}

@InputType()
export class CancelCourseRunInput {
  @Field(() => ID) @IsUUID() runId: string;
  @Field() @IsString() @MinLength(3) @MaxLength(300) reason: string;
}

@InputType()
export class CourseRunFilter {
  @Field(() => [CourseRunStatus], { nullable: true })
  @IsOptional()
  @IsEnum(CourseRunStatus, { each: true })
  status?: CourseRunStatus[] | null;
  @Field(() => ID, { nullable: true }) @IsOptional() @IsUUID() instituteId?: string | null;
  @Field(() => String, { nullable: true, description: 'Part of the number, the institute or the standard' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  text?: string | null;
}

@ArgsType()
export class CourseRunsArgs extends PageArgs {
  @Field(() => CourseRunFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => CourseRunFilter)
  filter?: CourseRunFilter | null;
}

@ObjectType()
export class CourseRunStandard {
  @Field(() => ID) id: string;
  @Field() code: string;
  @Field() titleFa: string;
  @Field() titleEn: string;
  @Field(() => Int) theoryMinutes: number;
  @Field(() => Int) practiceMinutes: number;
}

@ObjectType()
export class CourseRunOffice {
  @Field(() => ID) id: string;
  @Field() name: string;
  @Field() nameEn: string;
}

@ObjectType()
export class CourseRunInstitute {
  @Field(() => ID) id: string;
  @Field() name: string;
  @Field() licenceNumber: string;
}

@ObjectType()
export class CourseRunRoom {
  @Field(() => ID) id: string;
  @Field() name: string;
  @Field(() => Int) capacity: number;
}

@ObjectType()
export class CourseRunTrainer {
  @Field(() => ID) id: string;
  @Field() givenName: string;
  @Field() familyName: string;
}

@ObjectType('Session')
export class SessionType {
  @Field(() => ID) id: string;
  @Field(() => Int) ordinal: number;
  @Field(() => DayScalar) day: string;
  @Field(() => Int) startMinute: number;
  @Field(() => Int) endMinute: number;
  @Field(() => SessionStatus) status: SessionStatus;
}

@ObjectType('AttendanceTotals')
export class AttendanceTotalsType {
  @Field(() => Int) presentMinutes: number;
  @Field(() => Int) excusedMinutes: number;
  @Field(() => Int, { description: 'With what was missed by coming late or leaving early' }) unexcusedMinutes: number;
  @Field(() => Int, { description: 'Never to be shown as present' }) notEnteredMinutes: number;
  @Field(() => Int, { description: 'Hundredths of a per cent of the planned minutes' }) presentOfPlanned: number;
  @Field(() => Int, { nullable: true, description: 'Hundredths of a per cent of the minutes held' })
  presentOfHeld: number | null;
}

@ObjectType('RunEnrolment')
export class RunEnrolmentType {
  @Field(() => ID) id: string;
  @Field(() => ID) traineeId: string;
  @Field(() => EnrolmentStatus) status: EnrolmentStatus;
  @Field(() => InstantScalar) enrolledAt: Date;
  @Field() givenName: string;
  @Field() familyName: string;
  @Field(() => String, { nullable: true }) fatherName: string | null;
  @Field({ description: 'Its last digits only' }) maskedNationalId: string;
  @Field(() => AttendanceTotalsType) attendance: AttendanceTotalsType;
}

/** What the API shows of a course run on its page. */
@ObjectType('CourseRun')
export class CourseRunType {
  @Field(() => ID) id: string;
  @Field() number: string;
  @Field(() => CourseRunStatus) status: CourseRunStatus;
  @Field(() => DayScalar) startsOn: string;
  @Field(() => DayScalar) endsOn: string;
  @Field(() => DayScalar) enrolmentClosesOn: string;
  @Field(() => Int) capacity: number;
  @Field(() => Int) seatsTaken: number;
  @Field(() => Int) plannedMinutes: number;
  @Field(() => Int) heldMinutes: number;
  @Field(() => String, { nullable: true }) cancelReason: string | null;
  @Field({ description: 'Made by the demo: its papers carry a watermark' }) demo: boolean;
  @Field(() => CourseRunStandard) standard: CourseRunStandard;
  @Field(() => CourseRunOffice) office: CourseRunOffice;
  @Field(() => CourseRunInstitute) institute: CourseRunInstitute;
  @Field(() => CourseRunRoom) room: CourseRunRoom;
  @Field(() => CourseRunTrainer) trainer: CourseRunTrainer;
  @Field(() => [SessionType]) sessions: SessionType[];
  @Field(() => [RunEnrolmentType], { description: 'In the order of the Persian alphabet by family name' })
  enrolments: RunEnrolmentType[];
  @Field(() => [CourseRunAction]) viewerCan: CourseRunAction[];
}

/** One line of the list of course runs. */
@ObjectType()
export class CourseRunItem {
  @Field(() => ID) id: string;
  @Field() number: string;
  @Field(() => CourseRunStatus) status: CourseRunStatus;
  @Field(() => DayScalar) startsOn: string;
  @Field(() => DayScalar) endsOn: string;
  @Field(() => Int) capacity: number;
  @Field(() => Int) seatsTaken: number;
  @Field() standardTitleFa: string;
  @Field() standardTitleEn: string;
  @Field() instituteName: string;
  @Field() trainerName: string;
}

@ObjectType()
export class CourseRunPage {
  @Field(() => [CourseRunItem]) items: CourseRunItem[];
  @Field(() => String, { nullable: true }) nextCursor: string | null;
}

@ObjectType()
export class CourseRunRefused {
  @Field(() => CourseRunRefusal) reason: CourseRunRefusal;
  @Field(() => DayScalar, { nullable: true, description: 'The day the reason is about' }) day: string | null;
  @Field(() => String, { nullable: true, description: 'The run that has the room or the trainer' })
  runNumber: string | null;
}

export const CourseRunResult = createUnionType({
  name: 'CourseRunResult',
  types: () => [CourseRunType, CourseRunRefused] as const,
  resolveType: (value: object) => ('reason' in value ? CourseRunRefused : CourseRunType),
});

@ObjectType('PlannedSession')
export class PlannedSessionType {
  @Field(() => Int) ordinal: number;
  @Field(() => DayScalar) day: string;
  @Field(() => Int) startMinute: number;
  @Field(() => Int) endMinute: number;
}

@ObjectType('SkippedDay')
export class SkippedDayType {
  @Field(() => DayScalar) day: string;
  @Field(() => ClosureKind) kind: 'WEEKLY' | 'HOLIDAY';
  @Field() titleFa: string;
  @Field() titleEn: string;
  @Field(() => HolidayCertainty, { description: 'Predicted and estimated days may still move' })
  certainty: HolidayCertainty;
}

/** What a course run would be, with everything that stands against opening it. */
@ObjectType()
export class CourseRunPlan {
  @Field(() => Int) plannedMinutes: number;
  @Field(() => DayScalar, { nullable: true }) endsOn: string | null;
  @Field(() => [PlannedSessionType]) sessions: PlannedSessionType[];
  @Field(() => [SkippedDayType], { description: 'Days of the timetable on which nothing is held' })
  skipped: SkippedDayType[];
  @Field(() => [CourseRunRefused], { description: 'Empty when it may be opened' }) refused: CourseRunRefused[];
}
