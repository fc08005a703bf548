import { DocumentState, fileKey, StoredDocument } from '@app/documents';
import { type Reads, SYSTEM } from '@app/platform';
import { type Eraser, RetentionSubject } from '@app/training';
import { Certificate, CERTIFICATE_DOCUMENT } from './certificate.entity.js';
import { CertificateNameErased } from './certificate.events.js';
import { withoutNames } from './certificate-printed.service.js';

interface Due {
  certificateId: string;
  documentId: string;
  sha256: string | null;
  due: number;
}
const AT_ONCE = 50;

const due = (tx: Reads, before: string, columns: string, ending = '') =>
  tx.query<Due>(
    `SELECT ${columns} FROM certificate c JOIN stored_document d ON d.kind = ? AND d.subjectId = c.id
     WHERE c.issuedOn < ? AND d.state <> ? ${ending}`,
    [CERTIFICATE_DOCUMENT, before, DocumentState.ERASED],
  );

/**
 * P3: the name goes from a certificate when its term is over, and the paper with it. Serial, code, hash of the paper and
 * state stay for ever, so that whoever holds the paper can still have it checked.
 */
export const certificateNameRetention: Eraser = {
  subject: RetentionSubject.CERTIFICATE_NAME,
  due: async (tx, before) => Number((await due(tx, before, 'COUNT(*) AS due'))[0]?.due ?? 0),
  async erase(db, files, before) {
    for (let erased = 0; ;) {
      const block = await db.read((tx) =>
        due(tx, before, 'c.id AS certificateId, d.id AS documentId, d.sha256', `ORDER BY c.id LIMIT ${AT_ONCE}`),
      );
      // The file goes first: cut off in between, the row still says that there is something to erase.
      for (const { sha256 } of block) if (sha256) await files.remove(fileKey(sha256));
      await db.write(SYSTEM, async (tx) => {
        for (const { certificateId, documentId } of block) {
          const { printed } = await tx.get(Certificate, { id: certificateId });
          await tx.update(Certificate, { id: certificateId }, { printed: withoutNames(printed) });
          await tx.update(StoredDocument, { id: documentId }, { state: DocumentState.ERASED });
          tx.emit(CertificateNameErased, { certificateId });
        }
      });
      erased += block.length;
      if (block.length < AT_ONCE) return erased;
    }
  },
};
