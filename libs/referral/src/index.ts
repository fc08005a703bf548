export { AssociationBranch } from './branch/branch.entity.js';
export { BranchService } from './branch/branch.service.js';
export { CertifiedEnrolments } from './certified-enrolments.js';
export { Referral } from './referral/referral.entity.js';
export { referralRetention } from './referral/referral-retention.service.js';
export { ReferralModule } from './referral.module.js';
export { Sponsorship } from './sponsorship/sponsorship.entity.js';
export { VaultRotation } from './vault-rotation.service.js';
