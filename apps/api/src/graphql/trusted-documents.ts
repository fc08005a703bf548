import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot, type Settings } from '@app/platform';

/** What the sender of another text is told. */
export const NOT_OURS = 'Not an operation of this product: production answers others to a token that allows them';

/** The operations of the web, written when it is built. */
const OF_THE_WEB = join(projectRoot, 'dist', 'web-operations.json');

/**
 * The GraphQL texts that production answers to everyone: those of our own pages, and those of the file that
 * TRUSTED_DOCUMENTS names. Elsewhere, and from a program whose token allows it, every text is answered within the limits.
 */
export class TrustedDocuments {
  private readonly texts: ReadonlySet<string> | null;

  /** @throws Error the file of TRUSTED_DOCUMENTS is not a JSON list of texts */
  constructor({ production, TRUSTED_DOCUMENTS }: Pick<Settings, 'production' | 'TRUSTED_DOCUMENTS'>) {
    const files = [...(existsSync(OF_THE_WEB) ? [OF_THE_WEB] : []), ...(TRUSTED_DOCUMENTS ? [TRUSTED_DOCUMENTS] : [])];
    this.texts = production ? new Set(files.flatMap(textsIn)) : null;
  }

  has(text: string): boolean {
    return this.texts === null || this.texts.has(asOneLine(text));
  }
}

function textsIn(file: string): string[] {
  const texts: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(texts) || !texts.every((text) => typeof text === 'string'))
    throw new Error(`${file} is not a JSON list of GraphQL texts`);
  return texts.map(asOneLine);
}

/** Spaces and line ends say nothing in GraphQL; none of our texts has a string with some inside. */
const asOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
