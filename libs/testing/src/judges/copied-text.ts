import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inFolder } from './picture.js';
import { ask } from './programs.js';

/** What Poppler lets copy from each page. MuPDF 1.21 gives Persian as it stands on the paper, letter by letter. */
export function copiedText(bytes: Uint8Array): string[] {
  return inFolder((folder) => {
    const file = join(folder, 'paper.pdf');
    writeFileSync(file, bytes);
    return ask('pdftotext', [file, '-']).toString().replace(/\f$/, '').split('\f');
  });
}

/** A text as a reader compares it: without marks of direction, with single blanks. */
export const asRead = (text: string) =>
  text
    .normalize('NFC')
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
