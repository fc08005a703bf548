/** What a printed sheet of one-time codes says. */
export interface CodeSheet {
  displayName: string;
  userName: string;
  /** As they are typed: `7K2M-9QXT`. */
  codes: string[];
  /** `YYYY-MM-DD`, Gregorian, the day in Iran. */
  drawnOn: string;
}

/** Draws the sheet; papers are made in a lib above. */
export abstract class CodePaper {
  /** The sheet as a PDF. */
  abstract draw(sheet: CodeSheet): Promise<Uint8Array>;
}
