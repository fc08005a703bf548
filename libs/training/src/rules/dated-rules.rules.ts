/** What a course run is when its rules are looked up. */
interface RulesSubject {
  /** The day the run begins: it stays on the rules of that day. */
  day: string;
  provinceCode: string;
  standardCode: string;
}

/**
 * The dated rules a course run begins with, rules D1 and D2: those of its standard before those of its province before
 * those of the country; of one scope, the latest that have begun. Null when nothing has begun by then.
 */
export function rulesInForce<R extends { scope: string; effectiveFrom: string }>(
  rows: readonly R[],
  { day, provinceCode, standardCode }: RulesSubject,
): R | null {
  for (const scope of [standardCode, provinceCode, '*']) {
    const begun = rows.filter((row) => row.scope === scope && row.effectiveFrom <= day);
    if (begun.length > 0) return begun.reduce((a, b) => (b.effectiveFrom > a.effectiveFrom ? b : a));
  }
  return null;
}
