import { Module } from '@nestjs/common';
import { DocumentsModule } from '@app/documents';
import { CertificateIssueService } from './certificate/certificate-issue.service.js';
import { CertificateQueryService } from './certificate/certificate-query.service.js';
import { CertificateJobs } from './certificate/certificate.jobs.js';
import { CertificateResolver } from './certificate/certificate.resolver.js';

@Module({
  imports: [DocumentsModule],
  providers: [CertificateIssueService, CertificateQueryService, CertificateJobs, CertificateResolver],
})
export class CertificationModule {}
