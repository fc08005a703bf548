import { createUnionType, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsBoolean, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { InstantScalar, InternalField, PersonalField, SecretField } from '@app/platform';
import { Role } from '../actor.rules.js';
import { InvitationRefused } from '../invitation/invitation.graphql.js';
import { RecoveryRefusal } from '../second-factor/second-factor.rules.js';
import { SignInRefused } from '../session/session.graphql.js';

registerEnumType(RecoveryRefusal, { name: 'RecoveryRefusal' });

@ObjectType('StaffMember', { description: 'Somebody of the level below' })
export class StaffMemberType {
  @InternalField(() => ID) id: string;
  @PersonalField() userName: string;
  @PersonalField() displayName: string;
  @InternalField(() => [Role]) roles: Role[];
  @InternalField() disabled: boolean;
  @InternalField(() => ID, {
    nullable: true,
    description: 'Who has asked to let this person in without the second factor, while that waits for another to agree',
  })
  recoveryAskedById: string | null;
}

@ObjectType()
export class StaffPage {
  @InternalField(() => [StaffMemberType]) items: StaffMemberType[];
  @InternalField(() => String, { nullable: true }) nextCursor: string | null;
}

@InputType()
export class DisableAccountInput {
  @InternalField(() => ID) @IsUUID() userId: string;
  @InternalField({ description: 'False opens it again' }) @IsBoolean() disabled: boolean;
}

@ObjectType()
export class PasswordLink {
  @SecretField({ description: 'Shown once: whoever has it sets the password' }) token: string;
  @SecretField({ description: 'The page that takes the new password' }) link: string;
  @InternalField(() => InstantScalar) expiresAt: Date;
}

@InputType()
export class ChangePasswordInput {
  @SecretField() @IsString() @MaxLength(500) password: string;
  @SecretField({ description: '8 to 128 characters, Persian ones too; not one of the well-known' })
  @IsString()
  @MaxLength(500)
  newPassword: string;
  @SecretField(() => String, {
    nullable: true,
    description: 'Of the authenticator or the printed sheet, where one is set up',
  })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  code?: string | null;
}

@InputType()
export class SetPasswordInput {
  @SecretField({ description: 'Of the link' }) @IsString() @MaxLength(100) token: string;
  @SecretField({ description: '8 to 128 characters, Persian ones too; not one of the well-known' })
  @IsString()
  @MaxLength(500)
  password: string;
}

@ObjectType()
export class PasswordChanged {
  @InternalField() changed: boolean;
}

@ObjectType()
export class RecoveryRefused {
  @InternalField(() => RecoveryRefusal) reason: RecoveryRefusal;
}

export const ChangePasswordResult = createUnionType({
  name: 'ChangePasswordResult',
  types: () => [PasswordChanged, SignInRefused] as const,
  resolveType: (value: object) => ('reason' in value ? SignInRefused : PasswordChanged),
});

export const SetPasswordResult = createUnionType({
  name: 'SetPasswordResult',
  types: () => [PasswordChanged, InvitationRefused] as const,
  resolveType: (value: object) => ('reason' in value ? InvitationRefused : PasswordChanged),
});

export const RecoveryResult = createUnionType({
  name: 'RecoveryResult',
  types: () => [StaffMemberType, RecoveryRefused] as const,
  resolveType: (value: object) => ('reason' in value ? RecoveryRefused : StaffMemberType),
});
