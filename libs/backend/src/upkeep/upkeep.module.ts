import { Module } from '@nestjs/common';
import { DocumentsModule } from '@app/documents';
import { UpkeepJobs } from './upkeep.jobs.js';

@Module({ imports: [DocumentsModule], providers: [UpkeepJobs] })
export class UpkeepModule {}
