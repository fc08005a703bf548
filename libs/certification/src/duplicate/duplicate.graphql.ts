import { createUnionType, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsEnum, IsUUID } from 'class-validator';
import { StoredDocumentType } from '@app/documents';
import { DayScalar, InternalField } from '@app/platform';
import { DuplicateReason } from './duplicate.entity.js';
import { DuplicateRefusal } from './duplicate.rules.js';

registerEnumType(DuplicateReason, { name: 'DuplicateReason' });
registerEnumType(DuplicateRefusal, { name: 'DuplicateRefusal' });

@InputType()
export class IssueDuplicateInput {
  @InternalField(() => ID) @IsUUID() certificateId: string;
  @InternalField(() => DuplicateReason) @IsEnum(DuplicateReason) reason: DuplicateReason;
}

@ObjectType('CertificateDuplicate')
export class CertificateDuplicateType {
  @InternalField(() => ID) id: string;
  @InternalField(() => ID) certificateId: string;
  @InternalField(() => Int, { description: '2 for the first duplicate' }) printNumber: number;
  @InternalField(() => DuplicateReason) reason: DuplicateReason;
  @InternalField(() => DayScalar) issuedOn: string;
  @InternalField(() => StoredDocumentType, { description: 'The cover page' }) document: StoredDocumentType;
}

@ObjectType()
export class DuplicateRefused {
  @InternalField(() => DuplicateRefusal) reason: DuplicateRefusal;
}

export const IssueDuplicateResult = createUnionType({
  name: 'IssueDuplicateResult',
  types: () => [CertificateDuplicateType, DuplicateRefused] as const,
  resolveType: (value: object) => ('id' in value ? CertificateDuplicateType : DuplicateRefused),
});
