import { ArgsType, createUnionType, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { DayScalar, InternalField, PageArgs, PersonalField } from '@app/platform';
import { AppointmentRefusal, TrainerRefusal } from './trainer.rules.js';

registerEnumType(TrainerRefusal, { name: 'TrainerRefusal' });
registerEnumType(AppointmentRefusal, { name: 'AppointmentRefusal' });

@ArgsType()
export class TrainersArgs extends PageArgs {
  @InternalField(() => String, { nullable: true, description: 'Part of the name, in any spelling' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  search?: string | null;

  @InternalField(() => ID, { nullable: true, description: 'Only those appointed in this institute' })
  @IsOptional()
  @IsUUID()
  instituteId?: string | null;

  @InternalField(() => ID, { nullable: true, description: 'Only those appointed for this standard' })
  @IsOptional()
  @IsUUID()
  standardId?: string | null;

  @InternalField(() => DayScalar, {
    nullable: true,
    description: 'Only those whose card and appointment are valid on this day',
  })
  @IsOptional()
  @IsString()
  on?: string | null;
}

@InputType()
export class RegisterTrainerInput {
  @PersonalField() @IsString() @MaxLength(100) givenName: string;
  @PersonalField() @IsString() @MaxLength(100) familyName: string;
  @PersonalField({ description: 'Ten digits, the last one the check digit' })
  @IsString()
  @MaxLength(40)
  nationalId: string;
  @InternalField(() => DayScalar, { description: 'The last day of the trainer card' })
  @IsString()
  cardExpiresOn: string;
}

@InputType()
export class AppointTrainerInput {
  @InternalField(() => ID) @IsUUID() trainerId: string;
  @InternalField(() => ID) @IsUUID() instituteId: string;
  @InternalField(() => ID) @IsUUID() standardId: string;
  @InternalField(() => DayScalar) @IsString() startsOn: string;
  @InternalField(() => DayScalar, { description: 'The last day, counted' }) @IsString() endsOn: string;
}

@ObjectType('TrainerAppointment', { description: 'Permission to teach one standard in one institute between two days' })
export class TrainerAppointmentType {
  @InternalField(() => ID) id: string;
  @InternalField(() => ID) trainerId: string;
  @PersonalField() givenName: string;
  @PersonalField() familyName: string;
  @InternalField(() => DayScalar) cardExpiresOn: string;
  @InternalField(() => ID) instituteId: string;
  @InternalField() instituteName: string;
  @InternalField(() => ID) standardId: string;
  @InternalField() standardTitleFa: string;
  @InternalField() standardTitleEn: string;
  @InternalField(() => DayScalar) startsOn: string;
  @InternalField(() => DayScalar) endsOn: string;
}

@ObjectType('Trainer', { description: 'The national ID is never listed' })
export class TrainerType {
  @InternalField(() => ID) id: string;
  @InternalField() provinceCode: string;
  @PersonalField() givenName: string;
  @PersonalField() familyName: string;
  @InternalField(() => DayScalar) cardExpiresOn: string;
  @InternalField(() => [TrainerAppointmentType], {
    description: 'Those that are not over, in institutes the viewer may see',
  })
  appointments: TrainerAppointmentType[];
}

@ObjectType()
export class TrainerPage {
  @InternalField(() => [TrainerType]) items: TrainerType[];
  @InternalField(() => String, { nullable: true }) nextCursor: string | null;
}

@ObjectType()
export class TrainerRefused {
  @InternalField(() => TrainerRefusal) reason: TrainerRefusal;
}

@ObjectType()
export class AppointmentRefused {
  @InternalField(() => AppointmentRefusal) reason: AppointmentRefusal;
}

export const RegisterTrainerResult = createUnionType({
  name: 'RegisterTrainerResult',
  types: () => [TrainerType, TrainerRefused] as const,
  resolveType: (value) => ('reason' in value ? TrainerRefused : TrainerType),
});

export const AppointTrainerResult = createUnionType({
  name: 'AppointTrainerResult',
  types: () => [TrainerAppointmentType, AppointmentRefused] as const,
  resolveType: (value) => ('reason' in value ? AppointmentRefused : TrainerAppointmentType),
});
