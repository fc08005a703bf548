import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Documents, DocumentState, StoredDocument } from '@app/documents';
import { Database, failpoint, OnEvent, SYSTEM } from '@app/platform';
import { CourseRun } from '@app/training';
import { type CertificateModel, drawCertificate } from './certificate.document.js';
import { Certificate, CertificateBatch, CertificateBatchState } from './certificate.entity.js';
import { CertificateIssued, CertificatesOrdered } from './certificate.events.js';
import { CERTIFICATE_DOCUMENT, CertificateIssueService } from './certificate-issue.service.js';
import { runsCertifiedFor } from './certificate.policy.js';

@Injectable()
export class CertificateJobs implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly documents: Documents,
    private readonly issuing: CertificateIssueService,
  ) {}

  onModuleInit(): void {
    this.documents.allow(CERTIFICATE_DOCUMENT, async (tx, actor, certificateId) => {
      const { runId } = await tx.get(Certificate, { id: certificateId });
      await tx.get(CourseRun, { id: runId, ...runsCertifiedFor(actor) });
    });
  }

  /** Issues the rows of a batch. Run twice, late or beside another batch of the run, each trainee gets one certificate. */
  @OnEvent(CertificatesOrdered, { about: ({ batchId }) => batchId, gaveUp: 'stopBatch' })
  issueBatch(order: CertificatesOrdered): Promise<void> {
    return this.issuing.issue(order);
  }

  /** Says on the batch why it could not go on; what was issued stands. */
  async stopBatch({ batchId }: CertificatesOrdered, reason: string): Promise<void> {
    await this.db.write(SYSTEM, (tx) =>
      tx.update(CertificateBatch, { id: batchId }, { state: CertificateBatchState.FAILED, reason }),
    );
  }

  /** Draws the paper of one certificate from its row alone: run twice, the bytes and so the file are the same. */
  @OnEvent(CertificateIssued, { about: ({ certificateId }) => certificateId, gaveUp: 'giveUpDrawing' })
  async draw({ certificateId }: CertificateIssued): Promise<void> {
    const { document, printed } = await this.db.read(async (tx) => ({
      document: await tx.get(StoredDocument, { kind: CERTIFICATE_DOCUMENT, subjectId: certificateId }),
      printed: (await tx.get(Certificate, { id: certificateId })).printed,
    }));
    if (document.state === DocumentState.READY) return;
    const paper = await drawCertificate(JSON.parse(printed) as CertificateModel);
    failpoint('draw.before-store');
    const sha256 = await this.documents.store(paper);
    failpoint('draw.after-store');
    await this.db.write(SYSTEM, (tx) => this.documents.ready(tx, document.id, sha256, paper.length));
    failpoint('draw.after-commit');
  }

  /** Says on the paper's row why it could not be drawn; the certificate stands. */
  async giveUpDrawing({ certificateId }: CertificateIssued, reason: string): Promise<void> {
    const { id } = await this.db.read((tx) =>
      tx.get(StoredDocument, { kind: CERTIFICATE_DOCUMENT, subjectId: certificateId }),
    );
    await this.documents.fail(id, reason);
  }
}
