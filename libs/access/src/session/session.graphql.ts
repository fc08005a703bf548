import { createUnionType, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { InternalField, PersonalField, SecretField } from '@app/platform';
import { SignInRefusal } from '../access.rules.js';
import { Role } from '../actor.rules.js';

registerEnumType(Role, { name: 'Role' });
registerEnumType(SignInRefusal, { name: 'SignInRefusal' });

@InputType()
export class SignInInput {
  @PersonalField() @IsString() @MaxLength(64) userName: string;
  @SecretField() @IsString() @MaxLength(500) password: string;
  @SecretField(() => String, {
    nullable: true,
    description: 'Of the authenticator or the printed sheet, where a second factor is asked for',
  })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  code?: string | null;
}

@ObjectType({ description: 'One role a person holds, with the ids that bound it' })
export class ViewerGrant {
  @InternalField(() => ID) id: string;
  @InternalField(() => Role) role: Role;
  @InternalField(() => String, { nullable: true }) provinceCode: string | null;
  @InternalField(() => ID, { nullable: true }) officeId: string | null;
  @InternalField(() => ID, { nullable: true }) instituteId: string | null;
  @InternalField(() => ID, { nullable: true }) trainerId: string | null;
  @InternalField(() => ID, { nullable: true }) branchId: string | null;
  @InternalField(() => ID, { nullable: true }) traineeId: string | null;
}

@ObjectType({ description: 'Who has signed in, and the role in which they act' })
export class Viewer {
  @InternalField(() => ID) userId: string;
  @PersonalField() displayName: string;
  @InternalField(() => ID, { description: 'The grant in use: one of grants' }) grantId: string;
  @InternalField(() => Role) role: Role;
  @InternalField(() => String, { nullable: true }) provinceCode: string | null;
  @InternalField(() => ID, { nullable: true }) officeId: string | null;
  @InternalField(() => ID, { nullable: true }) instituteId: string | null;
  @InternalField(() => ID, { nullable: true }) trainerId: string | null;
  @InternalField(() => ID, { nullable: true }) branchId: string | null;
  @InternalField(() => ID, { nullable: true }) traineeId: string | null;
  @InternalField(() => [ViewerGrant]) grants: ViewerGrant[];
}

@ObjectType()
export class SignedIn {
  @InternalField(() => Viewer) viewer: Viewer;
}

@ObjectType()
export class SignInRefused {
  @InternalField(() => SignInRefusal) reason: SignInRefusal;
  @InternalField(() => Int, { description: 'Whole seconds until the next try is looked at' }) retryAfterSeconds: number;
}

export const SignInResult = createUnionType({
  name: 'SignInResult',
  types: () => [SignedIn, SignInRefused] as const,
  resolveType: (value: SignedIn | SignInRefused) => ('reason' in value ? SignInRefused : SignedIn),
});
