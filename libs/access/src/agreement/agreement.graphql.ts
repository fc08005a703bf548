import { createUnionType, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsString, IsUUID, MaxLength, MinLength } from 'class-validator';
import { DayScalar, InstantScalar, InternalField, PersonalField } from '@app/platform';
import { Role } from '../actor.rules.js';
import { AgreementDetailName, AgreementKind, AgreementRefusal, AgreementState } from './agreement.rules.js';

registerEnumType(AgreementKind, { name: 'AgreementKind' });
registerEnumType(AgreementState, { name: 'AgreementState' });
registerEnumType(AgreementDetailName, { name: 'AgreementDetailName' });
registerEnumType(AgreementRefusal, { name: 'AgreementRefusal' });

/** What every mutation takes that asks another person to agree. */
@InputType({ isAbstract: true })
export abstract class AsksAnother {
  @PersonalField({ description: 'Why, for who is to agree' })
  @IsString()
  @MinLength(3)
  @MaxLength(300)
  purpose: string;
}

@ObjectType('AgreementDetail', { description: 'One line of what a request is about' })
export class AgreementDetailType {
  @InternalField(() => AgreementDetailName) name: AgreementDetailName;
  @PersonalField() value: string;
}

@ObjectType('AgreementRequest', { description: 'One person has asked for what takes two' })
export class AgreementRequestType {
  @InternalField(() => ID) id: string;
  @InternalField(() => AgreementKind) kind: AgreementKind;
  @InternalField(() => AgreementState) state: AgreementState;
  @PersonalField(() => [AgreementDetailType], { description: 'As it was when it was asked' })
  details: AgreementDetailType[];
  @PersonalField() purpose: string;
  @PersonalField(() => String, { nullable: true, description: 'Null for who sits at the server' })
  askedBy: string | null;
  @InternalField(() => Role) askedAs: Role;
  @InternalField(() => InstantScalar) askedAt: Date;
  @InternalField(() => Role, { description: 'Whose desk it lies on: the own office, or one above' }) role: Role;
  @InternalField(() => InstantScalar) waitingSince: Date;
  @PersonalField(() => String, { nullable: true }) answeredBy: string | null;
  @InternalField(() => InstantScalar, { nullable: true }) answeredAt: Date | null;
  @PersonalField(() => String, { nullable: true, description: 'Why it was declined' }) answer: string | null;
  @InternalField(() => String, { nullable: true, description: 'Why it could no longer be done' })
  outcome: string | null;
}

@ObjectType()
export class AgreementRequestPage {
  @InternalField(() => [AgreementRequestType]) items: AgreementRequestType[];
  @InternalField(() => String, { nullable: true }) nextCursor: string | null;
}

@InputType()
export class DeclineRequestInput {
  @InternalField(() => ID) @IsUUID() requestId: string;
  @PersonalField() @IsString() @MinLength(3) @MaxLength(300) answer: string;
}

@ObjectType({ description: 'Somebody of the same office' })
export class ColleagueType {
  @InternalField(() => ID) id: string;
  @PersonalField() displayName: string;
  @InternalField(() => [Role]) roles: Role[];
}

@ObjectType('Deputy', { description: 'A colleague who answers requests in place of the caller, from day to day' })
export class DeputyType {
  @InternalField(() => ID) id: string;
  @InternalField(() => ID) deputyId: string;
  @PersonalField() displayName: string;
  @InternalField(() => DayScalar) fromDay: string;
  @InternalField(() => DayScalar, { description: 'The last day' }) toDay: string;
}

@ObjectType()
export class DeputyList {
  @InternalField(() => [DeputyType]) deputies: DeputyType[];
}

@InputType()
export class NameDeputyInput {
  @InternalField(() => ID, { description: 'The account of somebody of the same office' }) @IsUUID() deputyId: string;
  @InternalField(() => DayScalar) @IsString() from: string;
  @InternalField(() => DayScalar, { description: 'The last day' }) @IsString() to: string;
}

@ObjectType()
export class AgreementRefused {
  @InternalField(() => AgreementRefusal) reason: AgreementRefusal;
}

export const AgreementResult = createUnionType({
  name: 'AgreementResult',
  types: () => [AgreementRequestType, AgreementRefused] as const,
  resolveType: (value: object) => ('id' in value ? AgreementRequestType : AgreementRefused),
});

export const DeputyResult = createUnionType({
  name: 'DeputyResult',
  types: () => [DeputyList, AgreementRefused] as const,
  resolveType: (value: object) => ('deputies' in value ? DeputyList : AgreementRefused),
});
