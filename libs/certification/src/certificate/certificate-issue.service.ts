import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/access';
import { Documents } from '@app/documents';
import { toJalali } from '@app/persian';
import {
  type By,
  Clock,
  conditions,
  Database,
  failpoint,
  NotFound,
  type Reads,
  Refused,
  Settings,
  type Tx,
} from '@app/platform';
import { CourseRun, CourseRunStatus } from '@app/training';
import { certificateCode, CODE_BYTES, printedCode } from './certificate-code.rules.js';
import { type Candidate, candidates, type RunFacts, runFacts } from './certificate-candidates.service.js';
import type { CertificateModel } from './certificate.document.js';
import {
  Certificate,
  CertificateBatch,
  CertificateBatchState,
  CertificateCounter,
  CertificateStatus,
} from './certificate.entity.js';
import { CertificateIssued, CertificatesOrdered } from './certificate.events.js';
import { runsIssuedBy } from './certificate.policy.js';
import { CertificatesRefusal, gradeWord, serialOf } from './certificate.rules.js';

/** The kind of a certificate's stored document; its subject is the certificate. */
export const CERTIFICATE_DOCUMENT = 'CERTIFICATE';

/** Certificates of one transaction: the counter is held no longer than a block takes. */
export const BLOCK = 100;

const WATERMARK = 'نمونه، فاقد اعتبار';

