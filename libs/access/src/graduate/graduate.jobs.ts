import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { Clock, Database, NightCame, OnEvent, SYSTEM } from '@app/platform';
import { DAY } from './graduate.rules.js';
import { OneTimePassword } from './one-time-password.entity.js';

const KEPT_DAYS = 2;

@Injectable()
export class GraduateJobs {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Removes passwords older than the limits look back, and numbers at which nothing is counted. Twice removes no more. */
  @OnEvent(NightCame, { about: () => 'one-time passwords' })
  async forgetPasswords(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEPT_DAYS * DAY);
    await this.db.write(SYSTEM, async (tx) => {
      await tx.remove(OneTimePassword, { createdAt: LessThan(before) });
      await tx.execute(
        `DELETE FROM graduate_number WHERE wrongBirthDates = 0 AND shutAt IS NULL
         AND id NOT IN (SELECT mobileIndex FROM one_time_password)`,
      );
    });
  }
}
