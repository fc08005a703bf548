import { DomainEvent } from '@app/platform';

/** An officer ordered the certificates of a run. */
export class CertificatesOrdered extends DomainEvent {
  batchId: string;
  runId: string;
}

/** The rows of a block of certificates stand; their papers are to be drawn. */
export class CertificatesIssued extends DomainEvent {
  batchId: string;
  provinceCode: string;
  jalaliYear: number;
  /** The serial number of the first; the others follow it without a gap, in the order of `certificateIds`. */
  firstNumber: number;
  certificateIds: string[];
}

/** The name was erased from a certificate at the end of its term, and its paper with it. */
export class CertificateNameErased extends DomainEvent {
  certificateId: string;
}
