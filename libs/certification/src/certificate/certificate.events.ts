import { DomainEvent } from '@app/platform';

/** An officer ordered the certificates of a run. */
export class CertificatesOrdered extends DomainEvent {
  batchId: string;
  runId: string;
}

/** A certificate's row stands; its paper is to be drawn. */
export class CertificateIssued extends DomainEvent {
  certificateId: string;
  enrolmentId: string;
}
