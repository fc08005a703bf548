import { createHash } from 'node:crypto';
import type { Notebook } from './notebook.js';
import type { Person } from './person.js';

export interface StoredDocument {
  state: string;
  fileName: string;
  mimeType: string;
  sha256: string | null;
  bytes: number | null;
}

export interface Link {
  url: string;
  expiresAt: string;
}

const DOCUMENT = 'query ($id: ID!) { storedDocument(id: $id) { state fileName mimeType sha256 bytes } }';
const OPEN = 'mutation ($id: ID!) { openDocument(id: $id) { url expiresAt } }';

export const linkTo = async (person: Person, id: string): Promise<Link> =>
  (await person.ask<{ openDocument: Link }>(OPEN, { id })).openDocument;

/** Fetches a document by a link of 60 seconds, keeps it, and holds its bytes against its row. */
export async function download(book: Notebook, person: Person, id: string, name: string): Promise<Uint8Array> {
  const { bytes, good } = await fetchPaper(person, id);
  await book.keep(name, bytes);
  book.check(`${name}: درهم‌سازی و اندازه درست است`, `${name}: SHA-256 and size are those of its row`, good, true);
  return bytes;
}

export async function fetchPaper(
  person: Person,
  id: string,
): Promise<{ bytes: Uint8Array; sha256: string; good: boolean }> {
  const { storedDocument: row } = await person.ask<{ storedDocument: StoredDocument }>(DOCUMENT, { id });
  const { url } = await linkTo(person, id);
  const response = await person.get(url);
  if (!response.ok) throw new Error(`${row.fileName} cannot be opened: ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { bytes, sha256, good: row.state === 'READY' && sha256 === row.sha256 && bytes.length === row.bytes };
}
