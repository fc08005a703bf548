import { createUnionType, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsBoolean, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { InstantScalar, InternalField, PersonalField, SecretField } from '@app/platform';
import { RoleRefusal } from '../access.rules.js';
import { Role } from '../actor.rules.js';
import { AsksAnother } from '../agreement/agreement.graphql.js';
import { InvitationRefused, InviteUserInput } from '../invitation/invitation.graphql.js';
import { SignInRefused } from '../session/session.graphql.js';

registerEnumType(RoleRefusal, { name: 'RoleRefusal' });

@ObjectType({ description: 'One role of somebody' })
export class StaffGrant {
  @InternalField(() => ID) id: string;
  @InternalField(() => Role) role: Role;
}

@ObjectType('StaffMember', { description: 'Somebody of the level below' })
export class StaffMemberType {
  @InternalField(() => ID) id: string;
  @PersonalField() userName: string;
  @PersonalField() displayName: string;
  @InternalField(() => [Role]) roles: Role[];
  @InternalField(() => [StaffGrant]) grants: StaffGrant[];
  @InternalField() disabled: boolean;
}

@ObjectType({ description: 'A role that the viewer may give' })
export class RoleToGive {
  @InternalField(() => Role) role: Role;
  @InternalField(() => [String], { description: 'The ids that must be said with it' }) needs: string[];
}

@ObjectType()
export class StaffPage {
  @InternalField(() => [StaffMemberType]) items: StaffMemberType[];
  @InternalField(() => [RoleToGive]) viewerGives: RoleToGive[];
  @InternalField(() => String, { nullable: true }) nextCursor: string | null;
}

@InputType()
export class GiveRoleInput extends InviteUserInput {
  @InternalField(() => ID) @IsUUID() userId: string;
}

@InputType()
export class TakeRoleInput {
  @InternalField(() => ID) @IsUUID() userId: string;
  @InternalField(() => ID) @IsUUID() grantId: string;
}

@InputType()
export class DisableAccountInput {
  @InternalField(() => ID) @IsUUID() userId: string;
  @InternalField({ description: 'False opens it again' }) @IsBoolean() disabled: boolean;
}

@InputType()
export class AskRecoveryInput extends AsksAnother {
  @InternalField(() => ID) @IsUUID() userId: string;
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
export class RoleRefused {
  @InternalField(() => RoleRefusal) reason: RoleRefusal;
}

export const TakeRoleResult = createUnionType({
  name: 'TakeRoleResult',
  types: () => [StaffMemberType, RoleRefused] as const,
  resolveType: (value: object) => ('reason' in value ? RoleRefused : StaffMemberType),
});

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
