import { Module } from '@nestjs/common';
import { DocumentsModule } from '@app/documents';
import { ReferralModule } from '@app/referral';
import { KeyRotationByTwo } from './key-rotation.js';
import { UpkeepJobs } from './upkeep.jobs.js';

@Module({ imports: [DocumentsModule, ReferralModule], providers: [UpkeepJobs, KeyRotationByTwo] })
export class UpkeepModule {}
