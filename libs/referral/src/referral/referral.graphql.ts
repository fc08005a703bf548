import { ArgsType, createUnionType, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsEnum, IsString, IsUUID, MaxLength, MinLength } from 'class-validator';
import { DayScalar, InternalField, PersonalField, SecretField } from '@app/platform';
import { FamilyTie, ReferralRefusal, SeatStage } from './referral.rules.js';

registerEnumType(FamilyTie, { name: 'FamilyTie' });
registerEnumType(ReferralRefusal, { name: 'ReferralRefusal' });
registerEnumType(SeatStage, { name: 'SeatStage' });

@InputType()
export class ReferPersonInput {
  @PersonalField({ description: 'Ten digits in any script' }) @IsString() @MaxLength(30) nationalId: string;
  @PersonalField() @IsString() @MaxLength(100) givenName: string;
  @PersonalField() @IsString() @MaxLength(100) familyName: string;
  @SecretField({ description: 'Number of the family file in the branch' })
  @IsString()
  @MaxLength(40)
  familyFile: string;
  @SecretField(() => FamilyTie) @IsEnum(FamilyTie) familyTie: FamilyTie;
  @SecretField() @IsString() @MinLength(3) @MaxLength(1000) eligibilityReason: string;
}

@ArgsType()
export class ReferralArgs {
  @InternalField(() => ID) @IsUUID() id: string;
}

@ObjectType({ description: 'A seat that was asked for a person, and how far they have come with it' })
export class ReferralSeat {
  @InternalField(() => ID) id: string;
  @InternalField(() => ID) runId: string;
  @InternalField() runNumber: string;
  @InternalField() titleFa: string;
  @InternalField() titleEn: string;
  @InternalField() instituteName: string;
  @InternalField(() => DayScalar) startsOn: string;
  @InternalField(() => DayScalar) endsOn: string;
  @InternalField(() => DayScalar) givenOn: string;
  @InternalField(() => SeatStage) stage: SeatStage;
  @InternalField({ description: 'The token was handed in' }) settled: boolean;
  @InternalField(() => Int, { nullable: true, description: 'Hundredths of a per cent of the minutes held' })
  presentOfHeld: number | null;
}

@ObjectType({ description: 'A person of the branch, as a list shows them' })
export class ReferralItem {
  @InternalField(() => ID) id: string;
  @PersonalField() givenName: string;
  @PersonalField() familyName: string;
  @PersonalField({ description: 'Its last digits only' }) maskedNationalId: string;
  @InternalField(() => DayScalar) referredOn: string;
  @InternalField(() => [ReferralSeat], { description: 'The newest first' }) seats: ReferralSeat[];
}

@ObjectType({ description: 'All that a branch knows of a person' })
export class ReferralDetail extends ReferralItem {
  @SecretField() familyFile: string;
  @SecretField(() => FamilyTie) familyTie: FamilyTie;
  @SecretField() eligibilityReason: string;
}

@ObjectType()
export class ReferralPage {
  @InternalField(() => [ReferralItem]) items: ReferralItem[];
  @InternalField(() => String, { nullable: true }) nextCursor: string | null;
}

/** What a change answers, and what is kept of the answer: an id, nothing of the person. */
@ObjectType()
export class ReferredPerson {
  @InternalField(() => ID) id: string;
}

@ObjectType()
export class ReferralRefused {
  @InternalField(() => ReferralRefusal) reason: ReferralRefusal;
}

export const ReferPersonResult = createUnionType({
  name: 'ReferPersonResult',
  types: () => [ReferredPerson, ReferralRefused] as const,
  resolveType: (value: object) => ('reason' in value ? ReferralRefused : ReferredPerson),
});
