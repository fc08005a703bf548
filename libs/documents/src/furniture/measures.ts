/** Millimetres as points. */
export const mm = (length: number): number => (length * 72) / 25.4;

/** A photograph for papers in Iran, in points: 3 x 4 cm. */
export const PHOTO = { width: mm(30), height: mm(40) } as const;

/**
 * Which piece lies where, when sheets with several pieces are printed, cut as one pile, and the piles put on one
 * another: the pieces are then in their order, and nobody sorts by hand. `null` is an empty place.
 *
 * @returns for each sheet the index of the piece at each of its places
 */
export function cutAndStack(pieces: number, places: number): (number | null)[][] {
  const sheets = Math.ceil(pieces / places);
  return Array.from({ length: sheets }, (_, sheet) =>
    Array.from({ length: places }, (_each, place) => {
      const piece = place * sheets + sheet;
      return piece < pieces ? piece : null;
    }),
  );
}
