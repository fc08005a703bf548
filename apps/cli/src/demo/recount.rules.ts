/**
 * What the product must come to, counted once more and in another way, from nothing but what the demo itself typed in.
 * The numbers are those of rules X1 and X2 in the README of training.
 */

/** How someone was at one session, as the trainer marked it. */
export interface DemoMark {
  status: 'PRESENT' | 'LATE' | 'LEFT_EARLY' | 'EXCUSED' | 'UNEXCUSED';
  sessionMinutes: number;
  presentMinutes: number;
}

/** Whole minutes; shares in hundredths of a per cent. */
export interface DemoTotals {
  presentMinutes: number;
  excusedMinutes: number;
  unexcusedMinutes: number;
  notEnteredMinutes: number;
  presentOfPlanned: number;
  presentOfHeld: number;
}

/** Sums up the marks of one trainee; null is a sheet on which the trainee was not entered. */
export function recountMinutes(
  marks: readonly (DemoMark | null)[],
  { plannedMinutes, heldMinutes }: { plannedMinutes: number; heldMinutes: number },
): DemoTotals {
  let [present, excused, unexcused] = [0, 0, 0];
  for (const mark of marks) {
    if (!mark) continue;
    present += mark.presentMinutes;
    if (mark.status === 'EXCUSED') excused += mark.sessionMinutes;
    else unexcused += mark.sessionMinutes - mark.presentMinutes;
  }
  return {
    presentMinutes: present,
    excusedMinutes: excused,
    unexcusedMinutes: unexcused,
    notEnteredMinutes: plannedMinutes - present - excused - unexcused,
    presentOfPlanned: Math.round((present * 10_000) / plannedMinutes),
    presentOfHeld: Math.round((present * 10_000) / heldMinutes),
  };
}

/** The tries of one part of the exam, in hundredths of a point; null is a try to which the trainee did not come. */
export type DemoTries = readonly (number | null)[];

export interface DemoVerdict {
  writtenHundredths: number | null;
  practicalHundredths: number | null;
  finalHundredths: number | null;
  /** Every reason why there is no certificate, in the order of the alphabet. */
  shortfalls: string[];
}

/** Judges one trainee: the best try of each part, the final mark of 25 and 75 per cent, and the limits of absence. */
export function recountVerdict(
  { written, practical }: { written: DemoTries; practical: DemoTries },
  totals: DemoTotals,
  { plannedMinutes, heldMinutes }: { plannedMinutes: number; heldMinutes: number },
): DemoVerdict {
  const shortfalls: string[] = [];
  const [best, pass] = [
    { written: bestOf(written), practical: bestOf(practical) },
    { written: 5000, practical: 7000 },
  ];
  if (written.length === 0) shortfalls.push('WRITTEN_MISSING');
  else if ((best.written ?? -1) < pass.written) shortfalls.push('WRITTEN_FAILED');
  if (practical.length === 0) shortfalls.push('PRACTICAL_MISSING');
  else if ((best.practical ?? -1) < pass.practical) shortfalls.push('PRACTICAL_FAILED');
  const final = best.written === null || best.practical === null ? null : best.written * 0.25 + best.practical * 0.75;
  if (shortfalls.length === 0 && final !== null && final < 7000) shortfalls.push('FINAL_BELOW_PASS');

  if (totals.unexcusedMinutes / plannedMinutes > 0.15) shortfalls.push('UNEXCUSED_OVER_LIMIT');
  if ((totals.unexcusedMinutes + totals.excusedMinutes) / plannedMinutes > 0.25) shortfalls.push('ABSENCE_OVER_LIMIT');
  if (totals.presentMinutes + totals.excusedMinutes + totals.unexcusedMinutes < heldMinutes)
    shortfalls.push('ATTENDANCE_NOT_ENTERED');
  return {
    writtenHundredths: best.written,
    practicalHundredths: best.practical,
    finalHundredths: final === null ? null : Math.round(final),
    shortfalls: shortfalls.sort(),
  };
}

function bestOf(tries: DemoTries): number | null {
  const marks = tries.filter((mark) => mark !== null);
  return marks.length === 0 ? null : Math.max(...marks);
}

/** A text that a spreadsheet program takes for a formula gets an apostrophe; what parts cells is put in quotes. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  const written = cells.map((cell) => {
    if (typeof cell !== 'string') return cell === null ? '' : String(cell);
    const harmless = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
    return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
  });
  return `${written.join(',')}\r\n`;
}

/** The same numbers at every run, each from 0 up to 1. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
