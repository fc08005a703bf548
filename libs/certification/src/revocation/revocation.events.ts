import { DomainEvent } from '@app/platform';

/** Two people have agreed that a certificate holds no longer. */
export class CertificateRevoked extends DomainEvent {
  certificateId: string;
}
