/** A text is too long for its place even at the smallest size allowed there. Nothing is ever cut off instead. */
export class TextDoesNotFit extends Error {
  /** @param place the box by its name in the paper. The text itself stays out of the message: it may be a person's. */
  constructor(readonly place: string) {
    super(`The text for "${place}" does not fit its place on the paper.`);
    this.name = 'TextDoesNotFit';
  }
}

/** The face has no glyph for a character. A box in place of a letter would be worse than no paper. */
export class MissingGlyph extends Error {
  constructor(readonly codePoint: number) {
    super(`The typeface has no glyph for U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}.`);
    this.name = 'MissingGlyph';
  }
}
