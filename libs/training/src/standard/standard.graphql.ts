import { ArgsType, Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsEnum, IsOptional, IsString, MaxLength } from 'class-validator';
import { DayScalar, PageArgs } from '@app/platform';
import { CodeStatus, StandardKind, TrainingField } from './standard.entity.js';

registerEnumType(StandardKind, { name: 'StandardKind' });
registerEnumType(TrainingField, { name: 'TrainingField' });
registerEnumType(CodeStatus, {
  name: 'CodeStatus',
  description: 'Illustrative codes are made up so that screens have data: never print them as real',
});

@ArgsType()
export class StandardsArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Part of the Persian title, or the first digits of the code' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  search?: string | null;

  @Field(() => TrainingField, { nullable: true })
  @IsOptional()
  @IsEnum(TrainingField)
  field?: TrainingField | null;
}

@ObjectType('TrainingStandardVersion')
export class TrainingStandardVersionType {
  @Field(() => ID) id: string;
  @Field(() => DayScalar) effectiveFrom: string;
  @Field(() => Int) theoryMinutes: number;
  @Field(() => Int) practiceMinutes: number;
  @Field() minimumEducation: string;
  @Field({ description: 'Where the hours come from' }) source: string;
}

@ObjectType('TrainingStandard')
export class TrainingStandardType {
  @Field(() => ID) id: string;
  @Field({ description: '15 digits; the first four are the ISCO-08 group' }) code: string;
  @Field(() => CodeStatus) codeStatus: CodeStatus;
  @Field() titleFa: string;
  @Field() titleEn: string;
  @Field(() => StandardKind) kind: StandardKind;
  @Field(() => TrainingField) field: TrainingField;
  @Field() cluster: string;
  @Field() isco08Code: string;
  @Field(() => TrainingStandardVersionType, {
    nullable: true,
    description: 'What is asked for today; null where no hours are known, and no course run can be opened',
  })
  version: TrainingStandardVersionType | null;
}

@ObjectType()
export class TrainingStandardPage {
  @Field(() => [TrainingStandardType]) items: TrainingStandardType[];
  @Field(() => String, { nullable: true }) nextCursor: string | null;
}
