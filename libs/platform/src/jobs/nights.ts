import { minutesInTehran } from '@app/persian';
import { asCall } from '../calls/call.js';
import type { Clock } from '../clock.js';
import { type Database, SYSTEM } from '../database/database.js';
import { DomainEvent } from '../events/event.js';
import type { Log } from '../observe/log.js';

/** It is night, or the first moment after it at which the product runs: time for the upkeep of that day. */
export class NightCame extends DomainEvent {
  /** `YYYY-MM-DD`, Gregorian, in Iran. */
  day: string;
}

/** Two in the morning, in minutes since midnight, in Iran. */
const NIGHT = 2 * 60;
const LOOK_MS = 60_000;

/**
 * Tells of each night once, however many processes run: the event is written under the day as its key, as an answer
 * is under its client's. A machine that is off at night gets its night a minute after it is switched on.
 */
export class Nights {
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();
  private told = '';

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.looking = this.look().catch((error: unknown) => this.log.warn({ error }, 'night not told'));
    }, LOOK_MS).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }

  /** Tells of the night if it has come and nobody has told of it. */
  async look(): Promise<void> {
    const day = this.clock.today();
    if (day === this.told || minutesInTehran(this.clock.now()) < NIGHT) return;
    await asCall(`night ${day}`, NightCame.name, { day }, () =>
      this.db.write(SYSTEM, async (tx) => tx.emit(NightCame, { day })),
    );
    this.told = day;
  }
}
