import { toAsciiDigits } from '@app/persian';

export interface Entry {
  /** As typed, in any digits. */
  text: string;
  absent: boolean;
}

/** What is written in the fields, by enrolment. */
export type Entries = Readonly<Record<string, Entry>>;

export const blank: Entry = { text: '', absent: false };

/** What was written after these entries were sent. */
export const writtenSince = (sent: Entries, now: Entries): Entries =>
  Object.fromEntries(Object.entries(now).filter(([enrolmentId, entry]) => entry !== sent[enrolmentId]));

interface MarkToSend {
  enrolmentId: string;
  absent: boolean;
  markHundredths: number | null;
}

/** A typed mark in hundredths of a point, from 0 to 100 points with at most two decimals; null when it is none. */
export function readMark(text: string): number | null {
  const [, whole, fraction = ''] = /^(\d{1,3})(?:[.٫/](\d{1,2}))?$/.exec(toAsciiDigits(text).trim()) ?? [];
  if (whole === undefined) return null;
  const hundredths = Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
  return hundredths <= 10_000 ? hundredths : null;
}

/**
 * The marks to send of those who may still get one: whoever has passed meanwhile has no field any more. Null while one of
 * them cannot be read, so that a class is not sent in part unseen.
 */
export function marksToSend(entries: Entries, open: ReadonlySet<string>): MarkToSend[] | null {
  const marks: MarkToSend[] = [];
  for (const [enrolmentId, { text, absent }] of Object.entries(entries)) {
    if (!open.has(enrolmentId) || (!absent && text.trim() === '')) continue;
    const markHundredths = absent ? null : readMark(text);
    if (!absent && markHundredths === null) return null;
    marks.push({ enrolmentId, absent, markHundredths });
  }
  return marks;
}
