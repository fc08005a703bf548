import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { UnusableTypeface } from './errors.js';

/**
 * The bytes of a TrueType file whose tables all have the sums that it says itself: a damaged one may still be read, and
 * then draws other letters.
 *
 * @throws UnusableTypeface
 */
export function soundFont(path: string): Uint8Array {
  const bytes = bytesOf(path);
  if (!bytes || !isSound(bytes)) throw new UnusableTypeface(basename(path));
  return bytes;
}

function bytesOf(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

function isSound(bytes: Buffer): boolean {
  const count = bytes.length < 12 ? 0 : bytes.readUint16BE(4);
  if (count === 0 || 12 + 16 * count > bytes.length) return false;
  for (let at = 12; at < 12 + 16 * count; at += 16) {
    const from = bytes.readUint32BE(at + 8);
    const end = from + bytes.readUint32BE(at + 12);
    if (end > bytes.length) return false;
    let sum = sumOf(bytes, from, end);
    // The head holds a sum of the whole file, which is made after its own.
    if (bytes.toString('latin1', at, at + 4) === 'head') sum = (sum - bytes.readUint32BE(from + 8)) >>> 0;
    if (sum !== bytes.readUint32BE(at + 4)) return false;
  }
  return true;
}

/** The sum of whole numbers of four bytes; zeros fill up the last. */
function sumOf(bytes: Buffer, from: number, end: number): number {
  let sum = 0;
  const whole = end - ((end - from) % 4);
  for (let at = from; at < whole; at += 4) sum = (sum + bytes.readUint32BE(at)) >>> 0;
  for (let at = whole; at < end; at++) sum = (sum + bytes[at]! * 2 ** (8 * (3 - at + whole))) >>> 0;
  return sum;
}
