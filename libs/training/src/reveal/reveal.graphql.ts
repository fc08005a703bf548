import { createUnionType, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsString, IsUUID, MaxLength, MinLength } from 'class-validator';
import { Role } from '@app/access';
import { InstantScalar, InternalField, PersonalField } from '@app/platform';

export enum RevealRefusal {
  /** The day's number of reveals is used up. */
  QUOTA_USED_UP = 'QUOTA_USED_UP',
}
registerEnumType(RevealRefusal, { name: 'RevealRefusal' });

@InputType()
export class RevealPersonInput {
  @InternalField(() => ID) @IsUUID() enrolmentId: string;
  @PersonalField({ description: 'Why it is needed; the person can read it' })
  @IsString()
  @MinLength(5)
  @MaxLength(300)
  purpose: string;
}

@ObjectType({
  description:
    'What lists mask of a person, but not the birth date, which opens sign-in. Not kept: asked for again, it is another reveal',
})
export class RevealedPerson {
  @InternalField(() => ID) enrolmentId: string;
  @PersonalField() nationalId: string;
  @PersonalField(() => String, { nullable: true }) fatherName: string | null;
  @PersonalField(() => String, { nullable: true }) mobile: string | null;
  @InternalField(() => Int, { description: 'Reveals the caller has left today' }) left: number;
}

@ObjectType()
export class RevealRefused {
  @InternalField(() => RevealRefusal) reason: RevealRefusal;
}

export const RevealResult = createUnionType({
  name: 'RevealResult',
  types: () => [RevealedPerson, RevealRefused] as const,
  resolveType: (value: object) => ('nationalId' in value ? RevealedPerson : RevealRefused),
});

@ObjectType({ description: 'Somebody has looked at what lists mask of the caller' })
export class LookAtMe {
  @InternalField(() => ID) id: string;
  @InternalField(() => InstantScalar) lookedAt: Date;
  @PersonalField({ description: 'Who looked, as they call themselves' }) displayName: string;
  @InternalField(() => Role) role: Role;
  @PersonalField({ description: 'Why, in their own words' }) purpose: string;
}

@ObjectType()
export class LookAtMePage {
  @InternalField(() => [LookAtMe]) items: LookAtMe[];
  @InternalField(() => String, { nullable: true }) nextCursor: string | null;
}
