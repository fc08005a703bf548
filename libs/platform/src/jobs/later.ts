/**
 * Thrown by a job whose time has not come: it runs again after so many milliseconds. That is no failure, and no try is
 * counted.
 */
export class Later extends Error {
  constructor(readonly milliseconds: number) {
    super('Later');
  }
}
