/** A sentence for the person who starts the product: what is wrong and the mend, in Persian and English. */
export class CannotStart extends Error {
  constructor(
    readonly messageFa: string,
    readonly messageEn: string,
    /** It may end by itself: a process that can wait may go on without. */
    readonly passing = false,
  ) {
    super(messageEn);
  }
}
