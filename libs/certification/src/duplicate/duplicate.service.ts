import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '@app/access';
import { Documents, Drawing, StoredDocument } from '@app/documents';
import { maskNationalId } from '@app/persian';
import { Clock, Database, Refused } from '@app/platform';
import { CourseRun, Emblems } from '@app/training';
import { Certificate } from '../certificate/certificate.entity.js';
import { modelOf } from '../certificate/certificate-printed.service.js';
import { runsCertifiedFor, runsIssuedBy } from '../certificate/certificate.policy.js';
import { serialOf } from '../certificate/certificate.rules.js';
import { drawDuplicateCover, type DuplicateModel } from './duplicate.document.js';
import { CertificateDuplicate, DUPLICATE_DOCUMENT, type DuplicateReason } from './duplicate.entity.js';
import { DuplicateIssued } from './duplicate.events.js';
import { refuseDuplicate } from './duplicate.rules.js';

const COVER = { draw: drawDuplicateCover, from: new URL('./duplicate.document.js', import.meta.url) };

/** A duplicate with its cover page. */
export type DuplicateWithCover = CertificateDuplicate & { document: StoredDocument };

/** Duplicates of certificates: the same certificate once more, with a print number of its own. */
@Injectable()
export class DuplicateService implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly documents: Documents,
    private readonly drawing: Drawing,
    private readonly clock: Clock,
    private readonly emblems: Emblems,
  ) {}

  /** Whoever may see the certificate may open the cover page of its duplicate. */
  onModuleInit(): void {
    this.documents.allow(DUPLICATE_DOCUMENT, async (tx, actor, duplicateId) => {
      const { certificateId } = await tx.get(CertificateDuplicate, { id: duplicateId });
      const { runId } = await tx.get(Certificate, { id: certificateId });
      await tx.get(CourseRun, { id: runId, ...runsCertifiedFor(actor) });
    });
  }

  /**
   * The duplicates of a run's certificates with their cover pages, the newest first.
   *
   * @throws NotFound the run is not the actor's
   */
  ofRun(actor: Actor, runId: string): Promise<DuplicateWithCover[]> {
    return this.db.read(async (tx) => {
      await tx.get(CourseRun, { id: runId, ...runsCertifiedFor(actor) });
      const duplicates = await tx
        .repo(CertificateDuplicate)
        .find({ where: { certificate: { runId } }, order: { issuedAt: 'DESC', id: 'DESC' } });
      const ids = duplicates.map(({ id }) => id);
      const documents = await this.documents.of(tx, DUPLICATE_DOCUMENT, ids);
      return duplicates.map((duplicate) => ({ ...duplicate, document: documents.get(duplicate.id)! }));
    });
  }

  /**
   * Gives out a duplicate; a job draws its cover page.
   *
   * @throws NotFound the certificate is of a run that is not the actor's
   * @throws Refused  a `DuplicateRefusal`; nothing is written
   */
  issue(
    actor: Actor,
    { certificateId, reason }: { certificateId: string; reason: DuplicateReason },
  ): Promise<DuplicateWithCover> {
    return this.db.write(actor, async (tx) => {
      const bounds = runsIssuedBy(actor);
      // Locked, so that of two duplicates asked for at once the second has the next print number.
      const certificate = await tx.lock(Certificate, { id: certificateId });
      await tx.get(CourseRun, { id: certificate.runId, ...bounds });
      const printNumber = 2 + (await tx.repo(CertificateDuplicate).countBy({ certificateId }));
      const refusal = refuseDuplicate(certificate.status, printNumber);
      if (refusal) throw new Refused(refusal);
      const issuedAt = this.clock.now();
      const duplicate = await tx.insert(CertificateDuplicate, {
        ...{ certificateId, printNumber, reason, issuedOn: this.clock.today(), issuedBy: actor.userId, issuedAt },
      });
      const document = await this.documents.request(tx, {
        kind: DUPLICATE_DOCUMENT,
        subjectId: duplicate.id,
        fileName: `almosanna-${serialOf(certificate)}-${printNumber}.pdf`,
        mimeType: 'application/pdf',
        requestedBy: actor.userId,
      });
      tx.emit(DuplicateIssued, { duplicateId: duplicate.id, certificateId });
      return { ...duplicate, document };
    });
  }

  /** Draws the cover page from its row and its certificate's. Run twice or late, it draws what is not there. */
  async draw(duplicateId: string): Promise<void> {
    await this.documents.draw(await this.cover(duplicateId), async (_, signal) =>
      this.drawing.one(COVER, await this.model(duplicateId), signal),
    );
  }

  async giveUp(duplicateId: string, reason: string): Promise<void> {
    for (const { id } of await this.cover(duplicateId)) await this.documents.fail(id, reason);
  }

  /** One, or none. */
  private cover(duplicateId: string): Promise<StoredDocument[]> {
    return this.db.read((tx) => tx.repo(StoredDocument).findBy({ kind: DUPLICATE_DOCUMENT, subjectId: duplicateId }));
  }

  private async model(duplicateId: string): Promise<DuplicateModel> {
    const { emblem, ...model } = await this.db.read(async (tx) => {
      const { certificateId, printNumber, reason, issuedOn } = await tx.get(CertificateDuplicate, { id: duplicateId });
      const certificate = await tx.get(Certificate, { id: certificateId });
      const printed = modelOf(tx, certificate);
      return {
        ...{ printNumber, reason, issuedOn, certificateIssuedOn: certificate.issuedOn },
        ...{ serial: printed.serial, code: printed.code, verifyUrl: printed.verifyUrl },
        ...{ holderGivenName: printed.holderGivenName, holderFamilyName: printed.holderFamilyName },
        ...{ fatherName: printed.fatherName, nationalIdMasked: maskNationalId(printed.nationalId) },
        ...{ standardTitle: printed.standardTitleFa, watermark: printed.watermark },
        ...{ officeName: printed.officeName, provincialOfficeName: printed.provincialOfficeName },
        emblem: await this.emblems.inForce(tx, certificate.provinceCode),
      };
    });
    return { ...model, emblem: await this.emblems.picture(emblem) };
  }
}
