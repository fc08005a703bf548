import { createUnionType, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
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
import { DayScalar, InstantScalar, InternalField, PersonalField } from '@app/platform';
import { EnrolmentStatus } from '../enrolment/enrolment.entity.js';
import { SessionStatus } from '../session/session.entity.js';
import { AttendanceStatus } from './attendance.entity.js';
import { AttendanceRefusal } from './attendance.rules.js';

registerEnumType(AttendanceStatus, { name: 'AttendanceStatus' });
registerEnumType(AttendanceRefusal, { name: 'AttendanceRefusal' });

@InputType()
export class AttendanceMarkInput {
  @InternalField(() => ID) @IsUUID() enrolmentId: string;
  @InternalField(() => AttendanceStatus) @IsEnum(AttendanceStatus) status: AttendanceStatus;
  @InternalField(() => Int, { nullable: true, description: 'Minutes there; needed for late and left early only' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1440)
  presentMinutes?: number | null;
}

@InputType()
export class MarkAttendanceInput {
  @InternalField(() => ID) @IsUUID() sessionId: string;
  @InternalField(() => [AttendanceMarkInput], {
    description: 'Who is left out stays as they were: not entered, or marked before',
  })
  @ArrayNotEmpty()
  @ArrayMaxSize(1000)
  @ArrayUnique(({ enrolmentId }: AttendanceMarkInput) => enrolmentId)
  @ValidateNested({ each: true })
  @Type(() => AttendanceMarkInput)
  marks: AttendanceMarkInput[];
  @InternalField(() => String, { nullable: true, description: 'Why marks that were given before are changed' })
  @IsOptional()
  @IsString()
  @MaxLength(300)
  reason?: string | null;
}

@InputType()
export class AttendanceReportInput {
  @InternalField(() => ID) @IsUUID() runId: string;
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
  @InternalField(() => ID) enrolmentId: string;
  @InternalField(() => EnrolmentStatus) enrolmentStatus: EnrolmentStatus;
  @PersonalField() givenName: string;
  @PersonalField() familyName: string;
  @PersonalField(() => String, { nullable: true, description: 'Its first letters only' })
  maskedFatherName: string | null;
  @PersonalField({ description: 'Its last digits only' }) maskedNationalId: string;
  @InternalField(() => AttendanceStatus, {
    nullable: true,
    description: 'Null: not entered, never to be shown as present',
  })
  status: AttendanceStatus | null;
  @InternalField(() => Int, { nullable: true }) presentMinutes: number | null;
  @InternalField(() => InstantScalar, { nullable: true }) markedAt: Date | null;
}

/** The sheet of one session. Its rows are its lines with the names, which are opened when they are asked for. */
@ObjectType()
export class AttendanceSheet {
  @InternalField(() => ID) sessionId: string;
  @InternalField(() => ID) runId: string;
  @InternalField() runNumber: string;
  @InternalField(() => Int) ordinal: number;
  @InternalField(() => DayScalar) day: string;
  @InternalField(() => Int) startMinute: number;
  @InternalField(() => Int) endMinute: number;
  @InternalField(() => SessionStatus) status: SessionStatus;
  @InternalField({ description: 'The viewer may mark this sheet now' }) viewerCanMark: boolean;
  lines: AttendanceSheetLine[];
}

@ObjectType()
export class AttendanceRefused {
  @InternalField(() => AttendanceRefusal) reason: AttendanceRefusal;
  @InternalField(() => ID, { nullable: true, description: 'Whose mark is wrong' }) enrolmentId: string | null;
}

export const AttendanceResult = createUnionType({
  name: 'AttendanceResult',
  types: () => [AttendanceSheet, AttendanceRefused] as const,
  resolveType: (value: object) => ('reason' in value ? AttendanceRefused : AttendanceSheet),
});

/** The files of a run's attendance report; each is drawn by a job. */
@ObjectType()
export class AttendanceReport {
  @InternalField(() => StoredDocumentType) pdf: StoredDocumentType;
  @InternalField(() => StoredDocumentType) xlsx: StoredDocumentType;
  @InternalField(() => StoredDocumentType, {
    description: 'Durations in whole minutes, for a program that counts again',
  })
  csv: StoredDocumentType;
}
