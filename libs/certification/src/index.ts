export { CertificationModule } from './certification.module.js';
/** @public The bench issues with it, from the built product. */
export { CertificateIssueService } from './certificate/certificate-issue.service.js';
export {
  Certificate,
  CertificateBatch,
  CertificateBatchState,
  CertificateCounter,
  CertificateStatus,
} from './certificate/certificate.entity.js';
export { withoutNames } from './certificate/certificate-printed.service.js';
export { certificateNameRetention } from './certificate/certificate-retention.service.js';
export { CertificateDuplicate, DuplicateReason } from './duplicate/duplicate.entity.js';
export { STOCK_PRINT_DOCUMENT } from './stock/stock.service.js';
export { CertificateRevocation } from './revocation/revocation.entity.js';
export { StockForm, StockPrint, StockPrinter } from './stock/stock.entity.js';
export { CertificateTemplate } from './template/certificate-template.entity.js';
