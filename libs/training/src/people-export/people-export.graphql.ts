import { createUnionType, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsUUID } from 'class-validator';
import { AgreementRequestType, AsksAnother } from '@app/access';
import { InternalField } from '@app/platform';
import { PeopleExportRefusal } from './people-export.rules.js';

registerEnumType(PeopleExportRefusal, { name: 'PeopleExportRefusal' });

@InputType()
export class ExportPeopleInput extends AsksAnother {
  @InternalField(() => ID, { description: 'An office of the caller: the own one, or one below' })
  @IsUUID()
  officeId: string;
}

@ObjectType()
export class PeopleExportRefused {
  @InternalField(() => PeopleExportRefusal) reason: PeopleExportRefusal;
}

export const ExportPeopleResult = createUnionType({
  name: 'ExportPeopleResult',
  types: () => [AgreementRequestType, PeopleExportRefused] as const,
  resolveType: (value: object) => ('id' in value ? AgreementRequestType : PeopleExportRefused),
});
