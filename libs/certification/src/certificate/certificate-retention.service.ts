import { DocumentErased, DocumentState, fileKey, StoredDocument } from '@app/documents';
import { conditions, newId, type Reads, shred, SYSTEM, type Tx } from '@app/platform';
import { eraseNames, type Eraser, RetentionSubject } from '@app/training';
import { DUPLICATE_DOCUMENT } from '../duplicate/duplicate.entity.js';
import { Certificate, CERTIFICATE_DOCUMENT } from './certificate.entity.js';
import { CertificateNameErased } from './certificate.events.js';
import { withoutNames } from './certificate-printed.service.js';
import { paperOf } from './certificate.rules.js';

interface Due {
  certificateId: string;
  /** Null when nobody has asked for the paper. */
  documentId: string | null;
  sha256: string | null;
  isCover: number;
}
const AT_ONCE = 50;

/**
 * The papers of old certificates, those too that nobody has asked for, and the cover pages of their duplicates, that are
 * not erased yet.
 */
const DUE = `SELECT c.id AS certificateId, d.id AS documentId, d.sha256, 0 AS isCover
  FROM certificate c LEFT JOIN stored_document d ON d.kind = '${CERTIFICATE_DOCUMENT}' AND d.subjectId = c.id
  WHERE c.issuedOn < ? AND (d.id IS NULL OR d.state <> '${DocumentState.ERASED}')
  UNION ALL
  SELECT c.id, d.id, d.sha256, 1
  FROM certificate_duplicate x JOIN certificate c ON c.id = x.certificateId
  JOIN stored_document d ON d.kind = '${DUPLICATE_DOCUMENT}' AND d.subjectId = x.id
  WHERE c.issuedOn < ? AND d.state <> '${DocumentState.ERASED}'`;

/**
 * P3: the name goes from a certificate when its term is over, and with it the paper and the cover pages of duplicates;
 * with a person's last certificate it goes from the register.
 * Serial, code, hash of the paper and state stay for ever, so that whoever holds the paper can still have it checked.
 */
export const certificateNameRetention: Eraser = {
  subject: RetentionSubject.CERTIFICATE_NAME,
  async due(tx, before) {
    const [counted] = await tx.query<{ due: number }>(`SELECT COUNT(*) AS due FROM (${DUE}) papers`, [before, before]);
    return Number(counted?.due ?? 0);
  },
  async erase(db, files, before) {
    for (let erased = 0; ;) {
      const block = await db.read((tx) => duePapers(tx, before));
      // The file goes first: cut off in between, the row still says that there is something to erase.
      for (const { sha256 } of block) if (sha256) await files.remove(fileKey(sha256));
      await db.write(SYSTEM, async (tx) => {
        for (const { certificateId, documentId, isCover } of block) {
          const paperId = documentId ?? (await paperNobodyAskedFor(tx, certificateId));
          await tx.update(StoredDocument, { id: paperId }, { state: DocumentState.ERASED });
          await shred(tx, RetentionSubject.PAPER, [paperId]);
          tx.emit(DocumentErased, { documentId: paperId });
          if (isCover) continue;
          const { printed } = await tx.get(Certificate, { id: certificateId });
          await tx.update(Certificate, { id: certificateId }, { printed: withoutNames(printed) });
          await shred(tx, RetentionSubject.CERTIFICATE_NAME, [certificateId]);
          tx.emit(CertificateNameErased, { certificateId });
        }
        await eraseNames(tx, await holdersOf(tx, block, before), before);
      });
      erased += block.length;
      if (block.length < AT_ONCE) return erased;
    }
  },
};

/** Those who hold these certificates and no younger one. */
async function holdersOf(tx: Tx, block: readonly Due[], before: string): Promise<string[]> {
  const { sql, values } = conditions('c', { id: block.map(({ certificateId }) => certificateId) });
  const rows = await tx.query<{ traineeId: string }>(
    `SELECT DISTINCT e.traineeId FROM certificate c JOIN enrolment e ON e.id = c.enrolmentId
     WHERE ${sql} AND e.traineeId NOT IN (
       SELECT o.traineeId FROM certificate y JOIN enrolment o ON o.id = y.enrolmentId WHERE y.issuedOn >= ?)`,
    [...values, before],
  );
  return rows.map(({ traineeId }) => traineeId);
}

const duePapers = (tx: Reads, before: string) =>
  tx.query<Due>(`${DUE} ORDER BY certificateId, documentId LIMIT ${AT_ONCE}`, [before, before]);

/** The row that says from now on that the paper is erased: without it, it would be due for ever, and could be drawn. */
async function paperNobodyAskedFor(tx: Tx, certificateId: string): Promise<string> {
  const certificate = await tx.get(Certificate, { id: certificateId });
  const asked = { ...paperOf(certificate), state: DocumentState.WAITING, requestedAt: certificate.issuedAt };
  await tx.insertMissing(StoredDocument, [
    { id: newId(), ...asked, sha256: null, bytes: null, reason: null, readyAt: null },
  ]);
  return (await tx.get(StoredDocument, { kind: CERTIFICATE_DOCUMENT, subjectId: certificateId })).id;
}
