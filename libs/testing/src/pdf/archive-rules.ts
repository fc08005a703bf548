import type { PdfDocument } from './document.js';
import type { Opened } from './opened.js';
import { each, type Rule } from './rule.js';
import { isDictionary, nameOf, Ref, Stream, Text, words, type Dictionary, type Value } from './values.js';

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
/** `D:20261121083000Z` as XMP writes it. */
const asIso = (date: string) =>
  date.replace(
    /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(Z|[+-]\d\d)?'?(\d\d)?'?.*$/,
    (_, y, m, d, h, i, s, zone = 'Z', minutes = '00') =>
      `${y}-${m}-${d}T${h}:${i}:${s}${zone === 'Z' ? 'Z' : `${zone}:${minutes}`}`,
  );

/** What a file must hold so that it looks the same in fifty years: PDF/A-3b. */
export const archiveRules: Rule[] = [
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
];
