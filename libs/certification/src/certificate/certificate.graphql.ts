import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsUUID } from 'class-validator';
import { DocumentState } from '@app/documents';
import { DayScalar, InstantScalar } from '@app/platform';
import { CertificateBatchState, CertificateStatus } from './certificate.entity.js';
import { CertificateShortfall, CertificatesRefusal } from './certificate.rules.js';

registerEnumType(CertificateStatus, { name: 'CertificateStatus' });
registerEnumType(CertificateBatchState, { name: 'CertificateBatchState' });
registerEnumType(CertificateShortfall, { name: 'CertificateShortfall' });
registerEnumType(CertificatesRefusal, { name: 'CertificatesRefusal' });

@InputType()
export class IssueCertificatesInput {
  @Field(() => ID) @IsUUID() runId: string;
}

@ObjectType('Certificate')
export class CertificateType {
  @Field(() => ID) id: string;
  @Field({ description: 'Printed, gap-free in province and Jalali year' }) serial: string;
  @Field({ description: 'What anyone may ask about, in groups of four' }) code: string;
  @Field(() => CertificateStatus) status: CertificateStatus;
  @Field(() => DayScalar) issuedOn: string;
  @Field(() => ID, { description: 'To be opened by openDocument when it is ready' }) documentId: string;
  @Field(() => DocumentState) documentState: DocumentState;
}

@ObjectType('CertificateCandidate')
export class CertificateCandidateType {
  @Field(() => ID) enrolmentId: string;
  @Field() givenName: string;
  @Field() familyName: string;
  @Field() nationalIdMasked: string;
  @Field(() => Int, { nullable: true }) writtenHundredths: number | null;
  @Field(() => Int, { nullable: true }) practicalHundredths: number | null;
  @Field(() => Int, { nullable: true }) finalHundredths: number | null;
  @Field(() => [CertificateShortfall], { description: 'Empty for one who qualifies' })
  shortfalls: CertificateShortfall[];
  @Field(() => CertificateType, { nullable: true }) certificate: CertificateType | null;
}

@ObjectType('CertificateBatch')
export class CertificateBatchType {
  @Field(() => ID) id: string;
  @Field(() => ID) runId: string;
  @Field(() => CertificateBatchState) state: CertificateBatchState;
  @Field(() => Int, { description: 'How many were to be issued' }) total: number;
  @Field(() => Int) issued: number;
  @Field(() => Int, { description: 'Papers that are ready' }) drawn: number;
  @Field(() => Int, { description: 'Papers that could not be drawn' }) failed: number;
  @Field({ description: 'Nothing is left to do' }) done: boolean;
  @Field(() => String, { nullable: true }) reason: string | null;
  @Field(() => InstantScalar) requestedAt: Date;
}

@ObjectType()
export class CertificatesRefused {
  @Field(() => CertificatesRefusal) reason: CertificatesRefusal;
}

export const IssueCertificatesResult = createUnionType({
  name: 'IssueCertificatesResult',
  types: () => [CertificateBatchType, CertificatesRefused] as const,
  resolveType: (value: object) => ('id' in value ? CertificateBatchType : CertificatesRefused),
});
