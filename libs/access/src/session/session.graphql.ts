import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsString, MaxLength } from 'class-validator';
import { SignInRefusal } from '../access.rules.js';
import { Role } from '../actor.rules.js';

registerEnumType(Role, { name: 'Role' });
registerEnumType(SignInRefusal, { name: 'SignInRefusal' });

@InputType()
export class SignInInput {
  @Field() @IsString() @MaxLength(64) userName: string;
  @Field() @IsString() @MaxLength(500) password: string;
}

@ObjectType({ description: 'One role a person holds, with the ids that bound it' })
export class ViewerGrant {
  @Field(() => ID) id: string;
  @Field(() => Role) role: Role;
  @Field(() => String, { nullable: true }) provinceCode: string | null;
  @Field(() => ID, { nullable: true }) officeId: string | null;
  @Field(() => ID, { nullable: true }) instituteId: string | null;
  @Field(() => ID, { nullable: true }) trainerId: string | null;
  @Field(() => ID, { nullable: true }) branchId: string | null;
  @Field(() => ID, { nullable: true }) traineeId: string | null;
}

@ObjectType({ description: 'Who has signed in, and the role in which they act' })
export class Viewer {
  @Field(() => ID) userId: string;
  @Field() displayName: string;
  @Field(() => ID, { description: 'The grant in use: one of grants' }) grantId: string;
  @Field(() => Role) role: Role;
  @Field(() => String, { nullable: true }) provinceCode: string | null;
  @Field(() => ID, { nullable: true }) officeId: string | null;
  @Field(() => ID, { nullable: true }) instituteId: string | null;
  @Field(() => ID, { nullable: true }) trainerId: string | null;
  @Field(() => ID, { nullable: true }) branchId: string | null;
  @Field(() => ID, { nullable: true }) traineeId: string | null;
  @Field(() => [ViewerGrant]) grants: ViewerGrant[];
}

@ObjectType()
export class SignedIn {
  @Field(() => Viewer) viewer: Viewer;
}

@ObjectType()
export class SignInRefused {
  @Field(() => SignInRefusal) reason: SignInRefusal;
  @Field(() => Int, { description: 'Whole seconds until the next try is looked at' }) retryAfterSeconds: number;
}

export const SignInResult = createUnionType({
  name: 'SignInResult',
  types: () => [SignedIn, SignInRefused] as const,
  resolveType: (value: SignedIn | SignInRefused) => ('reason' in value ? SignInRefused : SignedIn),
});
