export { CertificationModule } from './certification.module.js';
export { CertificateIssueService } from './certificate/certificate-issue.service.js';
export {
  Certificate,
  CertificateBatch,
  CertificateBatchState,
  CertificateCounter,
  CertificateStatus,
} from './certificate/certificate.entity.js';
