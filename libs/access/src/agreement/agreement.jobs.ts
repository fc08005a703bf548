import { Injectable } from '@nestjs/common';
import { NightCame, OnEvent } from '@app/platform';
import { Agreements } from './agreements.service.js';

/** What becomes of requests that nobody answers. */
@Injectable()
export class AgreementJobs {
  constructor(private readonly agreements: Agreements) {}

  /** G4: lays before the office above what has waited too long. Twice moves nothing more; late, what is due by then. */
  @OnEvent(NightCame, { about: () => 'agreements' })
  async goUp(): Promise<void> {
    await this.agreements.goUp();
  }
}
