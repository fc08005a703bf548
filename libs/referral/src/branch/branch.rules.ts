const SIGNS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LETTERS = SIGNS.slice(10);

/** The trail of the branch that comes after so many others; null when the 936 there can be are used up. */
export const trailAfter = (many: number): string | null => {
  const letter = LETTERS[Math.floor(many / SIGNS.length)];
  return letter === undefined ? null : letter + (SIGNS[many % SIGNS.length] as string);
};
