import { ArgsType, createUnionType, Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { DayScalar, PageArgs } from '@app/platform';
import { AppointmentRefusal, TrainerRefusal } from './trainer.rules.js';

registerEnumType(TrainerRefusal, { name: 'TrainerRefusal' });
registerEnumType(AppointmentRefusal, { name: 'AppointmentRefusal' });

@ArgsType()
export class TrainersArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Part of the name, in any spelling' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  search?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those appointed in this institute' })
  @IsOptional()
  @IsUUID()
  instituteId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those appointed for this standard' })
  @IsOptional()
  @IsUUID()
  standardId?: string | null;

  @Field(() => DayScalar, {
    nullable: true,
    description: 'Only those whose card and appointment are valid on this day',
  })
  @IsOptional()
  @IsString()
  on?: string | null;
}

@InputType()
export class RegisterTrainerInput {
  @Field() @IsString() @MaxLength(100) givenName: string;
  @Field() @IsString() @MaxLength(100) familyName: string;
  @Field({ description: 'Ten digits, the last one the check digit' }) @IsString() @MaxLength(40) nationalId: string;
  @Field(() => DayScalar, { description: 'The last day of the trainer card' }) @IsString() cardExpiresOn: string;
}

@InputType()
export class AppointTrainerInput {
  @Field(() => ID) @IsUUID() trainerId: string;
  @Field(() => ID) @IsUUID() instituteId: string;
  @Field(() => ID) @IsUUID() standardId: string;
  @Field(() => DayScalar) @IsString() startsOn: string;
  @Field(() => DayScalar, { description: 'The last day, counted' }) @IsString() endsOn: string;
}

@ObjectType('TrainerAppointment', { description: 'Permission to teach one standard in one institute between two days' })
export class TrainerAppointmentType {
  @Field(() => ID) id: string;
  @Field(() => ID) trainerId: string;
  @Field() givenName: string;
  @Field() familyName: string;
  @Field(() => DayScalar) cardExpiresOn: string;
  @Field(() => ID) instituteId: string;
  @Field() instituteName: string;
  @Field(() => ID) standardId: string;
  @Field() standardTitleFa: string;
  @Field() standardTitleEn: string;
  @Field(() => DayScalar) startsOn: string;
  @Field(() => DayScalar) endsOn: string;
}

@ObjectType('Trainer', { description: 'The national ID is never listed' })
export class TrainerType {
  @Field(() => ID) id: string;
  @Field() provinceCode: string;
  @Field() givenName: string;
  @Field() familyName: string;
  @Field(() => DayScalar) cardExpiresOn: string;
  @Field(() => [TrainerAppointmentType], { description: 'Those that are not over, in institutes the viewer may see' })
  appointments: TrainerAppointmentType[];
}

@ObjectType()
export class TrainerPage {
  @Field(() => [TrainerType]) items: TrainerType[];
  @Field(() => String, { nullable: true }) nextCursor: string | null;
}

@ObjectType()
export class TrainerRefused {
  @Field(() => TrainerRefusal) reason: TrainerRefusal;
}

@ObjectType()
export class AppointmentRefused {
  @Field(() => AppointmentRefusal) reason: AppointmentRefusal;
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
