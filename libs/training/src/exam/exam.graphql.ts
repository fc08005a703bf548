import { createUnionType, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsBoolean,
  IsEnum,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { DayScalar, InternalField, PersonalField } from '@app/platform';
import { ExamRefusal, ExamStanding } from './exam-entry.rules.js';
import { ExamPart } from './exam-result.entity.js';
import { ExamShortfall } from './exam.rules.js';

registerEnumType(ExamPart, { name: 'ExamPart' });
registerEnumType(ExamRefusal, { name: 'ExamRefusal' });
registerEnumType(ExamStanding, { name: 'ExamStanding' });
registerEnumType(ExamShortfall, { name: 'ExamShortfall' });

@InputType()
export class ExamMarkLine {
  @InternalField(() => ID) @IsUUID() enrolmentId: string;
  @InternalField(() => Int, { nullable: true, description: 'Hundredths of a point out of 100: 8250 is 82.5' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(10_000)
  markHundredths?: number | null;
  @InternalField(() => Boolean, { nullable: true, description: 'Counts as failed and uses the try' })
  @IsOptional()
  @IsBoolean()
  absent?: boolean | null;
}

@InputType()
export class EnterExamMarksInput {
  @InternalField(() => ID) @IsUUID() runId: string;
  @InternalField(() => ExamPart) @IsEnum(ExamPart) part: ExamPart;
  @InternalField(() => DayScalar) @IsString() satOn: string;
  @InternalField(() => [ExamMarkLine])
  @ArrayNotEmpty()
  @ArrayMaxSize(1000)
  @ArrayUnique(({ enrolmentId }: ExamMarkLine) => enrolmentId)
  @ValidateNested({ each: true })
  @Type(() => ExamMarkLine)
  marks: ExamMarkLine[];
}

@ObjectType()
export class ExamTry {
  @InternalField(() => ExamPart) part: ExamPart;
  @InternalField(() => Int) tryNumber: number;
  @InternalField() absent: boolean;
  @InternalField(() => Int, { nullable: true }) markHundredths: number | null;
  @InternalField(() => DayScalar) satOn: string;
}

@ObjectType()
export class ExamSheetRow {
  @InternalField(() => ID) enrolmentId: string;
  @PersonalField() givenName: string;
  @PersonalField() familyName: string;
  @PersonalField(() => String, { nullable: true, description: 'Its first letters only' })
  maskedFatherName: string | null;
  @PersonalField({ description: 'Its last digits only' }) maskedNationalId: string;
  @InternalField(() => [ExamTry]) tries: ExamTry[];
  @InternalField(() => ExamStanding) standing: ExamStanding;
  @InternalField(() => [ExamShortfall], { description: 'What is missing to pass' }) shortfalls: ExamShortfall[];
  @InternalField(() => Int, { nullable: true }) writtenHundredths: number | null;
  @InternalField(() => Int, { nullable: true }) practicalHundredths: number | null;
  @InternalField(() => Int, { nullable: true, description: 'Rounded for showing; judged before rounding' })
  finalHundredths: number | null;
  @InternalField(() => [ExamPart], { description: 'The parts that may still be tried' }) openParts: ExamPart[];
}

/** The exam of a run: everyone with a seat, their tries and what they come to. */
@ObjectType()
export class ExamSheet {
  @InternalField(() => ID) runId: string;
  @InternalField() runNumber: string;
  @InternalField(() => Int) writtenPassHundredths: number;
  @InternalField(() => Int) practicalPassHundredths: number;
  @InternalField(() => Int) finalPassHundredths: number;
  @InternalField(() => Int) writtenWeightPercent: number;
  @InternalField(() => Int) practicalWeightPercent: number;
  @InternalField(() => [ExamSheetRow], { description: 'In the order of the Persian alphabet by family name' })
  rows: ExamSheetRow[];
  @InternalField({ description: 'The viewer may enter marks now' }) viewerCanEnter: boolean;
}

@ObjectType()
export class ExamRefused {
  @InternalField(() => ExamRefusal) reason: ExamRefusal;
  @InternalField(() => ID, { nullable: true, description: 'Whose mark is refused' }) enrolmentId: string | null;
}

export const ExamResultUnion = createUnionType({
  name: 'ExamMarksResult',
  types: () => [ExamSheet, ExamRefused] as const,
  resolveType: (value: object) => ('reason' in value ? ExamRefused : ExamSheet),
});
