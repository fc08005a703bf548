import { Module } from '@nestjs/common';
import { AccessModule } from '@app/access';
import { TrainingModule } from '@app/training';
import { BranchResolver } from './branch/branch.resolver.js';
import { BranchService } from './branch/branch.service.js';
import { ReferralResolver } from './referral/referral.resolver.js';
import { ReferralService } from './referral/referral.service.js';
import { DeniedInOwnTrail } from './referral/trail.service.js';
import { OpenSeatsService } from './sponsorship/open-seats.service.js';
import { SponsorshipProgress } from './sponsorship/sponsorship-progress.service.js';
import { SponsorshipResolver } from './sponsorship/sponsorship.resolver.js';
import { SponsorshipService } from './sponsorship/sponsorship.service.js';
import { Vault } from './vault.js';
import { VaultRotation } from './vault-rotation.service.js';

@Module({
  imports: [AccessModule, TrainingModule],
  providers: [
    BranchResolver,
    BranchService,
    DeniedInOwnTrail,
    OpenSeatsService,
    ReferralResolver,
    ReferralService,
    SponsorshipProgress,
    SponsorshipResolver,
    SponsorshipService,
    Vault,
    VaultRotation,
  ],
  exports: [VaultRotation],
})
export class ReferralModule {}
