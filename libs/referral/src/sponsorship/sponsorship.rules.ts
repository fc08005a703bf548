/** What the row of a sponsored seat holds under seal. */
export interface Sponsored {
  runId: string;
  /** By which the token is taken back; not the code. */
  tokenId: string;
  /** `YYYY-MM-DD`, Gregorian. */
  givenOn: string;
  takenBack: boolean;
}

export enum SponsorshipRefusal {
  RUN_OVER = 'RUN_OVER',
  ALREADY_GIVEN = 'ALREADY_GIVEN', // R2: one token of a run at a time
  TOKEN_USED = 'TOKEN_USED', // R3: a token that was handed in cannot be taken back
}

/** Rule R2, by the seats the person has. */
export const refuseSeat = (seats: readonly Sponsored[], runId: string): SponsorshipRefusal | null =>
  seats.some((seat) => seat.runId === runId && !seat.takenBack) ? SponsorshipRefusal.ALREADY_GIVEN : null;
