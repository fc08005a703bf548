import { ArgsType, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsEnum, IsOptional, IsString, MaxLength } from 'class-validator';
import { DayScalar, PageArgs, PublicField } from '@app/platform';
import { CodeStatus, StandardKind, TrainingField } from './standard.entity.js';

registerEnumType(StandardKind, { name: 'StandardKind' });
registerEnumType(TrainingField, { name: 'TrainingField' });
registerEnumType(CodeStatus, {
  name: 'CodeStatus',
  description: 'Illustrative codes are made up so that screens have data: never print them as real',
});

@ArgsType()
export class StandardsArgs extends PageArgs {
  @PublicField(() => String, {
    nullable: true,
    description: 'Part of the Persian title, or the first digits of the code',
  })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  search?: string | null;

  @PublicField(() => TrainingField, { nullable: true })
  @IsOptional()
  @IsEnum(TrainingField)
  field?: TrainingField | null;
}

@ObjectType('TrainingStandardVersion')
export class TrainingStandardVersionType {
  @PublicField(() => ID) id: string;
  @PublicField(() => DayScalar) effectiveFrom: string;
  @PublicField(() => Int) theoryMinutes: number;
  @PublicField(() => Int) practiceMinutes: number;
  @PublicField() minimumEducation: string;
  @PublicField({ description: 'Where the hours come from' }) source: string;
}

@ObjectType('TrainingStandard')
export class TrainingStandardType {
  @PublicField(() => ID) id: string;
  @PublicField({ description: '15 digits; the first four are the ISCO-08 group' }) code: string;
  @PublicField(() => CodeStatus) codeStatus: CodeStatus;
  @PublicField() titleFa: string;
  @PublicField() titleEn: string;
  @PublicField(() => StandardKind) kind: StandardKind;
  @PublicField(() => TrainingField) field: TrainingField;
  @PublicField() cluster: string;
  @PublicField() isco08Code: string;
  @PublicField(() => TrainingStandardVersionType, {
    nullable: true,
    description: 'What is asked for today; null where no hours are known, and no course run can be opened',
  })
  version: TrainingStandardVersionType | null;
}

@ObjectType()
export class TrainingStandardPage {
  @PublicField(() => [TrainingStandardType]) items: TrainingStandardType[];
  @PublicField(() => String, { nullable: true }) nextCursor: string | null;
}
