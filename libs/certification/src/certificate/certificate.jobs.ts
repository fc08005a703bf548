import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Not } from 'typeorm';
import { Role } from '@app/access';
import { Documents, DocumentState, Drawing, DrawingInterrupted, PaperRefused } from '@app/documents';
import { conditions, Database, failpoint, type FileBytes, OnEvent, SYSTEM } from '@app/platform';
import { CourseRun } from '@app/training';
import { type CertificateModel, drawCertificate } from './certificate.document.js';
import {
  Certificate,
  CERTIFICATE_DOCUMENT,
  CertificateBatch,
  CertificateBatchState,
  CertificateStatus,
} from './certificate.entity.js';
import { CertificatesIssued, CertificatesOrdered } from './certificate.events.js';
import { BLOCK, CertificateIssueService } from './certificate-issue.service.js';
import { modelOf } from './certificate-printed.service.js';
import { CertificateTemplateService } from '../template/certificate-template.service.js';
import { enrolmentsOwnedBy, runsCertifiedFor } from './certificate.policy.js';
import { paperOf } from './certificate.rules.js';

const CERTIFICATE = { draw: drawCertificate, from: new URL('./certificate.document.js', import.meta.url) };

@Injectable()
export class CertificateJobs implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly documents: Documents,
    private readonly drawing: Drawing,
    private readonly issuing: CertificateIssueService,
    private readonly templates: CertificateTemplateService,
  ) {}

  onModuleInit(): void {
    this.documents.allow(CERTIFICATE_DOCUMENT, async (tx, actor, certificateId) => {
      if (actor.role === Role.GRADUATE) {
        // A paper that is revoked is not handed out again.
        const enrolment = enrolmentsOwnedBy(actor);
        await tx.get(Certificate, { id: certificateId, enrolment, status: Not(CertificateStatus.REVOKED) });
        return;
      }
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

  /**
   * Draws the papers of one block, each from its row alone. Run twice, late or after a kill, it draws those that are not
   * there; a paper that is drawn again has the same bytes and so the same file. One that cannot be drawn stops no other.
   */
  @OnEvent(CertificatesIssued, {
    about: ({ batchId, firstNumber }) => `${batchId} ${firstNumber}`,
    gaveUp: 'giveUpDrawing',
  })
  async drawBlock(block: CertificatesIssued): Promise<void> {
    const undrawn = await this.undrawn(block);
    const leaving = new AbortController();
    const papers = this.drawing.all(CERTIFICATE, await this.models(undrawn), leaving.signal);
    let interrupted: DrawingInterrupted | undefined;
    try {
      for (const [at, { documentId }] of undrawn.entries()) {
        try {
          await this.keep(documentId, await papers[at]!);
        } catch (error) {
          if (error instanceof PaperRefused) await this.documents.fail(documentId, error.message);
          else if (error instanceof DrawingInterrupted) interrupted = error;
          else throw error;
        }
      }
    } finally {
      leaving.abort();
    }
    if (interrupted) throw interrupted;
  }

  /** Says on the rows of the block's papers why they could not be drawn; the certificates stand. */
  async giveUpDrawing(block: CertificatesIssued, reason: string): Promise<void> {
    for (const { documentId } of await this.undrawn(block)) await this.documents.fail(documentId, reason);
  }

  /** The papers of a block that are not there, each with its document, which is asked for here. */
  private async undrawn({
    batchId,
    firstNumber,
  }: CertificatesIssued): Promise<{ certificateId: string; documentId: string }[]> {
    const ofTheBlock = [CERTIFICATE_DOCUMENT, batchId, firstNumber, firstNumber + BLOCK];
    const bare = await this.db.read((tx) =>
      tx.query<Pick<Certificate, 'id' | 'provinceCode' | 'jalaliYear' | 'number' | 'issuedBy'>>(
        `SELECT c.id, c.provinceCode, c.jalaliYear, c.number, c.issuedBy
         FROM certificate c LEFT JOIN stored_document d ON d.kind = ? AND d.subjectId = c.id
         WHERE c.batchId = ? AND c.number >= ? AND c.number < ? AND d.id IS NULL ORDER BY c.number`,
        ofTheBlock,
      ),
    );
    if (bare.length > 0) await this.db.write(SYSTEM, (tx) => this.documents.requestMissing(tx, bare.map(paperOf)));
    failpoint('draw.after-request');
    return this.db.read((tx) =>
      tx.query(
        `SELECT c.id AS certificateId, d.id AS documentId
         FROM certificate c JOIN stored_document d ON d.kind = ? AND d.subjectId = c.id
         WHERE c.batchId = ? AND c.number >= ? AND c.number < ? AND d.state NOT IN (?, ?) ORDER BY c.number`,
        [...ofTheBlock, DocumentState.READY, DocumentState.ERASED],
      ),
    );
  }

  /** What each of these papers says. */
  private async models(of: { certificateId: string }[]): Promise<CertificateModel[]> {
    const models = await this.db.read(async (tx) => {
      const asked = conditions('c', { id: of.map(({ certificateId }) => certificateId) });
      const rows = await tx.query<Certificate>(
        `SELECT c.id, c.provinceCode, c.jalaliYear, c.number, c.code, c.issuedOn, c.printed
         FROM certificate c WHERE ${asked.sql} ORDER BY c.number`,
        asked.values,
      );
      return rows.map((row) => modelOf(tx, tx.reveal(Certificate, row.id, row)));
    });
    const forms = await this.templates.forms([...new Set(models.flatMap(({ templateId }) => templateId ?? []))]);
    return models.map(({ templateId, ...model }) => {
      if (!templateId) return model;
      const form = forms.get(templateId);
      if (!form) throw new Error(`The template ${templateId} is gone`);
      return { ...model, form };
    });
  }

  private async keep(documentId: string, paper: FileBytes): Promise<void> {
    failpoint('draw.before-store');
    const stored = await this.documents.store(paper);
    failpoint('draw.after-store');
    await this.db.write(SYSTEM, (tx) => this.documents.ready(tx, documentId, stored));
    failpoint('draw.after-commit');
  }
}
