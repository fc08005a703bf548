import { contentOf, type PageContent } from './page-content.js';
import { PdfDocument } from './document.js';
import { FontProgram } from './font-program.js';
import { metadataOf } from './metadata.js';
import { isDictionary, nameOf, Ref, Stream, Text, type Dictionary, type Value } from './values.js';

/**
 * Our own reading of the rules of PDF/A-3b (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) that a writer can break. Passing
 * them is no conformance: that is for a validator such as veraPDF to say, and has not been asked yet.
 */
export interface Rule {
  name: string;
  /** What is wrong; nothing when the rule is kept. */
  check: (file: Opened) => (string | false | null | undefined)[];
}

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

/** Every rule that the file breaks, each with what is wrong. */
export function faultsOf(bytes: Uint8Array): string[] {
  const file = opened(bytes);
  return rules.flatMap(({ name, check }) => {
    const found = check(file).filter(Boolean);
    return found.length > 0
      ? [`${name}: ${found.slice(0, 3).join('; ')}${found.length > 3 ? ` and ${found.length - 3} more` : ''}`]
      : [];
  });
}

function opened(bytes: Uint8Array): Opened {
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

/** The widths of a font's codes, as its dictionary says them. */
function widthsOf(document: PdfDocument, descendant: Dictionary): Map<number, number> {
  const widths = new Map<number, number>();
  const rows = document.list(descendant.W);
  for (let at = 0; at < rows.length;) {
    const first = Number(rows[at]);
    const next = document.get(rows[at + 1]);
    if (Array.isArray(next)) {
      for (const [index, width] of next.entries()) widths.set(first + index, Number(width));
      at += 2;
    } else {
      for (let code = first; code <= Number(next); code++) widths.set(code, Number(rows[at + 2]));
      at += 3;
    }
  }
  return widths;
}

/** Every dictionary of the file, those of streams too. */
function everyDictionary({ document }: Opened): Dictionary[] {
  const found: Dictionary[] = [];
  const visit = (value: Value): void => {
    if (value instanceof Stream) visit(value.dictionary);
    else if (Array.isArray(value)) value.forEach(visit);
    else if (isDictionary(value)) {
      found.push(value);
      Object.values(value).forEach(visit);
    }
  };
  for (const value of document.objects.values()) visit(value);
  return found;
}

const streamsOf = ({ document }: Opened) => [...document.objects.values()].filter((value) => value instanceof Stream);
const words = (value: Value | undefined) => (value instanceof Text ? value.words : '');
/** `D:20261121083000Z` as XMP writes it. */
const asIso = (date: string) =>
  date.replace(
    /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(Z|[+-]\d\d)?'?(\d\d)?'?.*$/,
    (_, y, m, d, h, i, s, zone = 'Z', minutes = '00') =>
      `${y}-${m}-${d}T${h}:${i}:${s}${zone === 'Z' ? 'Z' : `${zone}:${minutes}`}`,
  );
const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
const ROLES =
  /^(Document|Part|Art|Sect|Div|BlockQuote|Caption|TOC|TOCI|Index|NonStruct|Private|P|H[1-6]?|L|LI|Lbl|LBody|Table|TR|TH|TD|THead|TBody|TFoot|Span|Quote|Note|Reference|BibEntry|Code|Link|Annot|Ruby|Warichu|Figure|Formula|Form)$/;

/** The table from marks and annotations back to the elements they belong to. */
function parentsOf({ document }: Opened): Map<number, Value> {
  const parents = new Map<number, Value>();
  const visit = (value: Value | undefined): void => {
    const node = document.dictionary(value);
    const numbers = document.list(node?.Nums);
    for (let at = 0; at < numbers.length; at += 2) parents.set(Number(numbers[at]), document.get(numbers[at + 1]));
    for (const kid of document.list(node?.Kids)) visit(kid);
  };
  visit(document.dictionary(document.root.StructTreeRoot)?.ParentTree);
  return parents;
}

const each = <T>(values: Iterable<T>, wrong: (value: T) => string | false | null | undefined) => [...values].map(wrong);

export const rules: Rule[] = [
  // The file.
  {
    name: 'the first line names the version',
    check: ({ document }) => [!/^%PDF-1\.[4-7][\r\n]/.test(document.source) && 'no %PDF-1.4 to 1.7'],
  },
  {
    name: 'the second line has bytes above 127',
    check: ({ document }) => [!/^[^\n]*\n%[\x80-\xff]{4}/.test(document.source) && 'a program may take it for text'],
  },
  {
    name: 'nothing follows the end of the file',
    check: ({ document }) => [!/%%EOF\r?\n?$/.test(document.source) && 'bytes after %%EOF'],
  },
  {
    name: 'the file has an identity',
    check: ({ document }) => {
      const parts = document.list(document.trailer.ID);
      return [
        (parts.length !== 2 || !parts.every((part) => part instanceof Text && part.bytes.length > 0)) &&
          'no ID of two parts',
      ];
    },
  },
  { name: 'the file is not encrypted', check: ({ document }) => ['Encrypt' in document.trailer && 'Encrypt'] },
  { name: 'every object stands where the table says', check: ({ document }) => document.faults },
  {
    name: 'every reference leads to an object',
    check: (file) => {
      const values: Value[] = [file.document.trailer, ...everyDictionary(file)].flatMap((each) =>
        Object.values(each).flat(),
      );
      return each(
        values,
        (value) => value instanceof Ref && !file.document.objects.has(value.number) && `${value.number} 0 R`,
      );
    },
  },
  {
    name: 'streams lie in the file, packed with deflate or not at all',
    check: (file) =>
      each(streamsOf(file), ({ dictionary }) => {
        const filter = file.document.get(dictionary.Filter);
        if ('F' in dictionary || 'FFilter' in dictionary) return 'a stream in another file';
        return filter !== null && [filter].flat().some((name) => name !== '/FlateDecode') && 'another filter';
      }),
  },
  {
    name: 'no name is longer than 127 bytes, no text than 32,767',
    check: (file) =>
      each(
        everyDictionary(file).flatMap((each) => Object.entries(each).flat(2)),
        (value) =>
          typeof value === 'string'
            ? value.length > 128 && value.slice(0, 20)
            : value instanceof Text && value.bytes.length > 32_767 && 'a text',
      ),
  },
  // What it says of itself.
  {
    name: 'the metadata are XMP',
    check: ({ document, metadata }) => {
      const stream = document.dictionary(document.root.Metadata);
      if (!stream) return ['there are none'];
      if (stream.Type !== '/Metadata' || stream.Subtype !== '/XML') return ['their Type or Subtype'];
      const unknown = Object.keys(stream).filter((key) => !/^(Type|Subtype|Length|Filter|DecodeParms)$/.test(key));
      return [metadata === null && 'they are not well-formed XML', unknown.length > 0 && `the key ${unknown.join()}`];
    },
  },
  {
    name: 'the packet of the metadata says neither bytes nor encoding',
    check: ({ document }) => [
      /<\?xpacket begin[^?]*(bytes|encoding)=/.test(document.content(document.root.Metadata)) && 'it does',
    ],
  },
  {
    name: 'the metadata say PDF/A-3b',
    check: ({ metadata }) => [
      (metadata?.get('pdfaid:part') !== '3' || metadata.get('pdfaid:conformance') !== 'B') && 'pdfaid',
    ],
  },
  {
    name: 'the metadata say PDF/UA-1, and what that is',
    check: ({ metadata }) => [
      metadata?.get('pdfuaid:part') !== '1' && 'pdfuaid',
      metadata?.get('schema pdfuaid') === undefined && 'its schema is not told',
    ],
  },
  {
    name: 'the title is the same in both places',
    check: ({ document, metadata }) => {
      const title = words(document.dictionary(document.trailer.Info)?.Title);
      return [
        !metadata?.get('dc:title') && 'the metadata have none',
        title !== (metadata?.get('dc:title') ?? '') && 'Info differs',
      ];
    },
  },
  {
    name: 'makers and dates are the same in both places',
    check: ({ document, metadata }) => {
      const info = document.dictionary(document.trailer.Info) ?? {};
      const pairs: [string, string, (text: string) => string][] = [
        ['Creator', 'xmp:CreatorTool', String],
        ['Producer', 'pdf:Producer', String],
        ['CreationDate', 'xmp:CreateDate', asIso],
        ['ModDate', 'xmp:ModifyDate', asIso],
      ];
      return each(
        pairs,
        ([key, property, form]) => key in info && form(words(info[key])) !== metadata?.get(property) && key,
      );
    },
  },
  // Colour and drawing.
  {
    name: 'the colours are those of an embedded profile',
    check: ({ document }) => {
      const intents = document.list(document.root.OutputIntents).map((each) => document.dictionary(each)!);
      const intent = intents.find(({ S }) => S === '/GTS_PDFA1');
      if (!intent) return ['no output intent of PDF/A'];
      const profile = document.content(intent.DestOutputProfile);
      const stated = document.dictionary(intent.DestOutputProfile)?.N;
      return [
        !intent.OutputConditionIdentifier && 'no OutputConditionIdentifier',
        (profile.slice(36, 40) !== 'acsp' ||
          Buffer.from(profile.slice(0, 4), 'latin1').readUInt32BE() !== profile.length) &&
          'no ICC profile',
        (stated !== 3 || profile.slice(16, 20) !== 'RGB ') && 'not three colours',
      ];
    },
  },
  {
    name: 'only grey and RGB are painted',
    check: ({ pages }) => each(pages, ({ content }) => content.colours.size > 0 && [...content.colours].join(' ')),
  },
  {
    name: 'nothing is transparent',
    check: (file) =>
      each(everyDictionary(file), (each) => {
        const translucent = ['CA', 'ca'].some(
          (key) => key in each && each.Type !== '/Annot' && each[key] !== 1 && typeof each[key] === 'number',
        );
        return (
          (translucent ||
            ('SMask' in each && each.SMask !== '/None') ||
            ('BM' in each && each.BM !== '/Normal') ||
            each.S === '/Transparency') &&
          'an opacity, a mask or a blend'
        );
      }),
  },
  {
    name: 'no picture is smoothed, replaced or outside the file',
    check: (file) =>
      each(
        streamsOf(file),
        ({ dictionary }) =>
          (dictionary.Interpolate === true ||
            ['Alternates', 'OPI', 'Ref', 'PS'].some((key) => key in dictionary) ||
            dictionary.Subtype === '/PS') &&
          'one',
      ),
  },
  { name: 'every operator is known', check: ({ pages }) => pages.flatMap(({ content }) => content.unknown) },
  { name: 'operators are nested rightly', check: ({ pages }) => pages.flatMap(({ content }) => content.unbalanced) },
  {
    name: 'the state is kept at most 28 deep',
    check: ({ pages }) => each(pages, ({ content }) => content.deepest > 28 && String(content.deepest)),
  },
  {
    name: 'a page has all that it draws with',
    check: ({ document, pages }) =>
      pages.flatMap(({ page, content }) => {
        const resources = document.dictionary(page.Resources);
        if (!resources) return ['a page without resources'];
        const lacks = (kind: string, names: Set<string>) =>
          [...names].filter((name) => !document.dictionary(document.dictionary(resources[kind])?.[name]));
        return [
          ...lacks('Font', content.fonts),
          ...lacks('XObject', content.objects),
          ...lacks('ExtGState', content.states),
        ];
      }),
  },
  // Fonts.
  { name: 'every font is embedded', check: ({ fonts }) => each(fonts, ({ name, program }) => !program && name) },
  {
    name: 'a font is of two bytes a code, with a table to its glyphs',
    check: ({ document, fonts }) =>
      each(fonts, ({ name, font, descendant }) => {
        const order = document.dictionary(descendant.CIDSystemInfo);
        const right =
          font.Subtype === '/Type0' && font.Encoding === '/Identity-H' && descendant.Subtype === '/CIDFontType2';
        return (!right || words(order?.Ordering) !== 'Identity' || !descendant.CIDToGIDMap) && name;
      }),
  },
  {
    name: 'a cut font has a name of its own, the same everywhere',
    check: ({ fonts }) =>
      each(
        fonts,
        ({ name, descendant, descriptor }) =>
          (!/^[A-Z]{6}\+/.test(name) || nameOf(descendant.BaseFont) !== name || nameOf(descriptor.FontName) !== name) &&
          name,
      ),
  },
  {
    name: 'two fonts do not share a name',
    check: ({ fonts }) => [new Set(fonts.map(({ name }) => name)).size < fonts.length && 'two do'],
  },
  {
    name: 'a font says how it looks',
    check: ({ fonts }) =>
      each(fonts, ({ name, descriptor }) => {
        const missing = 'Flags FontBBox ItalicAngle Ascent Descent CapHeight StemV'
          .split(' ')
          .filter((key) => !(key in descriptor));
        return missing.length > 0 && `${name} without ${missing.join(' ')}`;
      }),
  },
  {
    name: 'the width of a code is that of its glyph',
    check: ({ document, fonts }) =>
      fonts.flatMap(({ name, descendant, program, glyphOf, codes }) => {
        const widths = widthsOf(document, descendant);
        const otherwise = Number(descendant.DW ?? 1000);
        return each(
          new Set([...widths.keys(), ...codes]),
          (code) =>
            program &&
            Math.abs((widths.get(code) ?? otherwise) - program.width(glyphOf(code))) > 1 &&
            `${name} ${code}`,
        );
      }),
  },
  {
    name: 'a code that is shown has a glyph',
    check: ({ fonts }) =>
      fonts.flatMap(({ name, program, codes, glyphOf }) =>
        each(codes, (code) => (!glyphOf(code) || !program || glyphOf(code) >= program.glyphs) && `${name} ${code}`),
      ),
  },
  {
    name: 'a code that is shown stands for characters',
    check: ({ fonts }) =>
      fonts.flatMap(({ name, codes, characters }) =>
        each(
          codes,
          (code) => !/^[^\0\ufeff\ufffe\uffff\ufffd]+$/.test(characters.get(code) ?? '') && `${name} ${code}`,
        ),
      ),
  },
  // What can be touched.
  {
    name: 'nothing runs by itself',
    check: (file) =>
      each(everyDictionary(file), (each) => {
        const action = [
          'JavaScript',
          'Launch',
          'Sound',
          'Movie',
          'ResetForm',
          'ImportData',
          'Hide',
          'Rendition',
          'SubmitForm',
        ];
        return (
          ('JS' in each ||
            'AA' in each ||
            'OpenAction' in each ||
            'XFA' in each ||
            'NeedAppearances' in each ||
            action.includes(nameOf(each.S))) &&
          'an action'
        );
      }),
  },
  {
    name: 'an annotation is printed',
    check: ({ annotations }) =>
      each(annotations, ({ F, Subtype }) => (Number(F ?? 0) & 0b10_0111) !== 4 && nameOf(Subtype)),
  },
  {
    name: 'an annotation says in words what it is',
    check: ({ annotations }) => each(annotations, ({ Contents, Subtype }) => !words(Contents) && nameOf(Subtype)),
  },
  {
    name: 'an annotation that is seen has its picture',
    check: ({ document, annotations }) =>
      each(annotations, ({ Subtype, AP, Rect }) => {
        const seen = !/^(Link|Popup)$/.test(nameOf(Subtype)) && document.list(Rect).some((side) => side !== 0);
        return seen && Object.keys(document.dictionary(AP) ?? {}).join() !== 'N' && nameOf(Subtype);
      }),
  },
  {
    name: 'an attached file says what it is',
    check: (file) =>
      each(
        everyDictionary(file).filter(({ EF }) => EF !== undefined),
        ({ AFRelationship, F, UF, EF }) => {
          const inner = file.document.dictionary(file.document.dictionary(EF)?.F);
          const parameters = file.document.dictionary(inner?.Params);
          return (!AFRelationship || !F || !UF || !inner?.Subtype || !parameters?.ModDate) && 'one';
        },
      ),
  },
  // For those who hear it.
  {
    name: 'the file is marked as tagged',
    check: ({ document }) => {
      const marked = document.dictionary(document.root.MarkInfo);
      return [marked?.Marked !== true && 'not Marked', marked?.Suspects === true && 'Suspects'];
    },
  },
  {
    name: 'the language is said',
    check: ({ document, elements }) => [
      !LANGUAGE.test(words(document.root.Lang)) && 'of the file',
      ...each(elements, ({ role, dictionary: { Lang } }) => Lang !== undefined && !LANGUAGE.test(words(Lang)) && role),
    ],
  },
  {
    name: 'the title is shown, not the name of the file',
    check: ({ document }) => [
      document.dictionary(document.root.ViewerPreferences)?.DisplayDocTitle !== true && 'DisplayDocTitle',
    ],
  },
  {
    name: 'the keyboard follows the structure',
    check: ({ pages }) => each(pages, ({ page }) => page.Annots !== undefined && page.Tabs !== '/S' && 'a page'),
  },
  {
    name: 'everything painted is a piece or an ornament',
    check: ({ pages }) => each(pages, ({ content }) => content.naked.length > 0 && content.naked.slice(0, 5).join(' ')),
  },
  {
    name: 'a mark is used once on its page',
    check: ({ pages }) =>
      each(pages, ({ content: { marks } }) => new Set(marks).size < marks.length && 'one is used again'),
  },
  {
    name: 'a mark belongs to the element that holds it',
    check: (file) => {
      const parents = parentsOf(file);
      const holders = new Map(file.elements.map((element) => [element.number, element]));
      return file.pages.flatMap(({ page, content }) => {
        const owners = parents.get(Number(page.StructParents));
        return each(content.marks, (mark) => {
          const owner = Array.isArray(owners) ? owners[mark] : undefined;
          const element = owner instanceof Ref ? holders.get(owner.number) : undefined;
          const holds = element?.kids.some((kid) => kid === mark || file.document.dictionary(kid)?.MCID === mark);
          return !holds && `mark ${mark}`;
        });
      });
    },
  },
  {
    name: 'an element holds marks that are there',
    check: ({ document, elements, pages }) => {
      const marks = new Map(pages.map(({ page, content }) => [page, new Set(content.marks)]));
      return elements.flatMap(({ role, dictionary, kids }) =>
        each(kids, (kid) => {
          const reference = document.dictionary(kid);
          const mark = typeof kid === 'number' ? kid : reference?.MCID;
          const page = document.dictionary(reference?.Pg ?? dictionary.Pg);
          return typeof mark === 'number' && !(page && marks.get(page)?.has(mark)) && `${role} ${mark}`;
        }),
      );
    },
  },
  {
    name: 'an element knows its parent',
    check: ({ document, elements }) =>
      each(elements, ({ role, parent, dictionary }) => {
        const known = document.dictionary(dictionary.P);
        return known !== (parent?.dictionary ?? document.dictionary(document.root.StructTreeRoot)) && role;
      }),
  },
  {
    name: 'every role is known',
    check: ({ document, elements }) => {
      const mapped = document.dictionary(document.dictionary(document.root.StructTreeRoot)?.RoleMap) ?? {};
      return [
        elements.length === 0 && 'no structure',
        ...each(elements, ({ role }) => !ROLES.test(role) && !(role in mapped) && role),
      ];
    },
  },
  {
    name: 'a picture has words instead of it, and its place',
    check: ({ document, elements }) =>
      each(elements, ({ role, dictionary: { Alt, ActualText, A } }) => {
        const attributes = document.list(A).length ? document.list(A) : [A];
        const placed = attributes.some((each) => document.list(document.dictionary(each)?.BBox).length === 4);
        return role === 'Figure' && (!(words(Alt) || words(ActualText)) || !placed) && 'a figure';
      }),
  },
  {
    name: 'a table has rows of heads and cells, and a head says what it heads',
    check: ({ document, elements }) =>
      each(elements, ({ role, parent, dictionary: { A } }) => {
        const within: Record<string, RegExp> = { TR: /^(Table|THead|TBody|TFoot)$/, TH: /^TR$/, TD: /^TR$/ };
        if (within[role] && !within[role].test(parent?.role ?? '')) return role;
        const attributes = document.list(A).length ? document.list(A) : [A];
        return role === 'TH' && !attributes.some((each) => document.dictionary(each)?.Scope) && 'TH without Scope';
      }),
  },
  {
    name: 'headings go down one level at a time',
    check: ({ elements }) => {
      const levels = elements.flatMap(({ role }) => /^H([1-6])$/.exec(role)?.[1] ?? []).map(Number);
      return each(levels.entries(), ([at, level]) => level > (levels[at - 1] ?? 0) + 1 && `H${level} too early`);
    },
  },
  {
    name: 'a link is an element of its own',
    check: (file) => {
      const parents = parentsOf(file);
      const { document, elements } = file;
      return each(file.annotations, (annotation) => {
        const owner = document.dictionary(parents.get(Number(annotation.StructParent ?? -1)));
        const element = elements.find(({ dictionary }) => dictionary === owner);
        const holds = element?.kids.some((kid) => document.dictionary(document.dictionary(kid)?.Obj) === annotation);
        return annotation.Subtype === '/Link' && (element?.role !== 'Link' || !holds) && 'one is not';
      });
    },
  },
];
