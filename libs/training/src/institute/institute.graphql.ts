import { ArgsType, createUnionType, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
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
import { DayScalar, InternalField, PageArgs } from '@app/platform';
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
  @InternalField(() => String, { nullable: true, description: 'Part of the name, in any spelling' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  search?: string | null;

  @InternalField(() => ID, { nullable: true }) @IsOptional() @IsUUID() officeId?: string | null;
}

@InputType()
class LicenceInput {
  @InternalField() @IsString() @MaxLength(40) licenceNumber: string;
  @InternalField(() => LicenceType) @IsEnum(LicenceType) licenceType: LicenceType;
  @InternalField(() => [TrainingField])
  @IsArray()
  @ArrayMaxSize(20)
  @IsEnum(TrainingField, { each: true })
  licensedFields: TrainingField[];
  @InternalField(() => DayScalar) @IsString() licenceIssuedOn: string;
  @InternalField(() => DayScalar, { description: 'The last day of the licence' }) @IsString() licenceExpiresOn: string;
}

@InputType()
export class RegisterInstituteInput extends LicenceInput {
  // Four letters of the key for each of the name, in a column of 600.
  @InternalField() @IsString() @MaxLength(145) name: string;
}

@InputType()
export class RenewLicenceInput extends LicenceInput {
  @InternalField(() => ID) @IsUUID() instituteId: string;
}

@InputType()
export class AddRoomInput {
  @InternalField(() => ID) @IsUUID() instituteId: string;
  @InternalField() @IsString() @MaxLength(100) name: string;
  @InternalField(() => Int, { description: 'The most trainees it may hold at once' })
  @IsInt()
  @Min(1)
  @Max(2000)
  capacity: number;
}

@ObjectType('Room')
export class RoomType {
  @InternalField(() => ID) id: string;
  @InternalField() name: string;
  @InternalField(() => Int) capacity: number;
}

@ObjectType('Institute')
export class InstituteType {
  @InternalField(() => ID) id: string;
  @InternalField() name: string;
  @InternalField() provinceCode: string;
  @InternalField(() => OfficeType) office: OfficeType;
  @InternalField() licenceNumber: string;
  @InternalField(() => LicenceType) licenceType: LicenceType;
  @InternalField(() => [TrainingField]) licensedFields: TrainingField[];
  @InternalField(() => DayScalar) licenceIssuedOn: string;
  @InternalField(() => DayScalar) licenceExpiresOn: string;
  @InternalField(() => [Int], { nullable: true, description: 'As set; null takes those of the office' })
  closedWeekdays: number[] | null;
  @InternalField(() => [Int], { description: 'Weekdays without classes, as they are in force' })
  closedWeekdaysInForce: number[];
  @InternalField(() => [RoomType]) rooms: RoomType[];
  @InternalField(() => [TrainerAppointmentType], {
    description: 'Those that are not over; a trainer sees the own ones',
  })
  appointments: TrainerAppointmentType[];
}

@ObjectType()
export class InstitutePage {
  @InternalField(() => [InstituteType]) items: InstituteType[];
  @InternalField(() => String, { nullable: true }) nextCursor: string | null;
}

@ObjectType()
export class InstituteRefused {
  @InternalField(() => InstituteRefusal) reason: InstituteRefusal;
}

@ObjectType()
export class RoomRefused {
  @InternalField(() => RoomRefusal) reason: RoomRefusal;
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
