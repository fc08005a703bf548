import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { Database, NightCame, OnEvent, SYSTEM } from '@app/platform';
import { RevealCounter } from './reveal.entity.js';

@Injectable()
export class RevealJobs {
  constructor(private readonly db: Database) {}

  /** Forgets the counts of past days; the reveals themselves stay. Twice or late removes nothing more. */
  @OnEvent(NightCame, { about: () => 'reveal counts' })
  async forgetCounts({ day }: NightCame): Promise<void> {
    await this.db.write(SYSTEM, (tx) => tx.remove(RevealCounter, { day: LessThan(day) }));
  }
}
