import { createUnionType, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsUUID } from 'class-validator';
import { AgreementRequestType, AsksAnother } from '@app/access';
import { InternalField } from '@app/platform';
import { MergeRefusal } from './trainee-merge.rules.js';

registerEnumType(MergeRefusal, { name: 'MergeRefusal' });

@InputType()
export class MergeTraineesInput extends AsksAnother {
  @InternalField(() => ID, { description: 'The trainee whose record stays' }) @IsUUID() keptId: string;
  @InternalField(() => ID, { description: 'The trainee whose places go to the one that stays' })
  @IsUUID()
  mergedId: string;
}

@ObjectType()
export class MergeRefused {
  @InternalField(() => MergeRefusal) reason: MergeRefusal;
}

export const MergeTraineesResult = createUnionType({
  name: 'MergeTraineesResult',
  types: () => [AgreementRequestType, MergeRefused] as const,
  resolveType: (value: object) => ('id' in value ? AgreementRequestType : MergeRefused),
});
