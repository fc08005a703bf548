import { createUnionType, Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { DayScalar, InstantScalar } from '@app/platform';
import { EnrolmentStatus } from './enrolment.entity.js';
import { EnrolmentRefusal } from './enrolment.rules.js';

registerEnumType(EnrolmentStatus, { name: 'EnrolmentStatus' });
registerEnumType(EnrolmentRefusal, { name: 'EnrolmentRefusal' });

@InputType({ description: 'Who takes the seat; how it is paid for is not known here' })
export class EnrolTraineeInput {
  @Field(() => ID) @IsUUID() runId: string;
  @Field({ description: 'Ten digits in any script' }) @IsString() @MaxLength(30) nationalId: string;
  @Field() @IsString() @MaxLength(100) givenName: string;
  @Field() @IsString() @MaxLength(100) familyName: string;
  @Field(() => String, { nullable: true }) @IsOptional() @IsString() @MaxLength(100) fatherName?: string | null;
  @Field(() => DayScalar, { nullable: true }) @IsOptional() birthDay?: string | null;
  @Field(() => String, { nullable: true }) @IsOptional() @IsString() @MaxLength(30) mobile?: string | null;
}

@InputType()
export class WithdrawEnrolmentInput {
  @Field(() => ID) @IsUUID() enrolmentId: string;
}

/** What the API shows of an enrolment: the columns named here and no other. */
@ObjectType('Enrolment')
export class EnrolmentType {
  @Field(() => ID) id: string;
  @Field(() => ID) runId: string;
  @Field(() => ID) traineeId: string;
  @Field(() => EnrolmentStatus) status: EnrolmentStatus;
  @Field(() => InstantScalar) enrolledAt: Date;
}

@ObjectType()
export class EnrolmentRefused {
  @Field(() => EnrolmentRefusal) reason: EnrolmentRefusal;
}

export const EnrolmentResult = createUnionType({
  name: 'EnrolmentResult',
  types: () => [EnrolmentType, EnrolmentRefused] as const,
  resolveType: (value: object) => ('reason' in value ? EnrolmentRefused : EnrolmentType),
});
