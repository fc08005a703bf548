import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
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
  ValidateNested,
} from 'class-validator';
import { StoredDocumentType } from '@app/documents';
import { DayScalar, InstantScalar } from '@app/platform';
import { EnrolmentStatus } from '../enrolment/enrolment.entity.js';
import { SessionStatus } from '../session/session.entity.js';
import { AttendanceStatus } from './attendance.entity.js';
import { AttendanceRefusal } from './attendance.rules.js';

registerEnumType(AttendanceStatus, { name: 'AttendanceStatus' });
registerEnumType(AttendanceRefusal, { name: 'AttendanceRefusal' });

@InputType()
export class AttendanceMarkInput {
  @Field(() => ID) @IsUUID() enrolmentId: string;
  @Field(() => AttendanceStatus) @IsEnum(AttendanceStatus) status: AttendanceStatus;
  @Field(() => Int, { nullable: true, description: 'Minutes there; needed for late and left early only' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1440)
  presentMinutes?: number | null;
}

@InputType()
export class MarkAttendanceInput {
  @Field(() => ID) @IsUUID() sessionId: string;
  @Field(() => [AttendanceMarkInput], {
    description: 'Who is left out stays as they were: not entered, or marked before',
  })
  @ArrayNotEmpty()
  @ArrayMaxSize(1000)
  @ArrayUnique(({ enrolmentId }: AttendanceMarkInput) => enrolmentId)
  @ValidateNested({ each: true })
  @Type(() => AttendanceMarkInput)
  marks: AttendanceMarkInput[];
  @Field(() => String, { nullable: true, description: 'Why marks that were given before are changed' })
  @IsOptional()
  @IsString()
  @MaxLength(300)
  reason?: string | null;
}

@InputType()
export class AttendanceReportInput {
  @Field(() => ID) @IsUUID() runId: string;
}

/** What stands on a sheet of one trainee, without the name: a kept answer holds ids and facts. */
export interface AttendanceSheetLine {
  enrolmentId: string;
  enrolmentStatus: EnrolmentStatus;
  status: AttendanceStatus | null;
  presentMinutes: number | null;
  markedAt: Date | null;
}

@ObjectType()
export class AttendanceSheetRow implements AttendanceSheetLine {
  @Field(() => ID) enrolmentId: string;
  @Field(() => EnrolmentStatus) enrolmentStatus: EnrolmentStatus;
  @Field() givenName: string;
  @Field() familyName: string;
  @Field(() => String, { nullable: true }) fatherName: string | null;
  @Field({ description: 'Its last digits only' }) maskedNationalId: string;
  @Field(() => AttendanceStatus, { nullable: true, description: 'Null: not entered, never to be shown as present' })
  status: AttendanceStatus | null;
  @Field(() => Int, { nullable: true }) presentMinutes: number | null;
  @Field(() => InstantScalar, { nullable: true }) markedAt: Date | null;
}

/** The sheet of one session. Its rows are its lines with the names, which are opened when they are asked for. */
@ObjectType()
export class AttendanceSheet {
  @Field(() => ID) sessionId: string;
  @Field(() => ID) runId: string;
  @Field() runNumber: string;
  @Field(() => Int) ordinal: number;
  @Field(() => DayScalar) day: string;
  @Field(() => Int) startMinute: number;
  @Field(() => Int) endMinute: number;
  @Field(() => SessionStatus) status: SessionStatus;
  @Field({ description: 'The viewer may mark this sheet now' }) viewerCanMark: boolean;
  lines: AttendanceSheetLine[];
}

@ObjectType()
export class AttendanceRefused {
  @Field(() => AttendanceRefusal) reason: AttendanceRefusal;
  @Field(() => ID, { nullable: true, description: 'Whose mark is wrong' }) enrolmentId: string | null;
}

export const AttendanceResult = createUnionType({
  name: 'AttendanceResult',
  types: () => [AttendanceSheet, AttendanceRefused] as const,
  resolveType: (value: object) => ('reason' in value ? AttendanceRefused : AttendanceSheet),
});

/** The two files of a run's attendance report; each is drawn by a job. */
@ObjectType()
export class AttendanceReport {
  @Field(() => StoredDocumentType) pdf: StoredDocumentType;
  @Field(() => StoredDocumentType) xlsx: StoredDocumentType;
}
