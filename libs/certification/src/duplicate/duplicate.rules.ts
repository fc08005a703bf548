import { CertificateStatus } from '../certificate/certificate.entity.js';

/** Why no duplicate is given: rules D1 and D2 of the certification README. */
export enum DuplicateRefusal {
  NOT_VALID = 'NOT_VALID', // D1: revoked, replaced or expired
  TOO_MANY = 'TOO_MANY', // D2
}

/** Rule D2: more prints than this are no loss any more. */
const MOST_PRINTS = 10;

export function refuseDuplicate(status: CertificateStatus, printNumber: number): DuplicateRefusal | null {
  if (status !== CertificateStatus.VALID) return DuplicateRefusal.NOT_VALID;
  return printNumber > MOST_PRINTS ? DuplicateRefusal.TOO_MANY : null;
}
