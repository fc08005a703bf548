import { inflateSync } from 'node:zlib';
import { isDictionary, nameOf, Operator, Reader, Ref, Stream, Text, type Dictionary, type Value } from './values.js';

/** A PDF taken apart, strictly: what a lenient reader would mend is an error here. */
export class PdfDocument {
  readonly objects = new Map<number, Value>();
  readonly trailer: Dictionary;
  /** One character for each byte. */
  readonly source: string;
  /** What was found wrong while reading. */
  readonly faults: string[] = [];

  constructor(bytes: Uint8Array) {
    this.source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
    const start = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(this.source.slice(-64));
    if (!start) throw new Error('The file does not end with startxref and %%EOF.');
    this.trailer = this.readTable(Number(start[1]));
  }

  get root(): Dictionary {
    return this.dictionary(this.trailer.Root) ?? {};
  }

  /** The value itself, also where a reference stands for it. */
  get(value: Value | undefined): Value {
    return value instanceof Ref ? (this.objects.get(value.number) ?? null) : (value ?? null);
  }

  dictionary(value: Value | undefined): Dictionary | null {
    const found = this.get(value);
    return found instanceof Stream ? found.dictionary : isDictionary(found) ? found : null;
  }

  list(value: Value | undefined): Value[] {
    const found = this.get(value);
    return Array.isArray(found) ? found : [];
  }

  /** A stream, unpacked; one character for each byte. */
  content(value: Value | undefined): string {
    const stream = this.get(value);
    if (!(stream instanceof Stream)) return '';
    const filter = this.get(stream.dictionary.Filter);
    const filters = filter === null ? [] : Array.isArray(filter) ? filter : [filter];
    let bytes = Buffer.from(stream.raw, 'latin1');
    for (const name of filters) {
      if (name !== '/FlateDecode') throw new Error(`The filter ${nameOf(name)} is not known here.`);
      bytes = inflateSync(bytes);
    }
    const parameters = this.dictionary(stream.dictionary.DecodeParms);
    if (Number(parameters?.Predictor ?? 1) > 1) throw new Error('Predictors are not known here.');
    return bytes.toString('latin1');
  }

  /** The pages in their order. */
  pages(): Dictionary[] {
    const under = (value: Value | undefined): Dictionary[] => {
      const node = this.dictionary(value);
      if (!node) return [];
      return node.Type === '/Page' ? [node] : this.list(node.Kids).flatMap(under);
    };
    return under(this.root.Pages);
  }

  /** Reads a cross-reference table of either kind and the objects it names; those before it where it was changed later. */
  private readTable(at: number): Dictionary {
    const reader = new Reader(this.source, at);
    const first = reader.next();
    if (first instanceof Operator && first.name === 'xref') return this.readRows(reader);
    const stream = this.readObject(at).value;
    if (!(stream instanceof Stream)) throw new Error(`There is no cross-reference table at byte ${at}.`);
    this.readPackedRows(stream);
    if (typeof stream.dictionary.Prev === 'number') this.readTable(stream.dictionary.Prev);
    return stream.dictionary;
  }

  private readRows(reader: Reader): Dictionary {
    for (;;) {
      const from = reader.next();
      if (from instanceof Operator) break;
      const count = Number(reader.next());
      for (let at = 0; at < count; at++) {
        const offset = Number(reader.next());
        reader.next();
        const kind = reader.next();
        if (kind instanceof Operator && kind.name === 'n') this.keep(Number(from) + at, offset);
      }
    }
    const trailer = reader.next();
    if (!isDictionary(trailer)) throw new Error('There is no trailer.');
    if (typeof trailer.Prev === 'number') this.readTable(trailer.Prev);
    return trailer;
  }

  private readPackedRows(stream: Stream): void {
    const widths = this.list(stream.dictionary.W).map(Number);
    const size = Number(stream.dictionary.Size);
    const index = this.list(stream.dictionary.Index).map(Number);
    const rows = this.content(stream);
    const packed: [number: number, holder: number][] = [];
    let at = 0;
    const field = (width: number, fallback: number) => {
      let value = width ? 0 : fallback;
      for (let byte = 0; byte < width; byte++) value = value * 256 + rows.charCodeAt(at++);
      return value;
    };
    for (let part = 0; part < Math.max(index.length, 2); part += 2) {
      const [from, count] = index.length ? [index[part]!, index[part + 1]!] : [0, size];
      for (let number = from; number < from + count; number++) {
        const [kind, place] = [field(widths[0]!, 1), field(widths[1]!, 0)];
        field(widths[2]!, 0);
        if (kind === 1) this.keep(number, place);
        if (kind === 2) packed.push([number, place]);
      }
    }
    for (const holder of new Set(packed.map(([, place]) => place))) this.readHolder(holder);
    for (const [number] of packed)
      if (!this.objects.has(number)) this.faults.push(`object ${number} is not where it should be`);
  }

