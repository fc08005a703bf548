import { DomainEvent } from '@app/platform';

/** A version of a certificate's template was written. */
export class CertificateTemplateDrafted extends DomainEvent {
  templateId: string;
}

/** Certificates of its scope are issued by it from now on. */
export class CertificateTemplatePublished extends DomainEvent {
  templateId: string;
}
