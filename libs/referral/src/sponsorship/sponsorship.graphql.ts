import { ArgsType, createUnionType, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { DayScalar, InternalField, SecretField } from '@app/platform';
import { SponsorshipRefusal } from './sponsorship.rules.js';

registerEnumType(SponsorshipRefusal, { name: 'SponsorshipRefusal' });

@ArgsType()
export class OpenSeatsArgs {
  @InternalField(() => String, { nullable: true, description: 'Part of the course or the institute' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  text?: string | null;
  @InternalField(() => Int, { defaultValue: 20, description: 'At most 100' }) @IsInt() @Min(1) @Max(100) first: number;
}

@ObjectType({ description: 'A course run that people may still be sent to' })
export class OpenSeats {
  @InternalField(() => ID) runId: string;
  @InternalField() number: string;
  @InternalField() titleFa: string;
  @InternalField() titleEn: string;
  @InternalField() instituteName: string;
  @InternalField(() => DayScalar) startsOn: string;
  @InternalField(() => DayScalar) endsOn: string;
  @InternalField(() => DayScalar) enrolmentClosesOn: string;
  @InternalField(() => Int) seatsFree: number;
}

@InputType()
export class GiveSeatInput {
  @InternalField(() => ID) @IsUUID() referralId: string;
  @InternalField(() => ID) @IsUUID() runId: string;
}

@InputType()
export class TakeBackSeatInput {
  @InternalField(() => ID) @IsUUID() seatId: string;
}

@ObjectType({ description: 'A seat with the token that settles it; told once' })
export class GivenSeat {
  @InternalField(() => ID) id: string;
  @SecretField() code: string;
}

@ObjectType()
export class TakenBackSeat {
  @InternalField(() => ID) id: string;
}

@ObjectType()
export class SponsorshipRefused {
  @InternalField(() => SponsorshipRefusal) reason: SponsorshipRefusal;
}

export const GiveSeatResult = createUnionType({
  name: 'GiveSeatResult',
  types: () => [GivenSeat, SponsorshipRefused] as const,
  resolveType: (value: object) => ('reason' in value ? SponsorshipRefused : GivenSeat),
});

export const TakeBackSeatResult = createUnionType({
  name: 'TakeBackSeatResult',
  types: () => [TakenBackSeat, SponsorshipRefused] as const,
  resolveType: (value: object) => ('reason' in value ? SponsorshipRefused : TakenBackSeat),
});
