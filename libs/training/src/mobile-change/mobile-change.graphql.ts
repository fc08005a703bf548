import { createUnionType, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsEnum, IsString, IsUUID, MaxLength, MinLength } from 'class-validator';
import { InstantScalar, InternalField, PersonalField } from '@app/platform';
import { IdentityCheck, MobileChangeState } from './mobile-change.entity.js';
import { MobileChangeRefusal } from './mobile-change.rules.js';

registerEnumType(IdentityCheck, { name: 'IdentityCheck' });
registerEnumType(MobileChangeState, { name: 'MobileChangeState' });
registerEnumType(MobileChangeRefusal, { name: 'MobileChangeRefusal' });

@InputType()
export class ChangeMobileInput {
  @InternalField(() => ID) @IsUUID() enrolmentId: string;
  @PersonalField({ description: 'In any form people write' }) @IsString() @MaxLength(30) mobile: string;
  @InternalField(() => IdentityCheck) @IsEnum(IdentityCheck) identityCheck: IdentityCheck;
  @PersonalField({ description: 'Why the number changes, in the words of the officer' })
  @IsString()
  @MinLength(5)
  @MaxLength(300)
  vouching: string;
}

@InputType()
export class OpenGraduateSignInInput {
  @InternalField(() => ID) @IsUUID() enrolmentId: string;
  @InternalField(() => IdentityCheck) @IsEnum(IdentityCheck) identityCheck: IdentityCheck;
}

@ObjectType('MobileChange')
export class MobileChangeType {
  @InternalField(() => ID) id: string;
  @InternalField(() => MobileChangeState) state: MobileChangeState;
  @PersonalField({ description: 'The new number with its middle hidden' }) maskedMobile: string;
  @InternalField(() => IdentityCheck) identityCheck: IdentityCheck;
  @InternalField(() => InstantScalar) vouchedAt: Date;
  @InternalField(() => InstantScalar, { description: 'From then on one signs in with the new number' })
  takesEffectAt: Date;
}

@ObjectType()
export class MobileChangeRefused {
  @InternalField(() => MobileChangeRefusal) reason: MobileChangeRefusal;
}

export const MobileChangeResult = createUnionType({
  name: 'MobileChangeResult',
  types: () => [MobileChangeType, MobileChangeRefused] as const,
  resolveType: (value: object) => ('id' in value ? MobileChangeType : MobileChangeRefused),
});
