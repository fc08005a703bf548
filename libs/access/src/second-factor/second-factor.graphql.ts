import { createUnionType, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ArrayMaxSize, IsBoolean, IsString, MaxLength } from 'class-validator';
import { InstantScalar, InternalField, SecretField } from '@app/platform';
import { AgreementRequestType, AsksAnother } from '../agreement/agreement.graphql.js';
import { SignInRefused } from '../session/session.graphql.js';
import { GRACE_DAYS, SecondFactorRefusal } from './second-factor.rules.js';

registerEnumType(SecondFactorRefusal, { name: 'SecondFactorRefusal' });

@ObjectType({ description: 'What one has set up to sign in with besides the password' })
export class OwnSecondFactor {
  @InternalField({ description: 'Whether an authenticator is in use' }) authenticator: boolean;
  @InternalField(() => Int, { description: 'Codes of the printed sheet that were not used' }) codesLeft: number;
  @InternalField(() => InstantScalar, {
    nullable: true,
    description: 'By when an office wants one to be set up; null when none does, or there is one',
  })
  dueAt: Date | null;
}

@InputType()
export class PasswordInput {
  @SecretField({ description: 'The own password once more' }) @IsString() @MaxLength(500) password: string;
}

@ObjectType()
export class AuthenticatorSetup {
  @SecretField({ description: 'In base 32, to be typed where no picture can be taken. Shown once' }) key: string;
  @SecretField({ description: 'otpauth://, what the picture says' }) uri: string;
  @SecretField({ description: 'The picture: the path of an SVG of qrSize by qrSize' }) qrPath: string;
  @InternalField(() => Int) qrSize: number;
}

@ObjectType()
export class OneTimeCodes {
  @SecretField(() => [String], { description: 'Shown once; each works once' }) codes: string[];
  @SecretField({ description: 'The same on paper: a PDF in base 64' }) paper: string;
}

@InputType()
export class ConfirmAuthenticatorInput {
  @SecretField({ description: 'Six digits that the authenticator shows' }) @IsString() @MaxLength(20) code: string;
}

@ObjectType()
export class AuthenticatorConfirmed {
  @InternalField() confirmed: boolean;
}

@InputType()
export class SetSecondFactorInput extends AsksAnother {
  @InternalField({
    description: `Whether the people of this office and of those below need one, after ${GRACE_DAYS} days`,
  })
  @IsBoolean()
  required: boolean;
  @InternalField(() => [String], {
    description: 'Networks of the office, such as 192.0.2.0/24: from there no code is asked',
  })
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @MaxLength(50, { each: true })
  networks: string[];
}

@ObjectType({ description: 'What an office asks of its people when they sign in' })
export class SecondFactorSetting {
  @InternalField(() => ID) id: string;
  @InternalField() required: boolean;
  @InternalField(() => InstantScalar, { nullable: true }) requiredSince: Date | null;
  @InternalField(() => [String]) networks: string[];
}

@ObjectType()
export class SecondFactorRefused {
  @InternalField(() => SecondFactorRefusal) reason: SecondFactorRefusal;
}

export const BeginAuthenticatorResult = createUnionType({
  name: 'BeginAuthenticatorResult',
  types: () => [AuthenticatorSetup, SignInRefused] as const,
  resolveType: (value: object) => ('reason' in value ? SignInRefused : AuthenticatorSetup),
});

export const ConfirmAuthenticatorResult = createUnionType({
  name: 'ConfirmAuthenticatorResult',
  types: () => [AuthenticatorConfirmed, SignInRefused] as const,
  resolveType: (value: object) => ('reason' in value ? SignInRefused : AuthenticatorConfirmed),
});

export const OneTimeCodesResult = createUnionType({
  name: 'OneTimeCodesResult',
  types: () => [OneTimeCodes, SignInRefused] as const,
  resolveType: (value: object) => ('reason' in value ? SignInRefused : OneTimeCodes),
});

export const SetSecondFactorResult = createUnionType({
  name: 'SetSecondFactorResult',
  types: () => [AgreementRequestType, SecondFactorRefused] as const,
  resolveType: (value: object) => ('id' in value ? AgreementRequestType : SecondFactorRefused),
});
