import { Module } from '@nestjs/common';
import { DocumentsModule } from '@app/documents';
import { TrainingModule } from '@app/training';
import { CertificateIssueService } from './certificate/certificate-issue.service.js';
import { CertificateQueryService } from './certificate/certificate-query.service.js';
import { CertificateJobs } from './certificate/certificate.jobs.js';
import { CertificateResolver } from './certificate/certificate.resolver.js';
import { DuplicateJobs } from './duplicate/duplicate.jobs.js';
import { DuplicateResolver } from './duplicate/duplicate.resolver.js';
import { DuplicateService } from './duplicate/duplicate.service.js';
import { RevocationResolver } from './revocation/revocation.resolver.js';
import { RevocationService } from './revocation/revocation.service.js';
import { StockDrawService } from './stock/stock-draw.service.js';
import { StockJobs } from './stock/stock.jobs.js';
import { StockResolver } from './stock/stock.resolver.js';
import { StockService } from './stock/stock.service.js';
import { CertificateTemplateResolver } from './template/certificate-template.resolver.js';
import { CertificateTemplateService } from './template/certificate-template.service.js';

@Module({
  imports: [DocumentsModule, TrainingModule],
  providers: [
    CertificateIssueService,
    CertificateQueryService,
    CertificateJobs,
    CertificateResolver,
    DuplicateJobs,
    DuplicateResolver,
    DuplicateService,
    RevocationResolver,
    RevocationService,
    StockDrawService,
    StockJobs,
    StockResolver,
    StockService,
    CertificateTemplateService,
    CertificateTemplateResolver,
  ],
})
export class CertificationModule {}
