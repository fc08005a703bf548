import { createUnionType, Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsEnum,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { StoredDocumentType } from '@app/documents';
import { DayScalar } from '@app/platform';
import { ExamPart } from '../exam/exam-result.entity.js';
import { LetterAddressee, PaperRefusal } from './paper.rules.js';
import { PaperKind } from './paper-order.entity.js';

registerEnumType(PaperKind, { name: 'PaperKind' });
registerEnumType(PaperRefusal, { name: 'PaperRefusal' });
registerEnumType(LetterAddressee, { name: 'LetterAddressee' });

@InputType({ description: 'When and where a part of the exam is held' })
export class ExamSittingInput {
  @Field(() => ExamPart) @IsEnum(ExamPart) part: ExamPart;
  @Field(() => DayScalar) @IsString() day: string;
  @Field(() => Int, { description: 'Minutes since midnight, Tehran time' })
  @IsInt()
  @Min(0)
  @Max(1439)
  startMinute: number;
  @Field() @IsString() @MinLength(2) @MaxLength(120) place: string;
}

@InputType()
export class LetterInput {
  @Field(() => LetterAddressee) @IsEnum(LetterAddressee) addressee: LetterAddressee;
  @Field(() => String, { nullable: true, description: 'The number of the registry; left out, written in by hand' })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  number?: string | null;
  @Field(() => String, { nullable: true }) @IsOptional() @IsString() @MaxLength(60) attachments?: string | null;
  @Field(() => String, { nullable: true, description: 'Of a refusal: what was asked for' })
  @IsOptional()
  @IsString()
  @MaxLength(150)
  request?: string | null;
  @Field(() => String, { nullable: true, description: 'Of a refusal: why' })
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  reason?: string | null;
}

@InputType({ description: 'A sheet of labels as its maker describes it, in millimetres from its top right corner' })
export class LabelSheetInput {
  @Field(() => Int) @IsInt() @Min(1) @Max(20) columns: number;
  @Field(() => Int) @IsInt() @Min(1) @Max(50) rows: number;
  @Field(() => Float) @IsNumber() @Min(20) @Max(210) widthMm: number;
  @Field(() => Float) @IsNumber() @Min(10) @Max(297) heightMm: number;
  @Field(() => Float) @IsNumber() @Min(0) @Max(100) topMm: number;
  @Field(() => Float) @IsNumber() @Min(0) @Max(100) rightMm: number;
  @Field(() => Float, { defaultValue: 0 }) @IsNumber() @Min(0) @Max(50) columnGapMm: number;
  @Field(() => Float, { defaultValue: 0 }) @IsNumber() @Min(0) @Max(50) rowGapMm: number;
  @Field(() => Int, {
    defaultValue: 1,
    description: 'The first label left on a part-used sheet, counted from the top right',
  })
  @IsInt()
  @Min(1)
  @Max(1000)
  start: number;
}

@InputType()
export class OrderPaperInput {
  @Field(() => ID) @IsUUID() runId: string;
  @Field(() => PaperKind) @IsEnum(PaperKind) kind: PaperKind;
  @Field(() => Boolean, { nullable: true, description: 'Without colours, for a laser printer' })
  @IsOptional()
  @IsBoolean()
  grey?: boolean | null;
  @Field(() => DayScalar, { nullable: true, description: 'Any day of the Jalali month the paper is about' })
  @IsOptional()
  @IsString()
  month?: string | null;
  @Field(() => ExamSittingInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => ExamSittingInput)
  sitting?: ExamSittingInput | null;
  @Field(() => LetterInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => LetterInput)
  letter?: LetterInput | null;
  @Field(() => LabelSheetInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => LabelSheetInput)
  labels?: LabelSheetInput | null;
}

/** A paper about a course run, as it was ordered. */
@ObjectType('PaperOrder')
export class PaperOrderType {
  @Field(() => ID) id: string;
  @Field(() => PaperKind) kind: PaperKind;
  @Field(() => StoredDocumentType) document: StoredDocumentType;
}

@ObjectType()
export class RunPapers {
  @Field(() => [PaperKind], { description: 'What the viewer may order now' }) viewerCanOrder: PaperKind[];
  @Field(() => [PaperOrderType], { description: 'The newest first' }) papers: PaperOrderType[];
}

@ObjectType()
export class OrderPaperRefused {
  @Field(() => PaperRefusal) reason: PaperRefusal;
}

export const OrderPaperResult = createUnionType({
  name: 'OrderPaperResult',
  types: () => [PaperOrderType, OrderPaperRefused] as const,
  resolveType: (value: object) => ('reason' in value ? OrderPaperRefused : PaperOrderType),
});
