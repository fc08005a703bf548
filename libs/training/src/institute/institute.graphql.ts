import { ArgsType, createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import {
  ArrayMaxSize,
  IsArray,
  IsEnum,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { DayScalar, PageArgs } from '@app/platform';
import { OfficeType } from '../office/office.graphql.js';
import { TrainingField } from '../standard/standard.entity.js';
import { TrainerAppointmentType } from '../trainer/trainer.graphql.js';
import { LicenceType } from './institute.entity.js';
import { InstituteAction } from './institute.policy.js';
import { InstituteRefusal, RoomRefusal } from './institute.rules.js';

registerEnumType(LicenceType, { name: 'LicenceType' });
registerEnumType(InstituteRefusal, { name: 'InstituteRefusal' });
registerEnumType(RoomRefusal, { name: 'RoomRefusal' });
registerEnumType(InstituteAction, { name: 'InstituteAction' });

@ArgsType()
export class InstitutesArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Part of the name, in any spelling' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  search?: string | null;

  @Field(() => ID, { nullable: true }) @IsOptional() @IsUUID() officeId?: string | null;
}

@InputType()
class LicenceInput {
  @Field() @IsString() @MaxLength(40) licenceNumber: string;
  @Field(() => LicenceType) @IsEnum(LicenceType) licenceType: LicenceType;
  @Field(() => [TrainingField])
  @IsArray()
  @ArrayMaxSize(20)
  @IsEnum(TrainingField, { each: true })
  licensedFields: TrainingField[];
  @Field(() => DayScalar) @IsString() licenceIssuedOn: string;
  @Field(() => DayScalar, { description: 'The last day of the licence' }) @IsString() licenceExpiresOn: string;
}

@InputType()
export class RegisterInstituteInput extends LicenceInput {
  // Four letters of the key for each of the name, in a column of 600.
  @Field() @IsString() @MaxLength(145) name: string;
}

@InputType()
export class RenewLicenceInput extends LicenceInput {
  @Field(() => ID) @IsUUID() instituteId: string;
}

@InputType()
export class AddRoomInput {
  @Field(() => ID) @IsUUID() instituteId: string;
  @Field() @IsString() @MaxLength(100) name: string;
  @Field(() => Int, { description: 'The most trainees it may hold at once' })
  @IsInt()
  @Min(1)
  @Max(2000)
  capacity: number;
}

@ObjectType('Room')
export class RoomType {
  @Field(() => ID) id: string;
  @Field() name: string;
  @Field(() => Int) capacity: number;
}

@ObjectType('Institute')
export class InstituteType {
  @Field(() => ID) id: string;
  @Field() name: string;
  @Field() provinceCode: string;
  @Field(() => OfficeType) office: OfficeType;
  @Field() licenceNumber: string;
  @Field(() => LicenceType) licenceType: LicenceType;
  @Field(() => [TrainingField]) licensedFields: TrainingField[];
  @Field(() => DayScalar) licenceIssuedOn: string;
  @Field(() => DayScalar) licenceExpiresOn: string;
  @Field(() => [Int], { nullable: true, description: 'As set; null takes those of the office' })
  closedWeekdays: number[] | null;
  @Field(() => [Int], { description: 'Weekdays without classes, as they are in force' })
  closedWeekdaysInForce: number[];
  @Field(() => [RoomType]) rooms: RoomType[];
  @Field(() => [TrainerAppointmentType], { description: 'Those that are not over; a trainer sees the own ones' })
  appointments: TrainerAppointmentType[];
}

@ObjectType()
export class InstitutePage {
  @Field(() => [InstituteType]) items: InstituteType[];
  @Field(() => String, { nullable: true }) nextCursor: string | null;
}

@ObjectType()
export class InstituteRefused {
  @Field(() => InstituteRefusal) reason: InstituteRefusal;
}

@ObjectType()
export class RoomRefused {
  @Field(() => RoomRefusal) reason: RoomRefusal;
}

export const InstituteResult = createUnionType({
  name: 'InstituteResult',
  types: () => [InstituteType, InstituteRefused] as const,
  resolveType: (value) => ('reason' in value ? InstituteRefused : InstituteType),
});

export const AddRoomResult = createUnionType({
  name: 'AddRoomResult',
  types: () => [RoomType, RoomRefused] as const,
  resolveType: (value) => ('reason' in value ? RoomRefused : RoomType),
});
