/** The version of a standard that a course run beginning on `day` takes: the latest begun, or null. Rule D3. */
export const versionInForce = <V extends { effectiveFrom: string }>(versions: readonly V[], day: string): V | null =>
  versions
    .filter(({ effectiveFrom }) => effectiveFrom <= day)
    .reduce<V | null>((a, b) => (a && a.effectiveFrom > b.effectiveFrom ? a : b), null);
