import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
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
import { DayScalar } from '@app/platform';
import { ExamRefusal, ExamStanding } from './exam-entry.rules.js';
import { ExamPart } from './exam-result.entity.js';
import { ExamShortfall } from './exam.rules.js';

registerEnumType(ExamPart, { name: 'ExamPart' });
registerEnumType(ExamRefusal, { name: 'ExamRefusal' });
registerEnumType(ExamStanding, { name: 'ExamStanding' });
registerEnumType(ExamShortfall, { name: 'ExamShortfall' });

@InputType()
export class ExamMarkLine {
  @Field(() => ID) @IsUUID() enrolmentId: string;
  @Field(() => Int, { nullable: true, description: 'Hundredths of a point out of 100: 8250 is 82.5' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(10_000)
  markHundredths?: number | null;
  @Field(() => Boolean, { nullable: true, description: 'Counts as failed and uses the try' })
  @IsOptional()
  @IsBoolean()
  absent?: boolean | null;
}

@InputType()
export class EnterExamMarksInput {
  @Field(() => ID) @IsUUID() runId: string;
  @Field(() => ExamPart) @IsEnum(ExamPart) part: ExamPart;
  @Field(() => DayScalar) @IsString() satOn: string;
  @Field(() => [ExamMarkLine])
  @ArrayNotEmpty()
  @ArrayMaxSize(1000)
  @ArrayUnique(({ enrolmentId }: ExamMarkLine) => enrolmentId)
  @ValidateNested({ each: true })
  @Type(() => ExamMarkLine)
  marks: ExamMarkLine[];
}

@ObjectType()
export class ExamTry {
  @Field(() => ExamPart) part: ExamPart;
  @Field(() => Int) tryNumber: number;
  @Field() absent: boolean;
  @Field(() => Int, { nullable: true }) markHundredths: number | null;
  @Field(() => DayScalar) satOn: string;
}

@ObjectType()
export class ExamSheetRow {
  @Field(() => ID) enrolmentId: string;
  @Field() givenName: string;
  @Field() familyName: string;
  @Field(() => String, { nullable: true }) fatherName: string | null;
  @Field({ description: 'Its last digits only' }) maskedNationalId: string;
  @Field(() => [ExamTry]) tries: ExamTry[];
  @Field(() => ExamStanding) standing: ExamStanding;
  @Field(() => [ExamShortfall], { description: 'What is missing to pass' }) shortfalls: ExamShortfall[];
  @Field(() => Int, { nullable: true }) writtenHundredths: number | null;
  @Field(() => Int, { nullable: true }) practicalHundredths: number | null;
  @Field(() => Int, { nullable: true, description: 'Rounded for showing; judged before rounding' })
  finalHundredths: number | null;
  @Field(() => [ExamPart], { description: 'The parts that may still be tried' }) openParts: ExamPart[];
}

/** The exam of a run: everyone with a seat, their tries and what they come to. */
@ObjectType()
export class ExamSheet {
  @Field(() => ID) runId: string;
  @Field() runNumber: string;
  @Field(() => Int) writtenPassHundredths: number;
  @Field(() => Int) practicalPassHundredths: number;
  @Field(() => Int) finalPassHundredths: number;
  @Field(() => Int) writtenWeightPercent: number;
  @Field(() => Int) practicalWeightPercent: number;
  @Field(() => [ExamSheetRow], { description: 'In the order of the Persian alphabet by family name' })
  rows: ExamSheetRow[];
  @Field({ description: 'The viewer may enter marks now' }) viewerCanEnter: boolean;
}

@ObjectType()
export class ExamRefused {
  @Field(() => ExamRefusal) reason: ExamRefusal;
  @Field(() => ID, { nullable: true, description: 'Whose mark is refused' }) enrolmentId: string | null;
}

export const ExamResultUnion = createUnionType({
  name: 'ExamMarksResult',
  types: () => [ExamSheet, ExamRefused] as const,
  resolveType: (value: object) => ('reason' in value ? ExamRefused : ExamSheet),
});
