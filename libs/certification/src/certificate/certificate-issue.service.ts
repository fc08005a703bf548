import { randomBytes } from 'node:crypto';
import { setImmediate as othersFirst } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/access';
import { SPOKEN_CODE_BYTES, spokenCode, toJalali } from '@app/persian';
import {
  type By,
  Clock,
  conditions,
  Database,
  failpoint,
  newId,
  NotFound,
  type Reads,
  Refused,
  type Sealed,
  Settings,
  type Tx,
} from '@app/platform';
import { CourseRun, CourseRunStatus } from '@app/training';
import { type Candidate, candidates, type RunFacts, runFacts } from './certificate-candidates.service.js';
import {
  Certificate,
  CertificateBatch,
  CertificateBatchState,
  CertificateCounter,
  CertificateStatus,
} from './certificate.entity.js';
import { CertificatesIssued, CertificatesOrdered } from './certificate.events.js';
import { printedOf, printedOfRun } from './certificate-printed.service.js';
import { runsIssuedBy } from './certificate.policy.js';
import { CertificatesRefusal } from './certificate.rules.js';

/** Certificates of one transaction: the counter is held no longer than a block takes. */
export const BLOCK = 100;

/** How many are made ready before others have their turn: a fraction of a millisecond. */
const AT_A_TIME = 5;

/** A certificate that lacks only what the counter gives: the serial and the day. */
type Prepared = Pick<Certificate, 'id' | 'enrolmentId' | 'code'> & { printed: Sealed };

/** Issues certificates: ordered by an officer, done by a job in blocks, each once for ever. */
@Injectable()
export class CertificateIssueService {
  constructor(
    private readonly db: Database,
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
    const ofTheRun = printedOfRun(run, this.settings.publicUrl);
    let ready = await this.prepare(ofTheRun, qualified.slice(0, BLOCK));
    for (let next = BLOCK; ready.length > 0; next += BLOCK) {
      // While the database writes one block, the next is made ready: the counter is not held for that.
      [ready] = await Promise.all([
        this.prepare(ofTheRun, qualified.slice(next, next + BLOCK)),
        this.block(by, batchId, run, ready),
      ]);
      failpoint('issue.between-blocks');
    }
    failpoint('issue.after-blocks');
    await this.db.write(by, (tx) =>
      tx.update(CertificateBatch, { id: batchId }, { state: CertificateBatchState.ISSUED }),
    );
  }

  /** Makes certificates that lack only what the counter gives. In between, others have their turn. */
  private prepare(ofTheRun: string, qualified: Candidate[]): Promise<Prepared[]> {
    return this.db.read(async (tx) => {
      const random = randomBytes(SPOKEN_CODE_BYTES * qualified.length);
      const ready: Prepared[] = [];
      for (const [at, candidate] of qualified.entries()) {
        if (at % AT_A_TIME === 0) await othersFirst();
        const id = newId();
        const code = spokenCode(random.subarray(at * SPOKEN_CODE_BYTES, (at + 1) * SPOKEN_CODE_BYTES));
        const printed = tx.seal(Certificate, 'printed', id, printedOf(ofTheRun, candidate));
        ready.push({ id, enrolmentId: candidate.enrolmentId, code, printed });
      }
      return ready;
    });
  }

  /** Issues up to a hundred, in one unit; whoever has a certificate by then is left out. */
  private block(by: By, batchId: string, { id: runId, provinceCode }: RunFacts, ready: Prepared[]): Promise<void> {
    return this.db.write(by, async (tx) => {
      const issuedOn = this.clock.today();
      const issuedAt = this.clock.now();
      const jalaliYear = toJalali(issuedOn).year;
      const { lastNumber, certified } = await this.count(tx, { provinceCode, jalaliYear }, ready);
      const next = ready.filter(({ enrolmentId }) => !certified.has(enrolmentId));
      const before = lastNumber - ready.length;
      if (next.length < ready.length)
        await tx.update(CertificateCounter, { provinceCode, jalaliYear }, { lastNumber: before + next.length });
      if (next.length === 0) return;

      // Column by column: two objects spread into one take a hundred times as long, and the counter is held.
      const certificates = next.map(({ id, enrolmentId, code, printed }, index) => ({
        id,
        enrolmentId,
        runId,
        batchId,
        provinceCode,
        jalaliYear,
        number: before + index + 1,
        code,
        status: CertificateStatus.VALID,
        issuedOn,
        issuedAt,
        issuedBy: by.userId,
        printed,
      }));
      await tx.insertSealed(Certificate, certificates);
      tx.emit(CertificatesIssued, {
        ...{ batchId, provinceCode, jalaliYear, firstNumber: before + 1 },
        certificateIds: certificates.map(({ id }) => id),
      });
      failpoint('issue.before-commit');
    });
  }

  /**
   * Counts a block up, which holds the counter until the commit, and then looks who of it has a certificate already: of
   * two orders of one run the second waits here and sees what the first has issued.
   */
  private async count(
    tx: Tx,
    { provinceCode, jalaliYear }: Pick<CertificateCounter, 'provinceCode' | 'jalaliYear'>,
    block: Prepared[],
  ): Promise<{ lastNumber: number; certified: Set<string | null> }> {
    const moved = tx.dialect.onConflict(
      ['provinceCode', 'jalaliYear'],
      ['lastNumber = certificate_counter.lastNumber + ?'],
    );
    await tx.execute(
      `INSERT INTO certificate_counter (provinceCode, jalaliYear, lastNumber) VALUES (?, ?, ?) ${moved}`,
      [provinceCode, jalaliYear, block.length, block.length],
    );
    const asked = conditions('c', { enrolmentId: block.map(({ enrolmentId }) => enrolmentId) });
    const rows = await tx.query<{ lastNumber: number; enrolmentId: string | null }>(
      `SELECT k.lastNumber, c.enrolmentId FROM certificate_counter k LEFT JOIN certificate c ON ${asked.sql}
       WHERE k.provinceCode = ? AND k.jalaliYear = ?`,
      [...asked.values, provinceCode, jalaliYear],
    );
    const [counter] = rows;
    if (!counter) throw new Error('The counter is not there');
    return { lastNumber: counter.lastNumber, certified: new Set(rows.map(({ enrolmentId }) => enrolmentId)) };
  }

  private async facts(tx: Reads, runId: string): Promise<RunFacts> {
    const run = await runFacts(tx, runId);
    if (!run) throw new NotFound();
    return run;
  }
}
