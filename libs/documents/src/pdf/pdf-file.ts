import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';

/** The number by which an object of the file is referred to. */
export type Ref = number;

/** Bytes that many files begin with, and where in them the objects stand. */
export interface FileStart {
  readonly bytes: Uint8Array;
  /** The rows of the cross-reference table, of objects that are only reserved too. */
  readonly rows: Uint8Array;
  readonly count: number;
  readonly digest: string;
}

/** Bytes of a row: its kind, an offset or the number of a stream of objects, and the place in it. */
const ROW = 7;
const STREAM = '\nstream\n';
const END_STREAM = '\nendstream\nendobj\n';

/**
 * Writes a PDF 1.7, object by object. Everything is written once, in the order it comes; what is the same in many files
 * is written into a start that they share. The same calls give the same bytes.
 */
export class PdfFile {
  private readonly parts: Uint8Array[] = [];
  private pending = '';
  private position: number;
  private count: number;
  private readonly rows: { ref: Ref; kind: 1 | 2; at: number; place: number }[] = [];

  /** @param effort what compressing takes: much for what many files share, little for what is drawn anew each time */
  constructor(
    private readonly start: FileStart | null = null,
    private readonly effort: 'much' | 'little' = 'little',
  ) {
    this.count = start?.count ?? 1;
    this.position = start?.bytes.length ?? 0;
    // Four bytes above 127 tell programs that the file is not text.
    if (!start) this.add('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n');
  }

  /** A number for an object that is written later; the first of several in a row. */
  reserve(several = 1): Ref {
    this.count += several;
    return this.count - several;
  }

  /** Writes an object. */
  object(body: string, ref = this.reserve()): Ref {
    this.place(ref);
    this.add(`${ref} 0 obj\n${body}\nendobj\n`);
    return ref;
  }

  /** Writes a stream, compressed. `entries` are those of its dictionary but length and filter. */
  stream(entries: string, content: Uint8Array | string, ref = this.reserve()): Ref {
    const bytes = deflateSync(typeof content === 'string' ? Buffer.from(content, 'latin1') : content, {
      level: this.effort === 'much' ? 9 : 3,
    });
    return this.rawStream(`${entries}/Filter/FlateDecode`, bytes, ref);
  }

  /** Writes a stream as it stands; a text of one byte a letter. */
  rawStream(entries: string, bytes: Uint8Array | string, ref = this.reserve()): Ref {
    this.place(ref);
    this.add(`${ref} 0 obj\n<<${entries}/Length ${bytes.length}>>${STREAM}`);
    if (typeof bytes === 'string') {
      this.add(bytes + END_STREAM);
      return ref;
    }
    this.flush();
    this.parts.push(bytes);
    this.position += bytes.length;
    this.add(END_STREAM);
    return ref;
  }

  /** Writes many small objects as one compressed stream. */
  packed(objects: readonly [ref: Ref, body: string][]): void {
    for (let from = 0; from < objects.length; from += PACK) this.pack(objects.slice(from, from + PACK));
  }

  private pack(objects: readonly [ref: Ref, body: string][]): void {
    let heads = '';
    let bodies = '';
    const stream = this.reserve();
    for (const [place, [ref, body]] of objects.entries()) {
      heads += `${ref} ${bodies.length} `;
      bodies += `${body}\n`;
      this.rows.push({ ref, kind: 2, at: stream, place });
    }
    this.stream(`/Type/ObjStm/N ${objects.length}/First ${heads.length}`, heads + bodies, stream);
  }

  private place(ref: Ref): void {
    this.rows.push({ ref, kind: 1, at: this.position, place: 0 });
  }

  private add(text: string): void {
    this.pending += text;
    this.position += text.length;
  }

  private flush(): void {
    if (this.pending) this.parts.push(Buffer.from(this.pending, 'latin1'));
    this.pending = '';
  }

  /** What is written so far, for files that go on from here. */
  asStart(): FileStart {
    this.flush();
    const bytes = this.start ? Buffer.concat([this.start.bytes, ...this.parts]) : Buffer.concat(this.parts);
    return { bytes, rows: this.allRows(), count: this.count, digest: createHash('sha256').update(bytes).digest('hex') };
  }

  /** Ends the file. Its identity is what stands in it. */
  end(catalogue: Ref, info: Ref): Uint8Array {
    const ref = this.reserve();
    this.flush();
    const hash = createHash('sha256').update(this.start?.digest ?? '');
    for (const part of this.parts) hash.update(part);
    const id = hash.digest('hex').slice(0, 32);
    const from = this.position;
    this.place(ref);
    const rows = this.allRows();
    const packed = rows.length > 2048 ? deflateSync(rows) : rows;
    const filter = packed === rows ? '' : '/Filter/FlateDecode';
    this.add(
      `${ref} 0 obj\n<</Type/XRef/Size ${this.count}/W[1 4 2]/Root ${catalogue} 0 R/Info ${info} 0 R` +
        `/ID[<${id}><${id}>]${filter}/Length ${packed.length}>>${STREAM}`,
    );
    this.flush();
    this.parts.push(packed);
    this.add(`${END_STREAM}startxref\n${from}\n%%EOF\n`);
    this.flush();
    return Buffer.concat(this.start ? [this.start.bytes, ...this.parts] : this.parts);
  }

  private allRows(): Uint8Array {
    const rows = Buffer.alloc(this.count * ROW);
    if (this.start) rows.set(this.start.rows);
    else rows.writeUInt16BE(0xffff, 5);
    for (const { ref, kind, at, place } of this.rows) {
      rows[ref * ROW] = kind;
      rows.writeUInt32BE(at, ref * ROW + 1);
      rows.writeUInt16BE(place, ref * ROW + 5);
    }
    return rows;
  }
}

/** Objects in one stream: readers open the whole of it for one of them. */
const PACK = 500;

/** A text as a string of a PDF: plain where it can be, else UTF-16. */
export function textString(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return `(${text.replace(/[\\()]/g, '\\$&')})`;
  let hex = '<FEFF';
  for (let at = 0; at < text.length; at++) hex += text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
  return `${hex}>`;
}
