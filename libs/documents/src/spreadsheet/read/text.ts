import { textCell } from './cells.js';
import { type Sheet, SheetBuilder } from './sheet.js';
import { SpreadsheetFault, UnreadableSpreadsheet } from './unreadable.js';

const PERSIAN_LETTERS = /[\u0600-\u06ff]/g;
const LINES_LOOKED_AT = 30;

/**
 * The text of a file whose coding nobody wrote down: by its byte order mark, by the zero bytes that UTF-16 leaves
 * at every second place, as UTF-8 if it is that, else as Windows-1256, the old coding of Persian and Arabic Windows.
 * @throws UnreadableSpreadsheet UNKNOWN_KIND for what is no text at all
 */
export function decodeText(bytes: Buffer): string {
  const utf16 = utf16Of(bytes);
  const text = utf16 ? new TextDecoder(utf16).decode(bytes) : utf8Or1256(bytes);
  // No text has control characters: it is a picture, a PDF or the like.
  if (/(?!\s)\p{Cc}/u.test(text) || text.startsWith('%PDF')) {
    throw new UnreadableSpreadsheet(SpreadsheetFault.UNKNOWN_KIND);
  }
  return text;
}

function utf16Of(bytes: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const start = bytes.subarray(0, 4096);
  if (!start.includes(0)) return undefined;
  // The first byte of a letter is 0 in Latin text and 6 in Persian text.
  const highBytes = (offset: number) =>
    start.filter((byte, at) => at % 2 === offset && (byte === 0 || byte === 6)).length;
  const [even, odd] = [highBytes(0), highBytes(1)];
  const most = (start.length / 2) * 0.9;
  return odd > most ? 'utf-16le' : even > most ? 'utf-16be' : undefined;
}

function utf8Or1256(bytes: Buffer): string {
  const utf8 = new TextDecoder().decode(bytes);
  const broken = utf8.split('\ufffd').length - 1;
  // A few broken letters among many good ones are damage in UTF-8, not another coding.
  const good = utf8.match(PERSIAN_LETTERS)?.length ?? 0;
  return broken === 0 || good > broken * 20 ? utf8 : new TextDecoder('windows-1256').decode(bytes);
}

/** Reads lines of text whose columns are parted by tab, semicolon or comma, whichever the lines use most. */
export function readDelimited(text: string): Sheet[] {
  // Spreadsheet programs take a first line `sep=;` as an order, not as a row.
  const order = /^sep=(.)\r?\n/i.exec(text);
  const body = order ? text.slice(order[0].length) : text;
  const sheet = new SheetBuilder('');
  parse(body, order?.[1] ?? delimiterOf(body), (row, column, value) => sheet.put(row, column, textCell(value)));
  return [sheet.build()];
}

function delimiterOf(text: string): string {
  const counts = new Map([['\t', 0], [';', 0], [',', 0]]); // prettier-ignore
  let quoted = false;
  let lines = 0;
  for (const letter of text) {
    if (letter === '"') quoted = !quoted;
    else if (letter === '\n' && ++lines === LINES_LOOKED_AT) break;
    else if (!quoted && counts.has(letter)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  return [...counts].reduce((most, next) => (next[1] > most[1] ? next : most))[0];
}

/** Quotes hold delimiters and line ends; a quote inside is doubled. A quote in the middle of a value is a letter. */
function parse(text: string, delimiter: string, put: (row: number, column: number, value: string) => void): void {
  let row = 1;
  let column = 0;
  let at = 0;
  while (at < text.length) {
    let value = '';
    while (text[at] === '"' && (value === '' || text[at - 1] === '"')) {
      const close = text.indexOf('"', at + 1);
      // Else all people after a stray quote would be lost in one long name.
      if (close < 0) throw new UnreadableSpreadsheet(SpreadsheetFault.DAMAGED);
      value += (value === '' ? '' : '"') + text.slice(at + 1, close);
      at = close + 1;
    }
    const rest = at;
    while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at++;
    put(row, column, value + text.slice(rest, at));
    if (text[at] === delimiter) column++;
    else {
      if (text[at] === '\r' && text[at + 1] === '\n') at++;
      row++;
      column = 0;
    }
    at++;
  }
}
