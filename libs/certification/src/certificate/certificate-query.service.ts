import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/access';
import { conditions, Database, NotFound, type Reads } from '@app/platform';
import { collate, maskNationalId, printedCode } from '@app/persian';
import { CourseRun } from '@app/training';
import { candidates, namesOf, runFacts } from './certificate-candidates.service.js';
import { CertificateBatch, type CertificateBatchState } from './certificate.entity.js';
import type {
  CertificateBatchType,
  CertificateCandidateType,
  CertificateType,
  MyCertificate,
} from './certificate.graphql.js';
import { enrolmentsOwnedBy, runsCertifiedFor } from './certificate.policy.js';
import { serialOf } from './certificate.rules.js';

interface IssuedRow {
  id: string;
  enrolmentId: string;
  provinceCode: string;
  jalaliYear: number;
  number: number;
  code: string;
  status: CertificateType['status'];
  issuedOn: string;
  revokedOn: string | null;
  documentId: string | null;
  documentState: CertificateType['documentState'];
}

/** Reading certificates: joined statements, the same number for any number of trainees. */
@Injectable()
export class CertificateQueryService {
  constructor(private readonly db: Database) {}

  /**
   * Every trainee of a run with what stands between them and a certificate, or the certificate, in the Persian order.
   *
   * @throws NotFound the run is not the actor's to see
   */
  candidates(actor: Actor, runId: string): Promise<CertificateCandidateType[]> {
    return this.db.read(async (tx) => {
      await tx.get(CourseRun, { id: runId, ...runsCertifiedFor(actor) });
      const run = await runFacts(tx, runId);
      if (!run) throw new NotFound();
      const issued = new Map((await issuedIn(tx, runId)).map((certificate) => [certificate.enrolmentId, certificate]));
      return (await candidates(tx, run))
        .map(({ sealed, ...candidate }) => {
          const { givenName, familyName, nationalId } = namesOf(tx, { sealed });
          const certificate = issued.get(candidate.enrolmentId) ?? null;
          return { ...candidate, givenName, familyName, nationalIdMasked: maskNationalId(nationalId), certificate };
        })
        .sort((a, b) => collate(a.familyName, b.familyName) || collate(a.givenName, b.givenName));
    });
  }

  /** The certificates of the caller, the latest first. */
  own(actor: Actor): Promise<MyCertificate[]> {
    const own = conditions('e', enrolmentsOwnedBy(actor));
    return this.db.read(async (tx) => {
      const rows = await tx.query<IssuedRow & Pick<MyCertificate, 'standardTitleFa' | 'standardTitleEn'>>(
        `SELECT ${ISSUED}, s.titleFa AS standardTitleFa, s.titleEn AS standardTitleEn
         FROM certificate c
         JOIN enrolment e ON e.id = c.enrolmentId
         JOIN course_run r ON r.id = c.runId
         JOIN training_standard s ON s.id = r.standardId
         LEFT JOIN stored_document d ON d.kind = 'CERTIFICATE' AND d.subjectId = c.id
         LEFT JOIN certificate_revocation v ON v.id = c.id
         WHERE ${own.sql} ORDER BY c.issuedOn DESC, c.id DESC`,
        own.values,
      );
      return rows.map(shown);
    });
  }

  /**
   * A batch and how far it is.
   *
   * @throws NotFound the batch is of a run that is not the actor's to see
   */
  batch(actor: Actor, batchId: string): Promise<CertificateBatchType> {
    return this.db.read(async (tx) => {
      const batch = await tx.get(CertificateBatch, { id: batchId, run: runsCertifiedFor(actor) });
      const [counts] = await tx.query<{ issued: number; drawn: number; failed: number }>(
        `SELECT COUNT(*) AS issued,
           COALESCE(SUM(CASE WHEN d.state = 'READY' THEN 1 ELSE 0 END), 0) AS drawn,
           COALESCE(SUM(CASE WHEN d.state = 'FAILED' THEN 1 ELSE 0 END), 0) AS failed
         FROM certificate c LEFT JOIN stored_document d ON d.kind = 'CERTIFICATE' AND d.subjectId = c.id
         WHERE c.batchId = ?`,
        [batchId],
      );
      const { issued, drawn, failed } = {
        issued: Number(counts?.issued),
        drawn: Number(counts?.drawn),
        failed: Number(counts?.failed),
      };
      const { id, runId, state, total, reason, requestedAt } = batch;
      const done =
        state === ('FAILED' as CertificateBatchState) ||
        (state === ('ISSUED' as CertificateBatchState) && drawn + failed === issued);
      return { id, runId, state, total, issued, drawn, failed, done, reason, requestedAt };
    });
  }

  /** The batches of a run, the newest first. */
  async newestBatch(actor: Actor, runId: string): Promise<CertificateBatchType | null> {
    const newest = await this.db.read(async (tx) => {
      await tx.get(CourseRun, { id: runId, ...runsCertifiedFor(actor) });
      return tx.repo(CertificateBatch).findOne({ where: { runId }, order: { id: 'DESC' } });
    });
    return newest && this.batch(actor, newest.id);
  }
}

async function issuedIn(tx: Reads, runId: string): Promise<(CertificateType & { enrolmentId: string })[]> {
  const rows = await tx.query<IssuedRow>(
    `SELECT ${ISSUED}
     FROM certificate c LEFT JOIN stored_document d ON d.kind = 'CERTIFICATE' AND d.subjectId = c.id
     LEFT JOIN certificate_revocation v ON v.id = c.id
     WHERE c.runId = ?`,
    [runId],
  );
  return rows.map(shown);
}

const ISSUED = `c.id, c.enrolmentId, c.provinceCode, c.jalaliYear, c.number, c.code, c.status, c.issuedOn, v.revokedOn,
  d.id AS documentId, COALESCE(d.state, 'WAITING') AS documentState`;

const shown = <R extends IssuedRow>(row: R) => ({ ...row, serial: serialOf(row), code: printedCode(row.code) });
