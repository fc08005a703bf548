import { createUnionType, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsEnum, IsString, IsUUID } from 'class-validator';
import { AgreementRequestType, AsksAnother } from '@app/access';
import { DayScalar, InternalField, PersonalField } from '@app/platform';
import { EnrolmentStatus } from '../enrolment/enrolment.entity.js';
import { IdentityCheck } from '../mobile-change/mobile-change.entity.js';
import { MobileChangeType } from '../mobile-change/mobile-change.graphql.js';
import { MergeRefusal } from './trainee-merge.rules.js';
import { BirthDateRefusal } from './trainee.rules.js';

registerEnumType(MergeRefusal, { name: 'MergeRefusal' });
registerEnumType(BirthDateRefusal, { name: 'BirthDateRefusal' });

@InputType()
export class MergeTraineesInput extends AsksAnother {
  @InternalField(() => ID, { description: 'The trainee whose record stays' }) @IsUUID() keptId: string;
  @InternalField(() => ID, { description: 'The trainee whose places go to the one that stays' })
  @IsUUID()
  mergedId: string;
}

@ObjectType()
export class MergeRefused {
  @InternalField(() => MergeRefusal) reason: MergeRefusal;
}

export const MergeTraineesResult = createUnionType({
  name: 'MergeTraineesResult',
  types: () => [AgreementRequestType, MergeRefused] as const,
  resolveType: (value: object) => ('id' in value ? AgreementRequestType : MergeRefused),
});

@ObjectType({ description: 'A place of a person in a course run that the viewer sees' })
export class TraineePlace {
  @InternalField(() => ID) enrolmentId: string;
  @InternalField(() => ID) runId: string;
  @InternalField(() => EnrolmentStatus) status: EnrolmentStatus;
  @InternalField() runNumber: string;
  @InternalField() standardTitleFa: string;
  @InternalField() standardTitleEn: string;
  @InternalField() instituteName: string;
  @InternalField(() => DayScalar) startsOn: string;
  @InternalField(() => DayScalar) endsOn: string;
}

@ObjectType({ description: 'A person at the desk: where they learn, and how they come in' })
export class TraineeRecord {
  @InternalField(() => ID) id: string;
  @PersonalField() givenName: string;
  @PersonalField() familyName: string;
  @PersonalField() maskedNationalId: string;
  @PersonalField(() => String, { nullable: true }) maskedFatherName: string | null;
  @InternalField(() => [TraineePlace], { description: 'The latest first' }) places: TraineePlace[];
  @InternalField({ description: 'Without a birth date nobody signs in' }) birthDayKnown: boolean;
  @PersonalField(() => String, { nullable: true }) maskedMobile: string | null;
  @InternalField({ description: 'The birth date was wrong too often at this number' }) signInShut: boolean;
  @InternalField(() => MobileChangeType, { nullable: true, description: 'A new mobile number that waits' })
  mobileChange: MobileChangeType | null;
}

@InputType()
export class RecordBirthDateInput {
  @InternalField(() => ID) @IsUUID() enrolmentId: string;
  @PersonalField(() => DayScalar) @IsString() birthDay: string;
  @InternalField(() => IdentityCheck) @IsEnum(IdentityCheck) identityCheck: IdentityCheck;
}

@ObjectType({ description: 'The birth date is written; it is not shown' })
export class BirthDateOnRecord {
  @InternalField(() => ID) enrolmentId: string;
}

@ObjectType()
export class BirthDateRefused {
  @InternalField(() => BirthDateRefusal) reason: BirthDateRefusal;
}

export const RecordBirthDateResult = createUnionType({
  name: 'RecordBirthDateResult',
  types: () => [BirthDateOnRecord, BirthDateRefused] as const,
  resolveType: (value: object) => ('reason' in value ? BirthDateRefused : BirthDateOnRecord),
});
