/** A value of a PDF. A name is a string with its stroke in front, `/Type`; a text is a `Text`. */
export type Value = number | boolean | null | string | Text | Ref | Operator | Stream | Value[] | Dictionary;
export type Dictionary = { [key: string]: Value };

/** A string of the file, one character for each byte. */
export class Text {
  constructor(readonly bytes: string) {}

  /** What a reader sees: UTF-16 where it says so, else one letter for each byte. */
  get words(): string {
    if (!this.bytes.startsWith('\xfe\xff')) return this.bytes;
    return Buffer.from(this.bytes.slice(2), 'latin1').swap16().toString('utf16le');
  }
}

/** What a string of the file says; nothing when the value is none. */
export const words = (value: Value | undefined): string => (value instanceof Text ? value.words : '');

export class Ref {
  constructor(readonly number: number) {}
}

/** A word of a content stream that is not a value: what is done with the values before it. */
export class Operator {
  constructor(readonly name: string) {}
}

export class Stream {
  constructor(
    readonly dictionary: Dictionary,
    /** As it stands in the file, one character for each byte. */
    readonly raw: string,
  ) {}
}

/** The name itself, without its stroke; a question mark where it is no name. */
export const nameOf = (value: Value | undefined): string => (typeof value === 'string' ? value.slice(1) : '?');

export const isDictionary = (value: Value | undefined): value is Dictionary =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

const BLANK = /[\0\t\n\f\r ]/;
const DELIMITER = /[()<>[\]{}/%]/;
const ESCAPED: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** Reads values one after the other out of the bytes of a file or of a content stream. */
export class Reader {
  constructor(
    readonly source: string,
    public at = 0,
  ) {}

  /** The next value; undefined at the end, or where a list or a dictionary ends. */
  next(): Value | undefined {
    this.skipBlanks();
    const { source, at } = this;
    const first = source[at];
    if (first === undefined) return undefined;
    if (source.startsWith('>>', at)) return void (this.at += 2);
    if (first === ']') return void this.at++;
    if (source.startsWith('<<', at)) return this.dictionary();
    if (first === '[') return this.list();
    if (first === '(') return this.text();
    if (first === '<') return this.hexadecimal();
    if (first === '/') {
      this.at++;
      return `/${this.word().replace(/#([0-9a-fA-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))}`;
    }
    const reference = /^(\d+) \d+ R(?![A-Za-z])/.exec(source.slice(at, at + 24));
    if (reference) {
      this.at += reference[0].length;
      return new Ref(Number(reference[1]));
    }
    const word = this.word();
    if (word === '') throw new Error(`Nothing can be read at byte ${at}.`);
    if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) return Number(word);
    if (word === 'true' || word === 'false') return word === 'true';
    return word === 'null' ? null : new Operator(word);
  }

  skipBlanks(): void {
    for (;;) {
      while (BLANK.test(this.source[this.at] ?? '')) this.at++;
      if (this.source[this.at] !== '%') return;
      while (this.at < this.source.length && !/[\r\n]/.test(this.source[this.at]!)) this.at++;
    }
  }

  private word(): string {
    const start = this.at;
    while (
      this.at < this.source.length &&
      !BLANK.test(this.source[this.at]!) &&
      !DELIMITER.test(this.source[this.at]!)
    ) {
      this.at++;
    }
    return this.source.slice(start, this.at);
  }

  private list(): Value[] {
    this.at++;
    const values: Value[] = [];
    for (let value = this.next(); value !== undefined; value = this.next()) values.push(value);
    return values;
  }

  private dictionary(): Dictionary {
    this.at += 2;
    const dictionary: Dictionary = {};
    for (let key = this.next(); key !== undefined; key = this.next()) {
      if (typeof key !== 'string') throw new Error(`A key of a dictionary is no name, before byte ${this.at}.`);
      dictionary[key.slice(1)] = this.next() ?? null;
    }
    return dictionary;
  }

  private hexadecimal(): Text {
    const end = this.source.indexOf('>', this.at);
    const digits = this.source.slice(this.at + 1, end).replace(/\s/g, '');
    this.at = end + 1;
    return new Text(Buffer.from(digits.length % 2 ? `${digits}0` : digits, 'hex').toString('latin1'));
  }

  private text(): Text {
    let bytes = '';
    let depth = 0;
    for (;;) {
      const letter = this.source[this.at++];
      if (letter === undefined) throw new Error('A string does not end.');
      if (letter === '(' && depth++ === 0) continue;
      if (letter === ')' && --depth === 0) return new Text(bytes);
      if (letter !== '\\') {
        bytes += letter;
        continue;
      }
      const octal = /^[0-7]{1,3}/.exec(this.source.slice(this.at, this.at + 3))?.[0];
      const next = this.source[this.at]!;
      this.at += octal?.length ?? 1;
      if (octal) bytes += String.fromCharCode(parseInt(octal, 8) & 255);
      else if (next !== '\n') bytes += ESCAPED[next] ?? next;
    }
  }
}
