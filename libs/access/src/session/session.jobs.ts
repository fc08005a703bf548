import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { Clock, Database, NightCame, OnEvent, SYSTEM } from '@app/platform';
import { FailedTries, SignInSession } from './sign-in-session.entity.js';

const A_DAY = 24 * 60 * 60_000;

@Injectable()
export class SessionJobs {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Removes sessions that have ended and failures long forgotten: neither counts any more. Twice removes no more. */
  @OnEvent(NightCame, { about: () => 'sessions' })
  async forgetSessions(): Promise<void> {
    const now = this.clock.now();
    await this.db.write(SYSTEM, async (tx) => {
      await tx.remove(SignInSession, { expiresAt: LessThan(now) });
      await tx.remove(FailedTries, { lastFailedAt: LessThan(new Date(now.getTime() - A_DAY)) });
    });
  }
}
