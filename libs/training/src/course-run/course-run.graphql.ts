import { ArgsType, createUnionType, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
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
import { DayScalar, InstantScalar, InternalField, PageArgs, PersonalField } from '@app/platform';
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
  @InternalField(() => ID) @IsUUID() instituteId: string;
  @InternalField(() => ID) @IsUUID() standardId: string;
  @InternalField(() => ID) @IsUUID() roomId: string;
  @InternalField(() => ID) @IsUUID() trainerId: string;
  @InternalField(() => DayScalar) @IsString() startsOn: string;
  @InternalField(() => [Int], { description: 'ISO: 1 Monday to 7 Sunday' })
  @ArrayNotEmpty()
  @ArrayMaxSize(7)
  @ArrayUnique()
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(7, { each: true })
  weekdays: number[];
  @InternalField(() => Int, { description: 'Minutes since midnight, Tehran time' })
  @IsInt()
  @Min(0)
  @Max(1439)
  startMinute: number;
  @InternalField(() => Int) @IsInt() @Min(1) @Max(1440) endMinute: number;
  @InternalField(() => Int) @IsInt() @Min(1) @Max(1000) capacity: number;
  @InternalField(() => DayScalar, {
    nullable: true,
    description: 'Left out: the first day, or today when that is later',
  })
  @IsOptional()
  enrolmentClosesOn?: string | null;
}

@InputType()
export class FinishCourseRunInput {
  @InternalField(() => ID) @IsUUID() runId: string;
}

@InputType()
export class CancelCourseRunInput {
  @InternalField(() => ID) @IsUUID() runId: string;
  @InternalField() @IsString() @MinLength(3) @MaxLength(300) reason: string;
}