  private keep(number: number, offset: number): void {
    if (this.objects.has(number)) return;
    const found = this.readObject(offset);
    if (found.number !== number) this.faults.push(`object ${number} is not at byte ${offset}`);
    this.objects.set(number, found.value);
  }

  /** A stream that holds objects. */
  private readHolder(number: number): void {
    const stream = this.objects.get(number);
    if (!(stream instanceof Stream)) return;
    const content = this.content(stream);
    const head = new Reader(content);
    const first = Number(stream.dictionary.First);
    for (let count = Number(stream.dictionary.N); count > 0; count--) {
      const [object, offset] = [Number(head.next()), Number(head.next())];
      if (!this.objects.has(object)) this.objects.set(object, new Reader(content, first + offset).next() ?? null);
    }
  }

  private readObject(at: number): { number: number; value: Value } {
    const head = /^(\d+) 0 obj\b/.exec(this.source.slice(at, at + 32));
    if (!head) throw new Error(`There is no object at byte ${at}.`);
    const number = Number(head[1]);
    const reader = new Reader(this.source, at + head[0].length);
    const value = reader.next() ?? null;
    reader.skipBlanks();
    if (!isDictionary(value) || !/^stream\r?\n/.test(this.source.slice(reader.at, reader.at + 8)))
      return { number, value };
    const start = reader.at + (this.source[reader.at + 6] === '\r' ? 8 : 7);
    const length = value.Length instanceof Ref ? this.lengthOf(value.Length) : Number(value.Length);
    if (!/^\r?\n?endstream\b/.test(this.source.slice(start + length, start + length + 12))) {
      this.faults.push(`the stream of object ${number} has another length than it says`);
    }
    return { number, value: new Stream(value, this.source.slice(start, start + length)) };
  }

  private lengthOf({ number }: Ref): number {
    const at = this.source.search(new RegExp(`(?<=^|\\n)${number} 0 obj\\b`));
    return Number(new Reader(this.source, this.source.indexOf('obj', at) + 3).next());
  }
}

/** Writes a document that was taken apart, without compression and with a plain table: to make broken files on purpose. */
export function written({ objects, trailer }: Pick<PdfDocument, 'objects' | 'trailer'>): Uint8Array {
  let file = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n';
  const kept = [...objects].filter(
    ([, value]) => !(value instanceof Stream && /ObjStm|XRef/.test(nameOf(value.dictionary.Type))),
  );
  const offsets = new Map<number, number>();
  for (const [number, value] of kept) {
    offsets.set(number, file.length);
    file += `${number} 0 obj\n${spelled(value)}\nendobj\n`;
  }
  const size = Math.max(...offsets.keys()) + 1;
  const rows = Array.from({ length: size }, (_, number) => {
    const offset = offsets.get(number);
    return offset === undefined ? '0000000000 65535 f \n' : `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const { Root, Info, ID, Encrypt } = trailer;
  const ends = Object.fromEntries(
    Object.entries({ Size: size, Root, Info, ID, Encrypt }).filter(([, value]) => value !== undefined),
  );
  file += `xref\n0 ${size}\n${rows.join('')}trailer\n${spelled(ends as Dictionary)}\nstartxref\n${file.length}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}

function spelled(value: Value): string {
  if (value instanceof Text) return `<${Buffer.from(value.bytes, 'latin1').toString('hex')}>`;
  if (value instanceof Ref) return `${value.number} 0 R`;
  if (value instanceof Operator) return value.name;
  if (value instanceof Stream) {
    return `${spelled({ ...value.dictionary, Length: value.raw.length })}\nstream\n${value.raw}\nendstream`;
  }
  if (Array.isArray(value)) return `[${value.map(spelled).join(' ')}]`;
  if (isDictionary(value))
    return `<<${Object.entries(value)
      .map(([key, each]) => `/${key} ${spelled(each)}`)
      .join('')}>>`;
  return String(value);
}
