import { fileKey, uploadKey } from '@app/documents';
import { AuditHeadsSigned, headsKey } from '@app/platform';
import type { RawRow } from './tables.js';

interface RowFile {
  /** The file a row names, by its key in the file store; null for a row without one. */
  key(row: RawRow): string | null;
  /** The product itself removes such a file before its row: its absence is no fault. */
  mayBeGone?: boolean;
}

const text = (value: unknown): string => String(value);

const headsOf = ({ name, payload }: RawRow): string | null =>
  name === AuditHeadsSigned.name ? headsKey((JSON.parse(text(payload)) as AuditHeadsSigned).day) : null;

/** Every table whose rows name files. */
export const rowFiles: Record<string, RowFile> = {
  business_event: { key: headsOf },
  // Of an erased paper only the hash is kept.
  stored_document: {
    key: ({ sha256, state }) => (sha256 === null || state === 'ERASED' ? null : fileKey(text(sha256))),
  },
  certificate_template: { key: ({ emblem }) => (emblem === null ? null : fileKey(text(emblem))) },
  upload: { key: ({ id }) => uploadKey(text(id)), mayBeGone: true },
  class_list_import: { key: ({ reportKey }) => (reportKey === null ? null : text(reportKey)) },
};
