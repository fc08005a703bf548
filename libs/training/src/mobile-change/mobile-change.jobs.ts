import { Injectable } from '@nestjs/common';
import { OnEvent } from '@app/platform';
import { MobileChangeVouched } from './mobile-change.events.js';
import { MobileChangeService } from './mobile-change.service.js';

@Injectable()
export class MobileChangeJobs {
  constructor(private readonly changes: MobileChangeService) {}

  /** Takes the new number when its wait is over. Twice takes it once; after an objection it takes nothing. */
  @OnEvent(MobileChangeVouched, { about: ({ changeId }) => changeId })
  takeNewNumber({ changeId }: MobileChangeVouched): Promise<void> {
    return this.changes.take(changeId);
  }
}
