import { beforeAll, describe, expect, it } from '@jest/globals';
import { code, drawTable, fa, latin, number, Paper } from '@app/documents';
import { PdfDocument, written } from './document.js';
import { faultsOf, rules } from './rules.js';
import { isDictionary, Ref, Stream, Text, type Dictionary, type Value } from './values.js';

const COLUMN = { style: { size: 11 }, width: 120 } as const;

/** A paper with a title in Nastaliq, sentences of both languages, a table, a picture and a link. */
async function newPaper(): Promise<Uint8Array> {
  const paper = new Paper({ title: 'کار & <هنر>', drawnAt: new Date('2026-11-21T08:30:00Z'), watermark: 'نمونه' });
  paper.addPage();
  paper.layWatermark();
  const box = { x: 100, y: 40, width: 500, height: 60 };
  paper.text('title', fa('گواهینامهٔ مهارت'), box, { face: 'nastaliq', size: 30 }, 'H1');
  paper.text('sentence', fa('دورهٔ لازم (۱۲۰ ساعت)'), { ...box, y: 110 }, { size: 14 });
  paper.text('English', latin('Office of skill, 120 hours'), { ...box, y: 160 }, { face: 'bold', size: 12 });
  const columns = ['نام', 'نمره'].map((title) => ({ ...COLUMN, place: title, title: fa(title) }));
  const rows = [{ cells: [{ field: fa('سارا') }, { field: number(18) }] }];
  const nextPage = () => 40;
  const table = { columns, headHeight: 20, headStyle: { size: 10 }, rowHeight: 20, rows, totals: [] };
  drawTable(paper, table, { right: 500, top: 230, bottom: 500, nextPage });
  paper.qr('https://maharat.example.ir/c/1', { x: 100, y: 300, width: 80, height: 80 }, '#000000');
  paper.text('address', code('https://maharat.example.ir/c/1'), { ...box, y: 390 }, { size: 9 });
  paper.link({ x: 100, y: 300, width: 80, height: 80 }, 'https://maharat.example.ir/c/1');
  return paper.bytes();
}

/** The parts of a file that are broken one by one. */
class Parts {
  constructor(readonly document: PdfDocument) {}

  get root() {
    return this.document.root;
  }
  get page() {
    return this.document.pages()[0]!;
  }
  get info() {
    return this.document.dictionary(this.document.trailer.Info)!;
  }
  get font() {
    return this.document.dictionary(
      Object.values(this.document.dictionary(this.document.dictionary(this.page.Resources)!.Font)!)[0],
    )!;
  }
  get descendant() {
    return this.document.dictionary(this.document.list(this.font.DescendantFonts)[0])!;
  }
  get descriptor() {
    return this.document.dictionary(this.descendant.FontDescriptor)!;
  }
  get link() {
    return this.document.dictionary(this.document.list(this.page.Annots)[0])!;
  }
  get structure() {
    return this.document.dictionary(this.root.StructTreeRoot)!;
  }

  element(role: string): Dictionary {
    return [...this.document.objects.values()].find(
      (each): each is Dictionary => isDictionary(each) && each.S === `/${role}`,
    )!;
  }

  /** Writes a stream anew. */
  rewrite(holder: Dictionary, key: string, change: (content: string) => string): void {
    const old = this.document.get(holder[key]) as Stream;
    const { Filter: _, ...dictionary } = old.dictionary;
    holder[key] = this.add(new Stream(dictionary, change(this.document.content(holder[key]))));
  }

  paint(change: (content: string) => string): void {
    this.rewrite(this.page, 'Contents', change);
  }

  metadata(from: string | RegExp, to: string): void {
    this.rewrite(this.root, 'Metadata', (content) => content.replace(from, to));
  }

  add(value: Value): Ref {
    const number = Math.max(...this.document.objects.keys()) + 1;
    this.document.objects.set(number, value);
    return new Ref(number);
  }
}

const text = (file: string, from: string | RegExp, to: string) => file.replace(from, to);