/** Issues certificates: ordered by an officer, done by a job in blocks, each once for ever. */
@Injectable()
export class CertificateIssueService {
  constructor(
    private readonly db: Database,
    private readonly documents: Documents,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /**
   * Orders the certificates of all in a run who qualify and have none yet.
   *
   * @throws NotFound the run is not the actor's to certify
   * @throws Refused  the run is not finished, or nobody qualifies (a `CertificatesRefusal`); nothing is written
   */
  order(actor: Actor, runId: string): Promise<CertificateBatch> {
    return this.db.write(actor, async (tx) => {
      const { status } = await tx.lock(CourseRun, { id: runId, ...runsIssuedBy(actor) });
      if (status !== CourseRunStatus.FINISHED && status !== CourseRunStatus.CLOSED)
        throw new Refused(CertificatesRefusal.RUN_NOT_FINISHED);
      const run = await this.facts(tx, runId);
      const qualified = (await candidates(tx, run)).filter(({ shortfalls }) => shortfalls.length === 0);
      if (qualified.length === 0) throw new Refused(CertificatesRefusal.NOBODY_QUALIFIES);
      const issued = await tx.repo(Certificate).countBy({ runId });
      const batch = await tx.insert(CertificateBatch, {
        runId,
        state: CertificateBatchState.ISSUING,
        total: Math.max(0, qualified.length - issued),
        reason: null,
        requestedBy: actor.userId,
        requestedAt: this.clock.now(),
      });
      tx.emit(CertificatesOrdered, { batchId: batch.id, runId });
      return batch;
    });
  }

  /**
   * Issues what a batch ordered, block by block, for those who qualify when it begins. Killed anywhere and run again,
   * it goes on after the last block that was committed: what is left to do is read from the certificates that stand.
   */
  async issue({ batchId, runId }: CertificatesOrdered): Promise<void> {
    const { by, run, qualified } = await this.db.read(async (tx) => {
      const { requestedBy } = await tx.get(CertificateBatch, { id: batchId });
      const facts = await this.facts(tx, runId);
      const judged = await candidates(tx, facts);
      return {
        by: { userId: requestedBy },
        run: facts,
        qualified: judged.filter(({ shortfalls }) => shortfalls.length === 0),
      };
    });
    for (let from = 0; from < qualified.length; from += BLOCK) {
      await this.block(by, batchId, run, qualified.slice(from, from + BLOCK));
      failpoint('issue.between-blocks');
    }
    failpoint('issue.after-blocks');
    await this.db.write(by, (tx) =>
      tx.update(CertificateBatch, { id: batchId }, { state: CertificateBatchState.ISSUED }),
    );
  }

  /** Issues for up to a hundred who qualify, in one unit; whoever has a certificate by then is left out. */
  private block(by: By, batchId: string, run: RunFacts, qualified: Candidate[]): Promise<void> {
    return this.db.write(by, async (tx) => {
      const runId = run.id;
      const issuedOn = this.clock.today();
      const { year } = toJalali(issuedOn);
      // Locked before the look at what is issued, so that two orders of one run follow each other.
      const last = await this.lastNumber(tx, run.provinceCode, year);
      const asked = conditions('c', { enrolmentId: qualified.map(({ enrolmentId }) => enrolmentId) });
      const issued = await tx.query<{ enrolmentId: string }>(
        `SELECT c.enrolmentId FROM certificate c WHERE ${asked.sql}`,
        asked.values,
      );
      const certified = new Set(issued.map(({ enrolmentId }) => enrolmentId));
      const next = qualified.filter(({ enrolmentId }) => !certified.has(enrolmentId));
      if (next.length === 0) return;
      const certificates = await tx.insertAll(
        Certificate,
        next.map((candidate, index) => {
          const serial = { provinceCode: run.provinceCode, jalaliYear: year, number: last + index + 1 };
          const code = certificateCode(randomBytes(CODE_BYTES));
          return {
            ...serial,
            enrolmentId: candidate.enrolmentId,
            runId,
            batchId,
            code,
            status: CertificateStatus.VALID,
            issuedOn,
            issuedAt: this.clock.now(),
            issuedBy: by.userId,
            printed: JSON.stringify(this.printed(run, candidate, { serial: serialOf(serial), code, issuedOn })),
          };
        }),
      );
      await this.documents.requestAll(
        tx,
        certificates.map((certificate) => ({
          kind: CERTIFICATE_DOCUMENT,
          subjectId: certificate.id,
          fileName: `govahiname-${serialOf(certificate)}.pdf`,
          mimeType: 'application/pdf',
          requestedBy: by.userId,
        })),
      );
      for (const { id, enrolmentId } of certificates)
        tx.emit(CertificateIssued, { certificateId: id, enrolmentId, batchId, firstNumber: last + 1 });
      await tx.update(
        CertificateCounter,
        { provinceCode: run.provinceCode, jalaliYear: year },
        { lastNumber: last + next.length },
      );
      failpoint('issue.before-commit');
    });
  }

  private async lastNumber(tx: Tx, provinceCode: string, jalaliYear: number): Promise<number> {
    await tx.execute(
      `${tx.dialect.insertIgnore} INTO certificate_counter (provinceCode, jalaliYear, lastNumber) VALUES (?, ?, 0)`,
      [provinceCode, jalaliYear],
    );
    return (await tx.lock(CertificateCounter, { provinceCode, jalaliYear })).lastNumber;
  }

  private async facts(tx: Reads, runId: string): Promise<RunFacts> {
    const run = await runFacts(tx, runId);
    if (!run) throw new NotFound();
    return run;
  }

  /** What the paper says: everything it is drawn from, fixed on the day of issue. */
  private printed(
    run: RunFacts,
    { trainee, ...marks }: Candidate,
    { serial, code, issuedOn }: { serial: string; code: string; issuedOn: string },
  ): CertificateModel {
    return {
      serial,
      code: printedCode(code),
      verifyUrl: `${this.settings.publicUrl}/v/${code}`,
      issuedOn,
      holderGivenName: trainee.givenName,
      holderFamilyName: trainee.familyName,
      fatherName: trainee.fatherName ?? '',
      nationalId: trainee.nationalId,
      standardTitleFa: run.standardTitleFa,
      standardTitleEn: run.standardTitleEn,
      standardCode: run.standardCode,
      theoryMinutes: run.theoryMinutes,
      practiceMinutes: run.practiceMinutes,
      writtenMarkHundredths: marks.writtenHundredths,
      practicalMarkHundredths: marks.practicalHundredths,
      finalMarkHundredths: marks.finalHundredths ?? 0,
      gradeFa: gradeWord(marks.finalHundredths ?? 0),
      examOn: marks.examOn ?? issuedOn,
      startedOn: run.startsOn,
      endedOn: run.endsOn,
      instituteName: run.instituteName,
      officeName: run.officeName,
      provincialOfficeName: run.provincialOfficeName,
      watermark: run.demo ? WATERMARK : null,
    };
  }
}
