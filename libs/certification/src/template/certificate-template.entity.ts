import { Entity, Unique } from 'typeorm';
import { Choice, Count, Digest, Id, Instant, Json, Ref, Text } from '@app/platform';

export enum CertificateTemplateState {
  DRAFT = 'DRAFT', // seen as a preview only
  PUBLISHED = 'PUBLISHED', // the newest of its scope is what certificates are issued by
}

/** The scope of templates for every province that has none of its own. */
export const COUNTRY = 'IR';

/**
 * One version of what stands where on the certificates of a province or of the country. Never changed once it is
 * written: certificates name the version they were issued by, and are drawn by it for ever.
 */
@Entity('certificate_template')
@Unique('certificate_template_once_per_version', ['scope', 'version'])
export class CertificateTemplate {
  @Id() id: string;
  /** A province's code, or `IR`. */
  @Text(2) scope: string;
  /** 1, 2, 3 … within the scope. */
  @Count() version: number;
  @Choice(CertificateTemplateState) state: CertificateTemplateState;
  /** What the issuer calls the paper. */
  @Text(60) title: string;
  /** The paper as data: a `Template` of the documents lib. */
  @Json() layout: object;
  /** The hash of the issuer's emblem among the stored documents. */
  @Digest({ nullable: true }) emblem: string | null;
  @Ref() createdBy: string;
  @Instant() createdAt: Date;
  @Instant({ nullable: true }) publishedAt: Date | null;
}