@InputType()
export class CourseRunFilter {
  @InternalField(() => [CourseRunStatus], { nullable: true })
  @IsOptional()
  @IsEnum(CourseRunStatus, { each: true })
  status?: CourseRunStatus[] | null;
  @InternalField(() => ID, { nullable: true }) @IsOptional() @IsUUID() instituteId?: string | null;
  @InternalField(() => String, { nullable: true, description: 'Part of the number, the institute or the standard' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  text?: string | null;
}

@ArgsType()
export class CourseRunsArgs extends PageArgs {
  @InternalField(() => CourseRunFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => CourseRunFilter)
  filter?: CourseRunFilter | null;
}

@ObjectType()
export class CourseRunStandard {
  @InternalField(() => ID) id: string;
  @InternalField() code: string;
  @InternalField() titleFa: string;
  @InternalField() titleEn: string;
  @InternalField(() => Int) theoryMinutes: number;
  @InternalField(() => Int) practiceMinutes: number;
}

@ObjectType()
export class CourseRunOffice {
  @InternalField(() => ID) id: string;
  @InternalField() name: string;
  @InternalField() nameEn: string;
}

@ObjectType()
export class CourseRunInstitute {
  @InternalField(() => ID) id: string;
  @InternalField() name: string;
  @InternalField() licenceNumber: string;
}

@ObjectType()
export class CourseRunRoom {
  @InternalField(() => ID) id: string;
  @InternalField() name: string;
  @InternalField(() => Int) capacity: number;
}

@ObjectType()
export class CourseRunTrainer {
  @InternalField(() => ID) id: string;
  @PersonalField() givenName: string;
  @PersonalField() familyName: string;
}

@ObjectType('Session')
export class SessionType {
  @InternalField(() => ID) id: string;
  @InternalField(() => Int) ordinal: number;
  @InternalField(() => DayScalar) day: string;
  @InternalField(() => Int) startMinute: number;
  @InternalField(() => Int) endMinute: number;
  @InternalField(() => SessionStatus) status: SessionStatus;
}

@ObjectType('AttendanceTotals')
export class AttendanceTotalsType {
  @InternalField(() => Int) presentMinutes: number;
  @InternalField(() => Int) excusedMinutes: number;
  @InternalField(() => Int, { description: 'With what was missed by coming late or leaving early' })
  unexcusedMinutes: number;
  @InternalField(() => Int, { description: 'Never to be shown as present' }) notEnteredMinutes: number;
  @InternalField(() => Int, { description: 'Hundredths of a per cent of the planned minutes' })
  presentOfPlanned: number;
  @InternalField(() => Int, { nullable: true, description: 'Hundredths of a per cent of the minutes held' })
  presentOfHeld: number | null;
}

@ObjectType('RunEnrolment')
export class RunEnrolmentType {
  @InternalField(() => ID) id: string;
  @InternalField(() => ID) traineeId: string;
  @InternalField(() => EnrolmentStatus) status: EnrolmentStatus;
  @InternalField(() => InstantScalar) enrolledAt: Date;
  @InternalField({ description: 'The one word for everyone, however the seat is paid for' }) settled: boolean;
  @PersonalField() givenName: string;
  @PersonalField() familyName: string;
  @PersonalField(() => String, { nullable: true, description: 'Its first letters only' })
  maskedFatherName: string | null;
  @PersonalField({ description: 'Its last digits only' }) maskedNationalId: string;
  @InternalField(() => AttendanceTotalsType) attendance: AttendanceTotalsType;
}

/** What the API shows of a course run on its page. */
@ObjectType('CourseRun')
export class CourseRunType {
  @InternalField(() => ID) id: string;
  @InternalField() number: string;
  @InternalField(() => CourseRunStatus) status: CourseRunStatus;
  @InternalField(() => DayScalar) startsOn: string;
  @InternalField(() => DayScalar) endsOn: string;
  @InternalField(() => DayScalar) enrolmentClosesOn: string;
  @InternalField(() => Int) capacity: number;
  @InternalField(() => Int) seatsTaken: number;
  @InternalField(() => Int) plannedMinutes: number;
  @InternalField(() => Int) heldMinutes: number;
  @InternalField(() => String, { nullable: true }) cancelReason: string | null;
  @InternalField({ description: 'Made by the demo: its papers carry a watermark' }) demo: boolean;
  @InternalField(() => CourseRunStandard) standard: CourseRunStandard;
  @InternalField(() => CourseRunOffice) office: CourseRunOffice;
  @InternalField(() => CourseRunInstitute) institute: CourseRunInstitute;
  @InternalField(() => CourseRunRoom) room: CourseRunRoom;
  @InternalField(() => CourseRunTrainer) trainer: CourseRunTrainer;
  @InternalField(() => [SessionType]) sessions: SessionType[];
  @InternalField(() => [RunEnrolmentType], { description: 'In the order of the Persian alphabet by family name' })
  enrolments: RunEnrolmentType[];
  @InternalField(() => [CourseRunAction]) viewerCan: CourseRunAction[];
}

/** One line of the list of course runs. */
@ObjectType()
export class CourseRunItem {
  @InternalField(() => ID) id: string;
  @InternalField() number: string;
  @InternalField(() => CourseRunStatus) status: CourseRunStatus;
  @InternalField(() => DayScalar) startsOn: string;
  @InternalField(() => DayScalar) endsOn: string;
  @InternalField(() => Int) capacity: number;
  @InternalField(() => Int) seatsTaken: number;
  @InternalField() standardTitleFa: string;
  @InternalField() standardTitleEn: string;
  @InternalField() instituteName: string;
  @PersonalField() trainerName: string;
}

@ObjectType()
export class CourseRunPage {
  @InternalField(() => [CourseRunItem]) items: CourseRunItem[];
  @InternalField(() => String, { nullable: true }) nextCursor: string | null;
}

@ObjectType()
export class CourseRunRefused {
  @InternalField(() => CourseRunRefusal) reason: CourseRunRefusal;
  @InternalField(() => DayScalar, { nullable: true, description: 'The day the reason is about' }) day: string | null;
  @InternalField(() => String, { nullable: true, description: 'The run that has the room or the trainer' })
  runNumber: string | null;
}

export const CourseRunResult = createUnionType({
  name: 'CourseRunResult',
  types: () => [CourseRunType, CourseRunRefused] as const,
  resolveType: (value: object) => ('reason' in value ? CourseRunRefused : CourseRunType),
});

@ObjectType('PlannedSession')
export class PlannedSessionType {
  @InternalField(() => Int) ordinal: number;
  @InternalField(() => DayScalar) day: string;
  @InternalField(() => Int) startMinute: number;
  @InternalField(() => Int) endMinute: number;
}

@ObjectType('SkippedDay')
export class SkippedDayType {
  @InternalField(() => DayScalar) day: string;
  @InternalField(() => ClosureKind) kind: 'WEEKLY' | 'HOLIDAY';
  @InternalField() titleFa: string;
  @InternalField() titleEn: string;
  @InternalField(() => HolidayCertainty, { description: 'Predicted and estimated days may still move' })
  certainty: HolidayCertainty;
}

/** What a course run would be, with everything that stands against opening it. */
@ObjectType()
export class CourseRunPlan {
  @InternalField(() => Int) plannedMinutes: number;
  @InternalField(() => DayScalar, { nullable: true }) endsOn: string | null;
  @InternalField(() => [PlannedSessionType]) sessions: PlannedSessionType[];
  @InternalField(() => [SkippedDayType], { description: 'Days of the timetable on which nothing is held' })
  skipped: SkippedDayType[];
  @InternalField(() => [CourseRunRefused], { description: 'Empty when it may be opened' }) refused: CourseRunRefused[];
}
