const PORTRAIT = { A4: { width: 595.28, height: 841.89 }, A5: { width: 419.53, height: 595.28 } } as const;

/** The sizes of paper there are. */
export type PaperSize = keyof typeof PORTRAIT;

/** How wide and high a page is, in points. */
export function pageSize(size: PaperSize, orientation: 'landscape' | 'portrait'): { width: number; height: number } {
  const { width, height } = PORTRAIT[size];
  return orientation === 'portrait' ? { width, height } : { width: height, height: width };
}

/** A4 on its long side, in points. */
export const A4_LANDSCAPE = pageSize('A4', 'landscape');
