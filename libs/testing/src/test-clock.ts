import { Clock } from '@app/platform';

/** A clock that stands where a spec puts it: nine in the morning, Tehran time, of the given day. */
export class TestClock extends Clock {
  private at: Date;

  constructor(day = '2026-11-21') {
    super();
    this.at = morning(day);
  }

  override now(): Date {
    return new Date(this.at);
  }

  set(day: string): void {
    this.at = morning(day);
  }

  forward(milliseconds: number): void {
    this.at = new Date(this.at.getTime() + milliseconds);
  }
}

const morning = (day: string) => new Date(`${day}T05:30:00.000Z`);
