import { createUnionType, Float, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsEnum, IsNumber, IsOptional, IsString, IsUUID, Max, MaxLength, Min, MinLength } from 'class-validator';
import { AgreementRequestType, AsksAnother } from '@app/access';
import { StoredDocumentType } from '@app/documents';
import { InstantScalar, InternalField } from '@app/platform';
import { CertificateTemplateState } from './certificate-template.entity.js';
import { CertificateTemplateRefusal } from './certificate-template.rules.js';

export enum CertificateDesign {
  NAQSH = 'NAQSH', // a kilim band around a field of faint stars
  SOBER = 'SOBER', // two hairlines
}

export enum PrintMode {
  FULL = 'FULL', // all of it
  DATA = 'DATA', // on stock that is printed already: only what differs between papers
  GREY = 'GREY', // for a laser printer without colours
}

registerEnumType(CertificateDesign, { name: 'CertificateDesign' });
registerEnumType(PrintMode, { name: 'PrintMode' });
registerEnumType(CertificateTemplateState, { name: 'CertificateTemplateState' });
registerEnumType(CertificateTemplateRefusal, { name: 'CertificateTemplateRefusal' });

@InputType({ description: 'What an issuer says about the form of its certificates; the rest is as we deliver it' })
export class DraftCertificateTemplateInput {
  @InternalField(() => CertificateDesign) @IsEnum(CertificateDesign) design: CertificateDesign;
  @InternalField({ description: 'What the paper is called: «گواهینامهٔ مهارت»' })
  @IsString()
  @MinLength(2)
  @MaxLength(60)
  title: string;
  @InternalField(() => String, {
    nullable: true,
    description:
      'The sentence of the certificate, with slots: {father} {nationalId} {standardFa} {time} {startedOn} {endedOn} {institute} {examOnLong} {final} {grade}',
  })
  @IsOptional()
  @IsString()
  @MaxLength(600)
  sentence?: string | null;
  @InternalField(() => String, {
    nullable: true,
    description: 'The English column, with slots: {enId} {enSubject} {enTime} {enFrom} {enTo} {enExam} {enFinal}',
  })
  @IsOptional()
  @IsString()
  @MaxLength(600)
  english?: string | null;
  @InternalField(() => ID, {
    nullable: true,
    description: 'A handed-in PNG or JPEG; the star of the house without one',
  })
  @IsOptional()
  @IsUUID()
  emblemUploadId?: string | null;
  @InternalField(() => ID, { nullable: true, description: 'The emblem of a version before, where none is handed in' })
  @IsOptional()
  @IsUUID()
  emblemOfId?: string | null;
  @InternalField(() => PrintMode, { defaultValue: PrintMode.FULL }) @IsEnum(PrintMode) printMode: PrintMode;
  @InternalField(() => Float, { defaultValue: 0, description: 'How far to the right a printer is to be corrected' })
  @IsNumber()
  @Min(-20)
  @Max(20)
  offsetXMm: number;
  @InternalField(() => Float, { defaultValue: 0, description: 'How far down' })
  @IsNumber()
  @Min(-20)
  @Max(20)
  offsetYMm: number;
}

@InputType()
export class PublishCertificateTemplateInput extends AsksAnother {
  @InternalField(() => ID) @IsUUID() templateId: string;
}

@ObjectType('CertificateTemplate')
export class CertificateTemplateType {
  @InternalField(() => ID) id: string;
  @InternalField({ description: "A province's code, or IR for all that have none of their own" }) scope: string;
  @InternalField(() => Int) version: number;
  @InternalField(() => CertificateTemplateState) state: CertificateTemplateState;
  @InternalField({ description: 'Certificates of its scope are issued by it' }) inForce: boolean;
  @InternalField({ description: 'The viewer may issue certificates by it from now on' }) viewerCanPublish: boolean;
  @InternalField() title: string;
  @InternalField(() => CertificateDesign) design: CertificateDesign;
  @InternalField(() => PrintMode) printMode: PrintMode;
  @InternalField({ description: 'The sentence as it stands, with its slots' }) sentence: string;
  @InternalField({ description: 'The English column as it stands' }) english: string;
  @InternalField({ description: 'With an emblem of the issuer' }) hasEmblem: boolean;
  @InternalField(() => Float) offsetXMm: number;
  @InternalField(() => Float) offsetYMm: number;
  @InternalField(() => InstantScalar) createdAt: Date;
  @InternalField(() => InstantScalar, { nullable: true }) publishedAt: Date | null;
  @InternalField(() => StoredDocumentType, { description: 'The paper with the longest names there are' })
  preview: StoredDocumentType;
}

@ObjectType()
export class CertificateTemplateRefused {
  @InternalField(() => CertificateTemplateRefusal) reason: CertificateTemplateRefusal;
  @InternalField(() => String, { nullable: true, description: 'What is wrong and how to mend it' })
  mendFa: string | null;
  @InternalField(() => String, { nullable: true }) mendEn: string | null;
}

export const DraftCertificateTemplateResult = createUnionType({
  name: 'DraftCertificateTemplateResult',
  types: () => [CertificateTemplateType, CertificateTemplateRefused] as const,
  resolveType: (value: object) => ('reason' in value ? CertificateTemplateRefused : CertificateTemplateType),
});

export const PublishCertificateTemplateResult = createUnionType({
  name: 'PublishCertificateTemplateResult',
  types: () => [AgreementRequestType, CertificateTemplateRefused] as const,
  resolveType: (value: object) => ('id' in value ? AgreementRequestType : CertificateTemplateRefused),
});
