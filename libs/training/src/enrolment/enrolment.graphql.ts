import { createUnionType, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { DayScalar, InstantScalar, InternalField, PersonalField } from '@app/platform';
import { EnrolmentStatus } from './enrolment.entity.js';
import { EnrolmentRefusal } from './enrolment.rules.js';

registerEnumType(EnrolmentStatus, { name: 'EnrolmentStatus' });
registerEnumType(EnrolmentRefusal, { name: 'EnrolmentRefusal' });

@InputType({ description: 'Who takes the seat; how it is paid for is not known here' })
export class EnrolTraineeInput {
  @InternalField(() => ID) @IsUUID() runId: string;
  @PersonalField({ description: 'Ten digits in any script' }) @IsString() @MaxLength(30) nationalId: string;
  @PersonalField() @IsString() @MaxLength(100) givenName: string;
  @PersonalField() @IsString() @MaxLength(100) familyName: string;
  @PersonalField(() => String, { nullable: true }) @IsOptional() @IsString() @MaxLength(100) fatherName?: string | null;
  @PersonalField(() => DayScalar, { nullable: true }) @IsOptional() birthDay?: string | null;
  @PersonalField(() => String, { nullable: true }) @IsOptional() @IsString() @MaxLength(30) mobile?: string | null;
}

@InputType()
export class WithdrawEnrolmentInput {
  @InternalField(() => ID) @IsUUID() enrolmentId: string;
}

/** What the API shows of an enrolment: the columns named here and no other. */
@ObjectType('Enrolment')
export class EnrolmentType {
  @InternalField(() => ID) id: string;
  @InternalField(() => ID) runId: string;
  @InternalField(() => ID) traineeId: string;
  @InternalField(() => EnrolmentStatus) status: EnrolmentStatus;
  @InternalField(() => InstantScalar) enrolledAt: Date;
  @InternalField({ description: 'The one word for everyone, however the seat is paid for' }) settled: boolean;
}

@ObjectType()
export class EnrolmentRefused {
  @InternalField(() => EnrolmentRefusal) reason: EnrolmentRefusal;
}

export const EnrolmentResult = createUnionType({
  name: 'EnrolmentResult',
  types: () => [EnrolmentType, EnrolmentRefused] as const,
  resolveType: (value: object) => ('reason' in value ? EnrolmentRefused : EnrolmentType),
});
