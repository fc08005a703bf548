import { createUnionType, Float, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
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
import { DayScalar, InternalField } from '@app/platform';
import { ExamPart } from '../exam/exam-result.entity.js';
import { LetterAddressee, PaperRefusal } from './paper.rules.js';
import { PaperFormat } from './paper-format.rules.js';
import { PaperKind } from './paper-order.entity.js';

registerEnumType(PaperKind, { name: 'PaperKind' });
registerEnumType(PaperRefusal, { name: 'PaperRefusal' });
registerEnumType(PaperFormat, { name: 'PaperFormat' });
registerEnumType(LetterAddressee, { name: 'LetterAddressee' });

@InputType({ description: 'When and where a part of the exam is held' })
export class ExamSittingInput {
  @InternalField(() => ExamPart) @IsEnum(ExamPart) part: ExamPart;
  @InternalField(() => DayScalar) @IsString() day: string;
  @InternalField(() => Int, { description: 'Minutes since midnight, Tehran time' })
  @IsInt()
  @Min(0)
  @Max(1439)
  startMinute: number;
  @InternalField() @IsString() @MinLength(2) @MaxLength(120) place: string;
}

@InputType()
export class LetterInput {
  @InternalField(() => LetterAddressee) @IsEnum(LetterAddressee) addressee: LetterAddressee;
  @InternalField(() => String, {
    nullable: true,
    description: 'The number of the registry; left out, written in by hand',
  })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  number?: string | null;
  @InternalField(() => String, { nullable: true }) @IsOptional() @IsString() @MaxLength(60) attachments?: string | null;
  @InternalField(() => String, { nullable: true, description: 'Of a refusal: what was asked for' })
  @IsOptional()
  @IsString()
  @MaxLength(150)
  request?: string | null;
  @InternalField(() => String, { nullable: true, description: 'Of a refusal: why' })
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  reason?: string | null;
}

@InputType({ description: 'A sheet of labels as its maker describes it, in millimetres from its top right corner' })
export class LabelSheetInput {
  @InternalField(() => Int) @IsInt() @Min(1) @Max(20) columns: number;
  @InternalField(() => Int) @IsInt() @Min(1) @Max(50) rows: number;
  @InternalField(() => Float) @IsNumber() @Min(20) @Max(210) widthMm: number;
  @InternalField(() => Float) @IsNumber() @Min(10) @Max(297) heightMm: number;
  @InternalField(() => Float) @IsNumber() @Min(0) @Max(100) topMm: number;
  @InternalField(() => Float) @IsNumber() @Min(0) @Max(100) rightMm: number;
  @InternalField(() => Float, { defaultValue: 0 }) @IsNumber() @Min(0) @Max(50) columnGapMm: number;
  @InternalField(() => Float, { defaultValue: 0 }) @IsNumber() @Min(0) @Max(50) rowGapMm: number;
  @InternalField(() => Int, {
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
  @InternalField(() => ID) @IsUUID() runId: string;
  @InternalField(() => PaperKind) @IsEnum(PaperKind) kind: PaperKind;
  @InternalField(() => Boolean, { nullable: true, description: 'Without colours, for a laser printer' })
  @IsOptional()
  @IsBoolean()
  grey?: boolean | null;
  @InternalField(() => PaperFormat, {
    nullable: true,
    description: 'A PDF when left out; the attendance report is also a sheet',
  })
  @IsOptional()
  @IsEnum(PaperFormat)
  format?: PaperFormat | null;
  @InternalField(() => DayScalar, {
    nullable: true,
    description: 'Any day of the Jalali month the paper is about; left out, the whole course',
  })
  @IsOptional()
  @IsString()
  month?: string | null;
  @InternalField(() => ExamSittingInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => ExamSittingInput)
  sitting?: ExamSittingInput | null;
  @InternalField(() => LetterInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => LetterInput)
  letter?: LetterInput | null;
  @InternalField(() => LabelSheetInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => LabelSheetInput)
  labels?: LabelSheetInput | null;
}

/** A paper about a course run, as it was ordered. */
@ObjectType('PaperOrder')
export class PaperOrderType {
  @InternalField(() => ID) id: string;
  @InternalField(() => PaperKind) kind: PaperKind;
  @InternalField(() => StoredDocumentType) document: StoredDocumentType;
}

@ObjectType()
export class RunPapers {
  @InternalField(() => [PaperKind], { description: 'What the viewer may order now' }) viewerCanOrder: PaperKind[];
  @InternalField(() => [PaperOrderType], { description: 'The newest first' }) papers: PaperOrderType[];
}

@ObjectType()
export class OrderPaperRefused {
  @InternalField(() => PaperRefusal) reason: PaperRefusal;
}

export const OrderPaperResult = createUnionType({
  name: 'OrderPaperResult',
  types: () => [PaperOrderType, OrderPaperRefused] as const,
  resolveType: (value: object) => ('reason' in value ? OrderPaperRefused : PaperOrderType),
});
