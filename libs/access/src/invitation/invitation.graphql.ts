import { createUnionType, Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsEnum, IsNotEmpty, IsOptional, IsString, IsUUID, Length, MaxLength } from 'class-validator';
import { InstantScalar } from '@app/platform';
import { Role } from '../actor.rules.js';
import { SignedIn } from '../session/session.graphql.js';
import { InvitationRefusal } from './invitation.rules.js';

registerEnumType(InvitationRefusal, { name: 'InvitationRefusal' });

@InputType()
export class InviteUserInput {
  @Field(() => Role) @IsEnum(Role) role: Role;
  @Field(() => String, { nullable: true }) @IsOptional() @Length(2, 2) provinceCode?: string | null;
  @Field(() => ID, { nullable: true }) @IsOptional() @IsUUID() officeId?: string | null;
  @Field(() => ID, { nullable: true }) @IsOptional() @IsUUID() instituteId?: string | null;
  @Field(() => ID, { nullable: true }) @IsOptional() @IsUUID() trainerId?: string | null;
  @Field(() => ID, { nullable: true }) @IsOptional() @IsUUID() branchId?: string | null;
}

@ObjectType()
export class UserInvitation {
  @Field({ description: 'Shown once: whoever has it comes in' }) token: string;
  @Field({ description: 'The page that accepts it' }) link: string;
  @Field(() => InstantScalar) expiresAt: Date;
}

@InputType()
export class AcceptInvitationInput {
  @Field() @IsString() @MaxLength(100) token: string;
  @Field() @IsString() @MaxLength(64) userName: string;
  @Field({ description: '8 to 128 characters, Persian ones too; not one of the well-known' })
  @IsString()
  @MaxLength(500)
  password: string;
  @Field() @IsString() @IsNotEmpty() @MaxLength(100) displayName: string;
}

@ObjectType()
export class InvitationRefused {
  @Field(() => InvitationRefusal) reason: InvitationRefusal;
}

export const AcceptInvitationResult = createUnionType({
  name: 'AcceptInvitationResult',
  types: () => [SignedIn, InvitationRefused] as const,
  resolveType: (value: SignedIn | InvitationRefused) => ('reason' in value ? InvitationRefused : SignedIn),
});
