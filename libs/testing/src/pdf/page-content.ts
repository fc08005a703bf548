import { isDictionary, nameOf, Operator, Reader, Text, type Dictionary, type Value } from './values.js';
import type { PdfDocument } from './document.js';

/** Everything an operator of a page does that a rule may ask about. */
export interface PageContent {
  /** Numbers of marked content, in the order of drawing. */
  marks: number[];
  /** What is painted outside marked content. */
  naked: string[];
  /** What is wrong with the nesting of operators. */
  unbalanced: string[];
  unknown: string[];
  /** The codes shown by each font, by its name in the resources; the invisible ones too. */
  shown: Map<string, Set<number>>;
  fonts: Set<string>;
  objects: Set<string>;
  states: Set<string>;
  /** Colours that are neither grey nor RGB: their operator or their space. */
  colours: Set<string>;
  deepest: number;
}

const PAINTING = /^(f|F|f\*|B|B\*|b|b\*|S|s|sh|Do|BI|Tj|TJ|'|")$/;
const KNOWN =
  /^(q|Q|cm|w|J|j|M|d|ri|i|gs|m|l|c|v|y|h|re|S|s|f|F|f\*|B|B\*|b|b\*|n|W|W\*|BT|ET|Tc|Tw|Tz|TL|Tf|Tr|Ts|Td|TD|Tm|T\*|Tj|TJ|'|"|CS|cs|SC|SCN|sc|scn|G|g|RG|rg|K|k|sh|Do|MP|DP|BMC|BDC|EMC)$/;

/** Walks over the content of a page and of the forms it draws. */
export function contentOf(document: PdfDocument, page: Dictionary): PageContent {
  const content: PageContent = {
    marks: [],
    naked: [],
    unbalanced: [],
    unknown: [],
    shown: new Map(),
    fonts: new Set(),
    objects: new Set(),
    states: new Set(),
    colours: new Set(),
    deepest: 0,
  };
  const parts = document.list(page.Contents);
  walk((parts.length ? parts : [page.Contents]).map((part) => document.content(part)).join('\n'), true);
  for (const name of content.objects) {
    const form = document.dictionary(document.dictionary(document.dictionary(page.Resources)?.XObject)?.[name]);
    const ref = document.dictionary(document.dictionary(page.Resources)?.XObject)?.[name];
    if (form?.Subtype === '/Form') walk(document.content(ref), false);
  }
  return content;

  function walk(source: string, isPage: boolean): void {
    const reader = new Reader(source);
    const open: string[] = [];
    let values: Value[] = [];
    let font = '';
    let depth = 0;
    let inText = false;
    for (let value = reader.next(); value !== undefined; value = reader.next()) {
      if (!(value instanceof Operator)) {
        values.push(value);
        continue;
      }
      const { name } = value;
      if (!KNOWN.test(name)) content.unknown.push(name);
      if (name === 'q') content.deepest = Math.max(content.deepest, ++depth);
      if (name === 'Q' && --depth < 0) content.unbalanced.push('Q without q');
      if (name === 'BT' || name === 'ET') {
        if (inText === (name === 'BT')) content.unbalanced.push(`${name} out of its order`);
        inText = name === 'BT';
      }
      if (name === 'BMC' || name === 'BDC') {
        const properties = values[1];
        const mark = isDictionary(properties) && typeof properties.MCID === 'number' ? properties.MCID : null;
        const kind = mark === null ? nameOf(values[0]) : 'MCID';
        if (mark !== null) content.marks.push(mark);
        if (open.includes('MCID') && kind === 'Artifact') content.unbalanced.push('an ornament inside a piece');
        if (open.includes('Artifact') && kind === 'MCID') content.unbalanced.push('a piece inside an ornament');
        open.push(kind);
      }
      if (name === 'EMC' && open.pop() === undefined) content.unbalanced.push('EMC without BDC');
      if (PAINTING.test(name) && isPage && !open.some((kind) => kind === 'MCID' || kind === 'Artifact'))
        content.naked.push(name);
      if (name === 'Tf') content.fonts.add((font = nameOf(values[0])));
      if (name === 'Do') content.objects.add(nameOf(values[0]));
      if (name === 'gs') content.states.add(nameOf(values[0]));
      if (/^(K|k|sh)$/.test(name)) content.colours.add(name);
      if (/^(CS|cs)$/.test(name) && !/^Device(RGB|Gray)$/.test(nameOf(values[0])))
        content.colours.add(nameOf(values[0]));
      if (/^(Tj|TJ|'|")$/.test(name))
        show(
          font,
          values.flat().filter((each) => each instanceof Text),
        );
      values = [];
    }
    if (depth > 0) content.unbalanced.push('q without Q');
    if (inText) content.unbalanced.push('BT without ET');
    if (open.length > 0) content.unbalanced.push('BDC without EMC');
  }

  function show(font: string, texts: Text[]): void {
    let codes = content.shown.get(font);
    if (!codes) content.shown.set(font, (codes = new Set()));
    for (const { bytes } of texts) {
      for (let at = 0; at + 1 < bytes.length; at += 2) codes.add(bytes.charCodeAt(at) * 256 + bytes.charCodeAt(at + 1));
    }
  }
}
