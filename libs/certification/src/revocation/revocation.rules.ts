import { CertificateStatus } from '../certificate/certificate.entity.js';

/** Why a certificate is not revoked: rule V1 of the README. */
export enum RevocationRefusal {
  NOT_VALID = 'NOT_VALID', // V1: it is revoked, replaced or expired already
}

export const refuseRevocation = (status: CertificateStatus): RevocationRefusal | null =>
  status === CertificateStatus.VALID ? null : RevocationRefusal.NOT_VALID;
