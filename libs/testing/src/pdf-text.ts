/** What a reader can copy from each page of a PDF: its pieces of text, without direction marks and doubled blanks. */
export async function pdfText(bytes: Uint8Array): Promise<string[]> {
  // It loads a drawing library: only the specs that read a paper pay for it.
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  const pdf = await task.promise;
  const pages: string[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    const lines = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : ''));
    pages.push(plain(lines.join('')));
  }
  await task.destroy();
  return pages;
}

const plain = (text: string) =>
  text
    .normalize('NFC')
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[^\S\n]+/g, ' ');
