import { DocumentErased, DocumentState, fileKey, type StoredDocument } from '@app/documents';
import { conditions, type Reads, shred, SYSTEM } from '@app/platform';
import { REPORT_KINDS } from '../attendance/attendance-report.service.js';
import { CourseRun } from '../course-run/course-run.entity.js';
import { PEOPLE_EXPORT } from '../people-export/people-export.service.js';
import type { Eraser } from '../retention/retention.rules.js';
import { RetentionSubject } from '../retention/retention-rule.entity.js';
import { documentKind } from './paper.service.js';
import { PaperKind, PaperOrder } from './paper-order.entity.js';

const AT_ONCE = 200;
const PAPERS = [...Object.values(PaperKind).map(documentKind), ...REPORT_KINDS, PEOPLE_EXPORT];

type Due = Pick<StoredDocument, 'id' | 'sha256'> & { orderId: string | null; runId: string | null; due: number };

/**
 * P3: a paper about a course run goes when it has not been asked for during its term, and the order with it. It can be
 * ordered again, and is then drawn from what is still known. So does the file of an office's people.
 *
 * @param others kinds of documents that go with them, of upper libs
 */
export const paperRetention = (...others: string[]): Eraser => {
  const kinds = conditions('d', { kind: [...PAPERS, ...others] });
  const papers = (tx: Reads, columns: string, ending: string, values: unknown[]) =>
    tx.query<Due>(
      `SELECT ${columns} FROM stored_document d LEFT JOIN paper_order o ON o.id = d.subjectId
       WHERE ${kinds.sql} AND d.state <> '${DocumentState.ERASED}' ${ending}`,
      [...kinds.values, ...values],
    );
  const due = (tx: Reads, before: string, columns: string, ending = '') =>
    papers(tx, columns, `AND d.requestedAt < ? ${ending}`, [startOf(before)]);
  return {
    subject: RetentionSubject.PAPER,
    due: async (tx, before) => Number((await due(tx, before, 'COUNT(*) AS due'))[0]?.due ?? 0),
    async erase(db, files, before) {
      for (let erased = 0; ;) {
        const { block, kept } = await db.read(async (tx) => {
          const columns = 'd.id, d.sha256, o.id AS orderId, o.runId';
          const rows = await due(tx, before, columns, `ORDER BY d.id LIMIT ${AT_ONCE}`);
          // Two papers that say the same are one file.
          const asked = conditions('d', { sha256: rows.flatMap(({ sha256 }) => sha256 ?? []) });
          const younger = await papers(tx, 'd.sha256', `AND d.requestedAt >= ? AND ${asked.sql}`, [
            startOf(before),
            ...asked.values,
          ]);
          return { block: rows, kept: new Set(younger.map(({ sha256 }) => sha256)) };
        });
        // The file goes first: cut off in between, the row still says that there is something to erase.
        for (const { sha256 } of block) if (sha256 && !kept.has(sha256)) await files.remove(fileKey(sha256));
        await db.write(SYSTEM, async (tx) => {
          // Whoever orders a paper holds its run: what was ordered again meanwhile is seen below, and stays.
          await tx.lockAll(
            CourseRun,
            block.flatMap(({ runId }) => runId ?? []),
          );
          for (const { id, orderId } of block) {
            const old = await tx.execute('UPDATE stored_document SET state = ? WHERE id = ? AND requestedAt < ?', [
              DocumentState.ERASED,
              ...[id, startOf(before)],
            ]);
            if (old === 0) continue;
            if (orderId) await tx.remove(PaperOrder, { id: orderId });
            await shred(tx, RetentionSubject.PAPER, orderId ? [id, orderId] : [id]);
            tx.emit(DocumentErased, { documentId: id });
          }
        });
        erased += block.length;
        if (block.length < AT_ONCE) return erased;
      }
    },
  };
};

const startOf = (day: string) => `${day} 00:00:00.000`;
