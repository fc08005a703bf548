import { contentOf, type PageContent } from './page-content.js';
import { PdfDocument } from './document.js';
import { FontProgram } from './font-program.js';
import { metadataOf } from './metadata.js';
import { nameOf, Ref, Stream, type Dictionary, type Value } from './values.js';

/** A file with what many rules look at. */
export interface Opened {
  bytes: Uint8Array;
  document: PdfDocument;
  pages: { page: Dictionary; content: PageContent }[];
  fonts: EmbeddedFont[];
  annotations: Dictionary[];
  metadata: Map<string, string> | null;
  elements: Element[];
}

interface EmbeddedFont {
  name: string;
  font: Dictionary;
  descendant: Dictionary;
  descriptor: Dictionary;
  program: FontProgram | null;
  /** The codes that the pages show with it. */
  codes: Set<number>;
  glyphOf: (code: number) => number;
  characters: Map<number, string>;
}

interface Element {
  number: number;
  role: string;
  parent: Element | null;
  dictionary: Dictionary;
  kids: Value[];
}

/** Reads a file whole, as strictly as the rules ask. */
export function opened(bytes: Uint8Array): Opened {
  const document = new PdfDocument(bytes);
  const pages = document.pages().map((page) => ({ page, content: contentOf(document, page) }));
  return {
    bytes,
    document,
    pages,
    fonts: fontsOf(document, pages),
    annotations: pages.flatMap(({ page }) => document.list(page.Annots).map((each) => document.dictionary(each)!)),
    metadata: readOr(null, () =>
      metadataOf(Buffer.from(document.content(document.root.Metadata), 'latin1').toString('utf8')),
    ),
    elements: elementsOf(document),
  };
}

function readOr<T, F>(fallback: F, work: () => T): T | F {
  try {
    return work();
  } catch {
    return fallback;
  }
}

function fontsOf(document: PdfDocument, pages: Opened['pages']): EmbeddedFont[] {
  const fonts = new Map<Dictionary, EmbeddedFont>();
  for (const { page, content } of pages) {
    const named = document.dictionary(document.dictionary(page.Resources)?.Font) ?? {};
    for (const [key, value] of Object.entries(named)) {
      const font = document.dictionary(value);
      if (!font) continue;
      let known = fonts.get(font);
      if (!known) fonts.set(font, (known = embedded(document, font)));
      for (const code of content.shown.get(key) ?? []) known.codes.add(code);
    }
  }
  return [...fonts.values()];
}

function embedded(document: PdfDocument, font: Dictionary): EmbeddedFont {
  const descendant = document.dictionary(document.list(font.DescendantFonts)[0]) ?? font;
  const descriptor = document.dictionary(descendant.FontDescriptor) ?? {};
  const map = document.get(descendant.CIDToGIDMap) instanceof Stream ? document.content(descendant.CIDToGIDMap) : null;
  return {
    name: nameOf(font.BaseFont),
    font,
    descendant,
    descriptor,
    program: readOr(null, () => new FontProgram(document.content(descriptor.FontFile2))),
    codes: new Set(),
    glyphOf: (code) => (map ? map.charCodeAt(2 * code) * 256 + map.charCodeAt(2 * code + 1) : code),
    characters: charactersOf(document.content(font.ToUnicode)),
  };
}

/** What a ToUnicode table says of each code. */
function charactersOf(table: string): Map<number, string> {
  const characters = new Map<number, string>();
  for (const [block] of table.matchAll(/beginbfchar[^]*?endbfchar/g)) {
    for (const [, code = '', text = ''] of block.matchAll(/<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>/g)) {
      characters.set(parseInt(code, 16), Buffer.from(text, 'hex').swap16().toString('utf16le'));
    }
  }
  for (const [block] of table.matchAll(/beginbfrange[^]*?endbfrange/g)) {
    for (const [, from = '', to = '', text = ''] of block.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w*)>/g)) {
      for (let code = parseInt(from, 16); code <= parseInt(to, 16); code++) {
        characters.set(code, String.fromCharCode(parseInt(text, 16) + code - parseInt(from, 16)));
      }
    }
  }
  return characters;
}

function elementsOf(document: PdfDocument): Element[] {
  const found: Element[] = [];
  const visit = (value: Value, parent: Element | null) => {
    const dictionary = document.dictionary(value);
    if (!dictionary?.S || found.length > 100_000) return;
    const kids = document.get(dictionary.K);
    const element = {
      number: value instanceof Ref ? value.number : 0,
      role: nameOf(dictionary.S),
      parent,
      dictionary,
      kids: Array.isArray(kids) ? kids : kids === null ? [] : [dictionary.K!],
    };
    found.push(element);
    for (const kid of element.kids) visit(kid, element);
  };
  const root = document.dictionary(document.root.StructTreeRoot);
  const top = document.get(root?.K);
  for (const kid of Array.isArray(top) ? top : [root?.K ?? null]) visit(kid, null);
  return found;
}
