import { Module } from '@nestjs/common';
import { DocumentsModule } from '@app/documents';
import { KeyRotationByTwo } from './key-rotation.js';
import { UpkeepJobs } from './upkeep.jobs.js';

@Module({ imports: [DocumentsModule], providers: [UpkeepJobs, KeyRotationByTwo] })
export class UpkeepModule {}