/** How each rule is broken: in the parts of the file, or in its bytes. */
const broken: Record<string, { parts?: (parts: Parts) => void; bytes?: (file: string) => string }> = {
  'the first line names the version': { bytes: (file) => text(file, '%PDF-1.7', '%PDF-2.0') },
  'the second line has bytes above 127': { bytes: (file) => text(file, /\n%[\x80-\xff]{4}/, '\n%abcd') },
  'nothing follows the end of the file': { bytes: (file) => `${file}\n ` },
  'the file has an identity': { parts: ({ document }) => void delete document.trailer.ID },
  'the file is not encrypted': { parts: ({ document }) => void (document.trailer.Encrypt = {}) },
  'every object stands where the table says': { bytes: (file) => text(file, '\n1 0 obj', '\n9 0 obj') },
  'every reference leads to an object': { parts: ({ root }) => void (root.Outlines = new Ref(9999)) },
  'streams lie in the file, packed with deflate or not at all': {
    parts: (parts) => void parts.add(new Stream({ Filter: '/LZWDecode' }, '')),
  },
  'no name is longer than 127 bytes, no text than 32,767': {
    parts: ({ info }) => void (info.Keywords = new Text('x'.repeat(40_000))),
  },
  'the metadata are XMP': { parts: (parts) => parts.metadata('</rdf:RDF>', '') },
  'the packet of the metadata says neither bytes nor encoding': {
    parts: (parts) => parts.metadata(' id="W5M', ' encoding="UTF-8" id="W5M'),
  },
  'the metadata say PDF/A-3b': { parts: (parts) => parts.metadata(/(conformance[^>]*[>"])B/, '$1Q') },
  'the metadata say PDF/UA-1, and what that is': {
    parts: (parts) => parts.metadata(/(pdfaSchema:prefix>)pdfuaid/, '$1other'),
  },
  'the title is the same in both places': { parts: ({ info }) => void (info.Title = new Text('other')) },
  'makers and dates are the same in both places': {
    parts: ({ info }) => void (info.ModDate = new Text('D:20261121083001Z')),
  },
  'the colours are those of an embedded profile': { parts: ({ root }) => void delete root.OutputIntents },
  'only grey and RGB are painted': { parts: (parts) => parts.paint((content) => `0 0 0 1 k\n${content}`) },
  'nothing is transparent': { parts: (parts) => void parts.add({ Type: '/ExtGState', ca: 0.5 }) },
  'no picture is smoothed, replaced or outside the file': {
    parts: (parts) => void parts.add(new Stream({ Subtype: '/Image', Interpolate: true }, '')),
  },
  'every operator is known': { parts: (parts) => parts.paint((content) => `${content}\nxx`) },
  'operators are nested rightly': { parts: (parts) => parts.paint((content) => `${content}\nQ`) },
  'the state is kept at most 28 deep': {
    parts: (parts) => parts.paint((content) => `${'q '.repeat(29)}${'Q '.repeat(29)}${content}`),
  },
  'a page has all that it draws with': {
    parts: (parts) => parts.paint((content) => `${content}\n/Artifact BMC /None Do EMC`),
  },
  'every font is embedded': { parts: ({ descriptor }) => void delete descriptor.FontFile2 },
  'a font is of two bytes a code, with a table to its glyphs': {
    parts: ({ descendant }) => void delete descendant.CIDToGIDMap,
  },
  'a cut font has a name of its own, the same everywhere': {
    parts: ({ descriptor }) => void (descriptor.FontName = '/Vazirmatn'),
  },
  'two fonts do not share a name': {
    parts: ({ document, page, font }) => {
      for (const other of Object.values(document.dictionary(document.dictionary(page.Resources)!.Font)!)) {
        document.dictionary(other)!.BaseFont = font.BaseFont!;
      }
    },
  },
  'a font says how it looks': { parts: ({ descriptor }) => void delete descriptor.CapHeight },
  'the width of a code is that of its glyph': {
    parts: ({ document, descendant }) => {
      const widths = document.list(document.list(descendant.W)[1]);
      widths[widths.length - 1] = 5;
    },
  },
  'a code that is shown has a glyph': {
    parts: (parts) => parts.rewrite(parts.descendant, 'CIDToGIDMap', (map) => '\0'.repeat(map.length)),
  },
  'a code that is shown stands for characters': {
    parts: (parts) =>
      parts.rewrite(parts.font, 'ToUnicode', (table) =>
        table.replace(/ <\w+>(?=\nendbfchar)|> <\w{4}>/g, (found) => found.replace(/<\w+>$/, '<>')),
      ),
  },
  'nothing runs by itself': {
    parts: ({ root }) => void (root.OpenAction = { S: '/JavaScript', JS: new Text('app.alert(1)') }),
  },
  'an annotation is printed': { parts: ({ link }) => void (link.F = 2) },
  'an annotation says in words what it is': { parts: ({ link }) => void delete link.Contents },
  'an annotation that is seen has its picture': { parts: ({ link }) => void (link.Subtype = '/Stamp') },
  'an attached file says what it is': {
    parts: (parts) =>
      void parts.add({ Type: '/Filespec', F: new Text('a'), EF: { F: parts.add(new Stream({}, '{}')) } }),
  },
  'the file is marked as tagged': { parts: ({ root }) => void delete root.MarkInfo },
  'the language is said': { parts: ({ root }) => void (root.Lang = new Text('فا')) },
  'the title is shown, not the name of the file': { parts: ({ root }) => void delete root.ViewerPreferences },
  'the keyboard follows the structure': { parts: ({ page }) => void delete page.Tabs },
  'everything painted is a piece or an ornament': {
    parts: (parts) => parts.paint((content) => `${content}\n0 0 9 9 re f`),
  },
  'a mark is used once on its page': { parts: (parts) => parts.paint((content) => `${content}\n/P<</MCID 0>>BDC EMC`) },
  'a mark belongs to the element that holds it': {
    parts: (parts) => parts.paint((content) => `${content}\n/P<</MCID 99>>BDC EMC`),
  },
  'an element holds marks that are there': {
    parts: (parts) => parts.paint((content) => content.replace('/MCID 0', '/MCID 1')),
  },
  'an element knows its parent': { parts: (parts) => void (parts.element('P').P = parts.add({})) },
  'every role is known': { parts: (parts) => void (parts.element('P').S = '/Paragraph') },
  'a picture has words instead of it, and its place': { parts: (parts) => void delete parts.element('Figure').Alt },
  'a table has rows of heads and cells, and a head says what it heads': {
    parts: (parts) => void (parts.element('P').S = '/TD'),
  },
  'headings go down one level at a time': { parts: (parts) => void (parts.element('H1').S = '/H3') },
  'a link is an element of its own': { parts: ({ link }) => void delete link.StructParent },
};

describe('our rules of PDF/A-3b and PDF/UA-1', () => {
  let bytes: Uint8Array;
  beforeAll(async () => {
    bytes = await newPaper();
  });

  it('are kept by a paper of ours', () => {
    expect(faultsOf(bytes)).toEqual([]);
  });

  it('are kept by the same paper written plainly', () => {
    expect(faultsOf(written(new PdfDocument(bytes)))).toEqual([]);
  });

  it('are broken here one by one, each of them', () => {
    expect(Object.keys(broken).sort()).toEqual(rules.map(({ name }) => name).sort());
  });

  it.each(Object.entries(broken))('%s', (name, { parts, bytes: change }) => {
    const document = new PdfDocument(written(new PdfDocument(bytes)));
    parts?.(new Parts(document));
    const file = written(document);
    const spoilt = change ? Buffer.from(change(Buffer.from(file).toString('latin1')), 'latin1') : file;
    expect(faultsOf(spoilt).map((fault) => fault.slice(0, name.length))).toContain(name);
  });
});
