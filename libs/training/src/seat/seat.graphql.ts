import { createUnionType, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsString, IsUUID, MaxLength } from 'class-validator';
import { InternalField, SecretField } from '@app/platform';
import { EnrolmentType } from '../enrolment/enrolment.graphql.js';
import { SeatRefusal } from './seat.rules.js';

registerEnumType(SeatRefusal, { name: 'SeatRefusal' });

@InputType()
export class GiveSeatTokenInput {
  @InternalField(() => ID) @IsUUID() runId: string;
}

@InputType()
export class SeatTokenInput {
  @SecretField({ description: 'As it was told, with or without dashes' }) @IsString() @MaxLength(40) code: string;
}

@InputType()
export class SettleSeatInput extends SeatTokenInput {
  @InternalField(() => ID) @IsUUID() enrolmentId: string;
}

@ObjectType({ description: 'Settles one seat in one run; told once' })
export class GivenSeatToken {
  @InternalField(() => ID) runId: string;
  @SecretField() code: string;
}

@ObjectType()
export class SeatTokenTakenBackType {
  @InternalField() takenBack: boolean;
}

@ObjectType()
export class SeatRefused {
  @InternalField(() => SeatRefusal) reason: SeatRefusal;
}

export const GiveSeatTokenResult = createUnionType({
  name: 'GiveSeatTokenResult',
  types: () => [GivenSeatToken, SeatRefused] as const,
  resolveType: (value: object) => ('reason' in value ? SeatRefused : GivenSeatToken),
});

export const TakeBackSeatTokenResult = createUnionType({
  name: 'TakeBackSeatTokenResult',
  types: () => [SeatTokenTakenBackType, SeatRefused] as const,
  resolveType: (value: object) => ('reason' in value ? SeatRefused : SeatTokenTakenBackType),
});

export const SettleSeatResult = createUnionType({
  name: 'SettleSeatResult',
  types: () => [EnrolmentType, SeatRefused] as const,
  resolveType: (value: object) => ('reason' in value ? SeatRefused : EnrolmentType),
});
