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
  batchId: string;
  /** The first serial number of the block it was issued in: the papers of a block are drawn together. */
  firstNumber: number;
}

/** The name was erased from a certificate at the end of its term, and its paper with it. */
export class CertificateNameErased extends DomainEvent {
  certificateId: string;
}
