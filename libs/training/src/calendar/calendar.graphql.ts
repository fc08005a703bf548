import { ArgsType, createUnionType, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, IsString, IsUUID, Max, Min } from 'class-validator';
import { DayScalar, PublicField } from '@app/platform';
import { ClosedWeekdaysRefusal } from './calendar.rules.js';
import { HolidayCertainty } from './holiday.entity.js';

registerEnumType(HolidayCertainty, {
  name: 'HolidayCertainty',
  description: 'How sure the day is: a predicted or estimated one may move by a day',
});
registerEnumType(ClosedWeekdaysRefusal, { name: 'ClosedWeekdaysRefusal' });

@ArgsType()
export class HolidaysArgs {
  @PublicField(() => DayScalar) @IsString() from: string;
  @PublicField(() => DayScalar, { description: 'The last day, at most 800 days after the first' })
  @IsString()
  to: string;
}

@ObjectType('Holiday')
export class HolidayType {
  @PublicField(() => ID) id: string;
  @PublicField(() => DayScalar) day: string;
  @PublicField() titleFa: string;
  @PublicField() titleEn: string;
  @PublicField(() => HolidayCertainty) certainty: HolidayCertainty;
}

@InputType({ description: 'Names an office or an institute, one of the two' })
export class SetClosedWeekdaysInput {
  @PublicField(() => ID, { nullable: true }) @IsOptional() @IsUUID() officeId?: string | null;
  @PublicField(() => ID, { nullable: true }) @IsOptional() @IsUUID() instituteId?: string | null;

  @PublicField(() => [Int], {
    nullable: true,
    description: 'ISO 1 Monday to 7 Sunday; null takes those of the office above',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(7)
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(7, { each: true })
  weekdays: number[] | null;
}

@ObjectType()
export class ClosedWeekdays {
  @PublicField(() => [Int], { nullable: true, description: 'As set; null takes those of the office above' })
  weekdays: number[] | null;
  @PublicField(() => [Int], { description: 'As they are now in force' }) inForce: number[];
}

@ObjectType()
export class ClosedWeekdaysRefused {
  @PublicField(() => ClosedWeekdaysRefusal) reason: ClosedWeekdaysRefusal;
}

export const SetClosedWeekdaysResult = createUnionType({
  name: 'SetClosedWeekdaysResult',
  types: () => [ClosedWeekdays, ClosedWeekdaysRefused] as const,
  resolveType: (value) => ('reason' in value ? ClosedWeekdaysRefused : ClosedWeekdays),
});
