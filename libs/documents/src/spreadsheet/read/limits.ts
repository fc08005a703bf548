/**
 * What a file from outside may be at most, as set on 2026-11-21.
 * Rows and columns count those with something in them; a class list has some ten columns and at most a few hundred rows.
 */
export const LIMITS = {
  fileBytes: 20 * 1024 * 1024,
  /** All that a zip unpacks to, counted while it unpacks: what the zip says of itself may be a lie. */
  unpackedBytes: 100 * 1024 * 1024,
  entries: 200,
  /** Unpacked to packed bytes of one entry. Under `ratioFromBytes` a high ratio does no harm. */
  ratio: 100,
  ratioFromBytes: 1024 * 1024,
  rows: 10_000,
  columns: 200,
  /** With something in them, in one sheet. */
  cells: 500_000,
  /** What a spreadsheet program itself allows in a cell. */
  cellLetters: 32_767,
  /** How long, and in how much memory, the reader may work on one file. */
  seconds: 30,
  memoryMegabytes: 256,
} as const;
