import { dayInTehran } from '@app/persian';

/** The only source of time for rules and rows, so that a spec can choose the day. */
export class Clock {
  /** The instant, UTC. */
  now(): Date {
    return new Date();
  }

  /** The day in Iran: `YYYY-MM-DD`, Gregorian. */
  today(): string {
    return dayInTehran(this.now());
  }
}
