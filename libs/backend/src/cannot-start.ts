/** A sentence for the person who starts the product: what is wrong and the mend, in Persian and English. */
export class CannotStart extends Error {
  constructor(
    readonly messageFa: string,
    readonly messageEn: string,
  ) {
    super(messageEn);
  }
}
