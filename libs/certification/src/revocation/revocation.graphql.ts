import { createUnionType, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsUUID } from 'class-validator';
import { AgreementRequestType, AsksAnother } from '@app/access';
import { InternalField } from '@app/platform';
import { RevocationRefusal } from './revocation.rules.js';

registerEnumType(RevocationRefusal, { name: 'RevocationRefusal' });

@InputType()
export class RevokeCertificateInput extends AsksAnother {
  @InternalField(() => ID) @IsUUID() certificateId: string;
}

@ObjectType()
export class RevocationRefused {
  @InternalField(() => RevocationRefusal) reason: RevocationRefusal;
}

export const RevokeCertificateResult = createUnionType({
  name: 'RevokeCertificateResult',
  types: () => [AgreementRequestType, RevocationRefused] as const,
  resolveType: (value: object) => ('id' in value ? AgreementRequestType : RevocationRefused),
});
