import { createUnionType, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsEnum, IsNotEmpty, IsOptional, IsString, IsUUID, Length, MaxLength } from 'class-validator';
import { InstantScalar, InternalField, PersonalField, SecretField } from '@app/platform';
import { Role } from '../actor.rules.js';
import { SignedIn } from '../session/session.graphql.js';
import { InvitationRefusal } from './invitation.rules.js';

registerEnumType(InvitationRefusal, { name: 'InvitationRefusal' });

@InputType()
export class InviteUserInput {
  @InternalField(() => Role) @IsEnum(Role) role: Role;
  @InternalField(() => String, { nullable: true }) @IsOptional() @Length(2, 2) provinceCode?: string | null;
  @InternalField(() => ID, { nullable: true }) @IsOptional() @IsUUID() officeId?: string | null;
  @InternalField(() => ID, { nullable: true }) @IsOptional() @IsUUID() instituteId?: string | null;
  @InternalField(() => ID, { nullable: true }) @IsOptional() @IsUUID() trainerId?: string | null;
  @InternalField(() => ID, { nullable: true }) @IsOptional() @IsUUID() branchId?: string | null;
}

@ObjectType()
export class UserInvitation {
  @SecretField({ description: 'Shown once: whoever has it comes in' }) token: string;
  @SecretField({ description: 'The page that accepts it' }) link: string;
  @InternalField(() => InstantScalar) expiresAt: Date;
}

@InputType()
export class AcceptInvitationInput {
  @SecretField() @IsString() @MaxLength(100) token: string;
  @PersonalField() @IsString() @MaxLength(64) userName: string;
  @SecretField({ description: '8 to 128 characters, Persian ones too; not one of the well-known' })
  @IsString()
  @MaxLength(500)
  password: string;
  @PersonalField() @IsString() @IsNotEmpty() @MaxLength(100) displayName: string;
}

@ObjectType()
export class InvitationRefused {
  @InternalField(() => InvitationRefusal) reason: InvitationRefusal;
}

export const AcceptInvitationResult = createUnionType({
  name: 'AcceptInvitationResult',
  types: () => [SignedIn, InvitationRefused] as const,
  resolveType: (value: SignedIn | InvitationRefused) => ('reason' in value ? InvitationRefused : SignedIn),
});
