import { createUnionType, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { DayScalar, InternalField, PersonalField, SecretField } from '@app/platform';
import { SignedIn } from '../session/session.graphql.js';
import { GraduateSignInRefusal } from './graduate.rules.js';

registerEnumType(GraduateSignInRefusal, { name: 'GraduateSignInRefusal' });

@InputType()
export class AskOneTimePasswordInput {
  @PersonalField({ description: 'In any form people write, in any digits' }) @IsString() @MaxLength(30) mobile: string;
}

@InputType()
export class EnterOneTimePasswordInput {
  @SecretField({ description: 'Six digits' }) @IsString() @MaxLength(30) password: string;
}

@InputType()
export class EnterBirthDateInput {
  @PersonalField(() => DayScalar) @IsString() birthDay: string;
  @PersonalField(() => String, { nullable: true, description: 'The last four digits, where it is asked for' })
  @IsOptional()
  @IsString()
  @MaxLength(20)
  nationalIdEnd?: string | null;
}

@ObjectType({ description: 'The same whether anybody has the number or not' })
export class OneTimePasswordSent {
  @InternalField(() => Int, { description: 'How long it may be typed' }) lastsSeconds: number;
}

@ObjectType()
export class OneTimePasswordAccepted {
  @InternalField(() => Int, { description: 'How long the birth date may be typed' }) lastsSeconds: number;
}

@ObjectType()
export class GraduateSignInRefused {
  @InternalField(() => GraduateSignInRefusal) reason: GraduateSignInRefusal;
  @InternalField(() => Int, { nullable: true }) retryAfterSeconds?: number | null;
  @InternalField(() => Int, { nullable: true, description: 'Tries that are left' }) triesLeft?: number | null;
}

const isRefused = (value: object) => 'reason' in value;

export const AskOneTimePasswordResult = createUnionType({
  name: 'AskOneTimePasswordResult',
  types: () => [OneTimePasswordSent, GraduateSignInRefused] as const,
  resolveType: (value: object) => (isRefused(value) ? GraduateSignInRefused : OneTimePasswordSent),
});

export const EnterOneTimePasswordResult = createUnionType({
  name: 'EnterOneTimePasswordResult',
  types: () => [OneTimePasswordAccepted, GraduateSignInRefused] as const,
  resolveType: (value: object) => (isRefused(value) ? GraduateSignInRefused : OneTimePasswordAccepted),
});

export const EnterBirthDateResult = createUnionType({
  name: 'EnterBirthDateResult',
  types: () => [SignedIn, GraduateSignInRefused] as const,
  resolveType: (value: object) => (isRefused(value) ? GraduateSignInRefused : SignedIn),
});
