import { createUnionType, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsUUID } from 'class-validator';
import { DocumentState } from '@app/documents';
import { DayScalar, InstantScalar, InternalField, PersonalField, PublicField } from '@app/platform';
import { CertificateBatchState, CertificateStatus } from './certificate.entity.js';
import { CertificateShortfall, CertificatesRefusal } from './certificate.rules.js';

registerEnumType(CertificateStatus, { name: 'CertificateStatus' });
registerEnumType(CertificateBatchState, { name: 'CertificateBatchState' });
registerEnumType(CertificateShortfall, { name: 'CertificateShortfall' });
registerEnumType(CertificatesRefusal, { name: 'CertificatesRefusal' });

@InputType()
export class IssueCertificatesInput {
  @InternalField(() => ID) @IsUUID() runId: string;
}

@ObjectType('Certificate')
export class CertificateType {
  @InternalField(() => ID) id: string;
  @PublicField({ description: 'Printed, gap-free in province and Jalali year' }) serial: string;
  @PublicField({ description: 'What anyone may ask about, in groups of four' }) code: string;
  @PublicField(() => CertificateStatus) status: CertificateStatus;
  @PublicField(() => DayScalar) issuedOn: string;
  @PublicField(() => DayScalar, { nullable: true, description: 'Since when it holds no longer' })
  revokedOn: string | null;
  @InternalField(() => ID, { nullable: true, description: 'To be opened by openDocument when it is ready' })
  documentId: string | null;
  @InternalField(() => DocumentState) documentState: DocumentState;
}

@ObjectType({ description: 'A certificate of the caller' })
export class MyCertificate extends CertificateType {
  @InternalField(() => ID) enrolmentId: string;
  @PublicField() standardTitleFa: string;
  @PublicField() standardTitleEn: string;
}

@ObjectType('CertificateCandidate')
export class CertificateCandidateType {
  @InternalField(() => ID) enrolmentId: string;
  @PersonalField() givenName: string;
  @PersonalField() familyName: string;
  @PersonalField() nationalIdMasked: string;
  @InternalField(() => Int, { nullable: true }) writtenHundredths: number | null;
  @InternalField(() => Int, { nullable: true }) practicalHundredths: number | null;
  @InternalField(() => Int, { nullable: true }) finalHundredths: number | null;
  @InternalField(() => [CertificateShortfall], { description: 'Empty for one who qualifies' })
  shortfalls: CertificateShortfall[];
  @InternalField(() => CertificateType, { nullable: true }) certificate: CertificateType | null;
}

@ObjectType('CertificateBatch')
export class CertificateBatchType {
  @InternalField(() => ID) id: string;
  @InternalField(() => ID) runId: string;
  @InternalField(() => CertificateBatchState) state: CertificateBatchState;
  @InternalField(() => Int, { description: 'How many were to be issued' }) total: number;
  @InternalField(() => Int) issued: number;
  @InternalField(() => Int, { description: 'Papers that are ready' }) drawn: number;
  @InternalField(() => Int, { description: 'Papers that could not be drawn' }) failed: number;
  @InternalField({ description: 'Nothing is left to do' }) done: boolean;
  @InternalField(() => String, { nullable: true }) reason: string | null;
  @InternalField(() => InstantScalar) requestedAt: Date;
}

@ObjectType()
export class CertificatesRefused {
  @InternalField(() => CertificatesRefusal) reason: CertificatesRefusal;
}

export const IssueCertificatesResult = createUnionType({
  name: 'IssueCertificatesResult',
  types: () => [CertificateBatchType, CertificatesRefused] as const,
  resolveType: (value: object) => ('id' in value ? CertificateBatchType : CertificatesRefused),
});
